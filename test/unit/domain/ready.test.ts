import { describe, expect, it } from '@jest/globals';
import { readyOf, readyOfAll } from '../../../src/domain/intercept/ready.js';
import { anIntercept } from '../../support/intercept-row.js';

const NOW = new Date('2026-11-28T12:00:00Z');
const straight = anIntercept({ id: 'straight', dispatch: 1, dispatchedAt: NOW, nextAt: NOW });
const waiting = anIntercept({ id: 'waiting' });
const before = anIntercept({ id: 'before', dispatch: 1, dispatchedAt: new Date(NOW.getTime() - 1) });
const released = anIntercept({ id: 'released', version: 3, dispatch: 4, dispatchedAt: NOW });
const held = anIntercept({ id: 'held', state: 'held', reason: 'approval', nextAt: null });
const checking = anIntercept({ id: 'checking', state: 'held', reason: 'checking' });
const later = anIntercept({ id: 'later', nextAt: new Date(NOW.getTime() + 1) });

describe('what judgements made ready', () => {
  it('goes straight only if it was marked by them', () => {
    expect(readyOf([straight, before, released, held], NOW)).toEqual({ straight: [straight, released], waits: false });
  });

  it('waits only if it is due and nobody has handed it over, be it to be sent or to be asked about', () => {
    expect(readyOf([held, waiting], NOW)).toEqual({ straight: [], waits: true });
    expect(readyOf([checking], NOW)).toEqual({ straight: [], waits: true });
    expect(readyOf([held, later], NOW)).toEqual({ straight: [], waits: false });
    expect(readyOf([], NOW)).toEqual({ straight: [], waits: false });
  });

  it('adds up', () => {
    const both = readyOfAll([readyOf([straight], NOW), readyOf([waiting], NOW)]);
    expect(both).toEqual({ straight: [straight], waits: true });
  });
});
