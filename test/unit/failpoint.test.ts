import { describe, expect, it } from '@jest/globals';
import { EDGES, failpoint, parseFailpoints, phaseOfCaller } from '../../src/domain/failpoint.js';

describe('a failpoint', () => {
  it('is armed by name and action, at the first hit or a later one', () => {
    const armed = parseFailpoints('claimForSend.commit=kill,courier.order=stop@3');
    expect([...armed]).toEqual([
      ['claimForSend.commit', { action: 'kill', left: 0 }],
      ['courier.order', { action: 'stop', left: 2 }],
    ]);
  });

  it.each(['claim', 'claim=die', '=kill', 'claim=kill@x', 'claim=kill@'])('is not armed by %s', (text) => {
    expect(() => parseFailpoints(text)).toThrow(RangeError);
  });

  it('does nothing, and costs no look at the stack, while nobody has armed one', () => {
    for (const edge of Object.keys(EDGES)) expect(() => failpoint(edge)).not.toThrow();
    expect(phaseOfCaller()).toBe('');
  });
});
