import { describe, expect, it } from '@jest/globals';
import { REFUSALS } from '../../../src/domain/carrier/port.js';
import { isReason, REASONS, type Reason, reasonRow } from '../../../src/domain/reasons.js';
import { sourceFiles } from '../../architecture/source-tree.js';

const CODES = Object.keys(REASONS) as Reason[];
const rows = CODES.map((code) => ({ code, ...reasonRow(code) }));

/** Codes of which no file of the sources speaks. */
function unused(codes: readonly string[], texts: readonly string[]): string[] {
  return codes.filter((code) => !texts.some((text) => text.includes(`'${code}'`)));
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}

describe('every reason', () => {
  it.each(rows)('$code reads as a stable code', ({ code }) => {
    expect(code).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(code.length).toBeLessThanOrEqual(48);
  });

  it.each(rows)('$code says in both languages what happened and why', ({ zh, en }) => {
    expect(zh).toMatch(/\p{Script=Han}.*。$/u);
    expect(en).toMatch(/^[A-Z].*\.$/);
    expect(en).not.toMatch(/\p{Script=Han}/u);
  });

  it.each(rows)('$code names a rule of the house or none', ({ rule }) => {
    expect(rule ?? 'R10').toMatch(/^R([1-9]|[1-7]\d|80)$/);
  });

  it('says something of its own: two codes with one text would be one reason', () => {
    expect(repeated(rows.map((r) => r.zh))).toEqual([]);
    expect(repeated(rows.map((r) => r.en))).toEqual([]);
  });

  it('is meant by some file of the sources: a text that nobody can meet helps nobody', () => {
    const texts = sourceFiles(/\.tsx?$/)
      .filter(({ path }) => path.startsWith('src/') && path !== 'src/domain/reasons.ts')
      .map(({ text }) => text);
    expect(unused(CODES, texts)).toEqual([]);
  });

  it('is found unused when a code is planted that nobody speaks of', () => {
    expect(unused(['a_planted_code', 'ready'], ["reason: 'ready'"])).toEqual(['a_planted_code']);
  });
});

describe('the reasons', () => {
  it.each(REFUSALS)('have %s, which a courier may answer with', (refusal) => {
    expect(isReason(refusal)).toBe(true);
  });

  it('are found by code, and not by names that every object has', () => {
    expect(isReason('ready')).toBe(true);
    expect(isReason('constructor')).toBe(false);
    expect(isReason('')).toBe(false);
  });

  it.each([
    ['partial_refund', 'R60'],
    ['amount_unknown', 'R60'],
    ['parcel_not_whole', 'R61'],
    ['sibling_not_refunding', 'R19'],
    ['contents_unknown', 'R62'],
    ['not_picked_up', 'R16'],
    ['phone_branch', 'R69'],
    ['cannot_recall', 'R80'],
    ['agreement_not_signed', 'R12'],
    ['waybill_changed', 'R65'],
  ])('keep %s, a code that the contract fixes, under %s', (code, rule) => {
    expect(isReason(code) && reasonRow(code).rule).toBe(rule);
  });

  it.each(['before_start', 'observe_only', 'approval', 'already_returning', 'checking', 'auth_expired'])(
    'keep %s, a code that the contract fixes',
    (code) => {
      expect(isReason(code)).toBe(true);
    },
  );

  it('open a task where a person must act at the door', () => {
    expect(reasonRow('phone_branch').task).toBe('phone_branch');
    expect(reasonRow('never_picked_up').task).toBe('pull_in_warehouse');
  });
});
