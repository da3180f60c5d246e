import { describe, expect, it } from '@jest/globals';
import type { Clock } from '../../../sandbox/frame/clock.js';
import {
  type InterceptOrder,
  orderState,
  type Parcel,
  scansUntil,
  whereabouts,
} from '../../../sandbox/frame/parcel.js';
import { PARCEL_SPEC, type ParcelInput } from '../../../sandbox/frame/parcel-spec.js';
import { Arrivals, SlidingLimit } from '../../../sandbox/frame/sliding-window.js';
import { Digits, writeWireJson } from '../../../sandbox/frame/wire-json.js';

const T0 = 1_700_000_000_000;
const LATE = T0 + 1e9;
const clock: Clock = { timeScale: 1, now: () => T0, scaled: (ms) => ms };

const order = (at: number, cancelledAt: number | null = null): InterceptOrder => ({
  requestId: 'r',
  bizNo: 'b',
  thirdBizNo: 't',
  bodyHash: 'h',
  at,
  cancelledAt,
});

function parcel(input: Omit<ParcelInput, 'waybillNo'>, ...orders: InterceptOrder[]): Parcel {
  return {
    spec: PARCEL_SPEC.parse({ waybillNo: 'w', ...input }),
    createdAt: T0,
    byHand: [],
    orders,
    refusedByScript: 0,
  };
}
const delivered: ParcelInput['timeline'] = [
  { action: 'GOT', afterMs: -1000 },
  { action: 'DISPATCH', afterMs: 5000 },
  { action: 'SIGNED', afterMs: 6000 },
];
const actions = (p: Parcel, now: number) => scansUntil(p, now, clock).map(({ action }) => action);
const stateAt = (p: Parcel, now: number, index = 0) => {
  const one = p.orders[index];
  return one && orderState(p, one, now, clock);
};

describe('a parcel moves by its script and by what was asked of it', () => {
  it('without an intercept it is delivered', () => {
    expect(actions(parcel({ timeline: delivered }), LATE)).toEqual(['GOT', 'DISPATCH', 'SIGNED']);
  });

  it('a successful intercept cuts the rest of the timeline and brings the parcel back', () => {
    const intercept = {
      outcome: 'success',
      afterMs: 1000,
      returnScanAfterMs: 1000,
      returnSignedAfterMs: 1000,
    } as const;
    const p = parcel({ timeline: delivered, intercept }, order(T0));
    expect(actions(p, LATE)).toEqual(['GOT', 'RETURN_SCAN', 'RETURN_SIGNED']);
    const states = [999, 1000, 2000, 3000].map((ms) => stateAt(p, T0 + ms));
    expect(states).toEqual(['intercepting', 'stopped', 'returning', 'finished']);
  });

  it('an intercept that comes after the signature fails, whatever the script wishes', () => {
    const p = parcel({ timeline: delivered, intercept: { outcome: 'success', afterMs: 1000 } }, order(T0 + 5500));
    expect([stateAt(p, LATE), actions(p, LATE).includes('SIGNED')]).toEqual(['failed', true]);
  });

  it('missed: the parcel is delivered all the same, and only then it counts as failed', () => {
    const p = parcel({ timeline: [], intercept: { outcome: 'missed', afterMs: 1000, signedAfterMs: 500 } }, order(T0));
    expect(actions(p, LATE)).toEqual(['DISPATCH', 'SIGNED']);
    expect([stateAt(p, T0 + 1400), stateAt(p, T0 + 1500)]).toEqual(['intercepting', 'failed']);
  });

  it('never: no answer for ever', () => {
    expect(stateAt(parcel({ timeline: [], intercept: { outcome: 'never' } }, order(T0)), LATE)).toBe('intercepting');
  });

  it('a cancelled order changes nothing, and a new one counts from its own acceptance', () => {
    const intercept = { outcome: 'success', afterMs: 1000, returnScanAfterMs: 10 } as const;
    const p = parcel({ timeline: delivered, intercept }, order(T0, T0 + 500), order(T0 + 3000));
    expect([stateAt(p, LATE, 0), stateAt(p, T0 + 3999, 1), stateAt(p, T0 + 4000, 1)]).toEqual([
      'cancelled',
      'intercepting',
      'stopped',
    ]);
  });

  it('delays of the script are scaled, times of the past are not', () => {
    const fast: Clock = { ...clock, timeScale: 0.1, scaled: (ms) => (ms > 0 ? ms * 0.1 : ms) };
    const scans = scansUntil(parcel({ timeline: delivered }), LATE, fast);
    expect(scans.map(({ at }) => at - T0)).toEqual([-1000, 500, 600]);
  });

  it('the furthest place counts: a late scan does not move a parcel back', () => {
    const p = parcel({
      timeline: [
        { action: 'SIGNED', afterMs: -2 },
        { action: 'ARRIVAL', afterMs: -1 },
      ],
    });
    expect(whereabouts(scansUntil(p, T0, clock))).toBe('signed');
  });
});

describe('windows slide', () => {
  it('the busiest window is found across the boundary of a second', () => {
    const arrivals = new Arrivals();
    for (const at of [0, 900, 950, 1000, 1899, 1900]) arrivals.hit(at);
    expect([arrivals.largest(1000), arrivals.largest(1), arrivals.count]).toEqual([4, 1, 6]);
  });

  it('a limit lets the next one through exactly when the oldest leaves the window', () => {
    const limit = new SlidingLimit(2, 1000);
    expect([0, 1, 999, 1000, 1001, 1002].map((at) => limit.allow(at))).toEqual([true, true, false, true, true, false]);
  });
});

describe('wire JSON', () => {
  it('keeps every digit, the order of keys and Chinese text; leaves out what is undefined', () => {
    const value = { b: new Digits('9223372036854775807'), a: undefined, c: ['中', null, true, 1.5] };
    expect(writeWireJson(value)).toBe('{"b":9223372036854775807,"c":["中",null,true,1.5]}');
  });

  it('digits that are not a number are a mistake of ours', () => {
    expect(() => new Digits('12a')).toThrow(RangeError);
  });
});
