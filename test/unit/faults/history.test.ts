import { describe, expect, it } from '@jest/globals';
import { type CourierCall, compareHistories, type HISTORY_CHECKS, type Histories } from '../../support/history.js';

const call = (over: Partial<CourierCall> = {}): CourierCall => ({
  kind: 'create',
  atMs: 10_000,
  waybillNo: 'w1',
  requestId: 'i1-1',
  verdict: 'accepted',
  duplicate: false,
  ...over,
});
const query = call({ kind: 'query', verdict: 'answered', requestId: '' });
const send = { waybillNo: 'w1', requestId: 'i1-1', startedAtMs: 9_900, outcome: 'accepted' };
const row = { id: 'i1', waybillNo: 'w1', state: 'returned', requestId: 'i1-1', deadlineAtMs: 60_000, standingFees: 1 };

/** One parcel, told once, sent once, turned around, charged once. */
const SOUND: Histories = {
  deliveries: [
    { eventIds: ['e1'], acknowledged: true },
    { eventIds: ['e2'], acknowledged: false },
  ],
  inbox: new Set(['e1']),
  intercepts: [row],
  sends: [send],
  dueWithoutJob: [],
  restoredAtMs: 0,
  calls: [call()],
  turnedAround: new Set(['w1']),
  made: new Set(['w1']),
  refundCalls: [
    { afterSaleId: 'a1', verdict: 'throttled', paidFen: null },
    { afterSaleId: 'a1', verdict: 'accepted', paidFen: 8_900 },
  ],
  refunds: [{ afterSaleId: 'a1', state: 'confirmed', amountFen: 8_900, knownUndone: 1 }],
  rate: { max: 20, seen: 21 },
};

/** For each check what breaks it and nothing else. */
const BROKEN: Readonly<Record<keyof typeof HISTORY_CHECKS, Partial<Histories>>> = {
  I1_acknowledged_is_kept: { inbox: new Set() },
  I3_accepted_once: { calls: [call({ duplicate: true })] },
  I4_due_has_job: { dueWithoutJob: ['i1'] },
  I5_fee_iff_turned_around: { intercepts: [{ ...row, standingFees: 0 }] },
  I8_attempt_before_send: { sends: [{ ...send, startedAtMs: 20_000 }] },
  I9_proof_before_resend: { calls: [call({ verdict: 'not_acted' }), query, call()] },
  I10_request_id: { calls: [call({ requestId: 'i1-2' })], sends: [{ ...send, requestId: 'i1-2' }] },
  I11_in_time: { intercepts: [{ ...row, deadlineAtMs: 1_000 }] },
  I19_rate: { rate: { max: 20, seen: 22 } },
  I23_ids: { made: new Set(['w1 ']) },
  R73_called_once: { refunds: SOUND.refunds.map((row) => ({ ...row, knownUndone: 0 })) },
  R73_paid_iff_confirmed: { refunds: SOUND.refunds.map((row) => ({ ...row, amountFen: 2_000 })) },
};

const broken = (over: Partial<Histories>) => compareHistories({ ...SOUND, ...over }).map(({ invariant }) => invariant);

describe('three histories', () => {
  it('that agree break nothing', () => {
    expect(broken({})).toEqual([]);
  });

  it.each(Object.entries(BROKEN))('show %s to be broken, and only that', (invariant, over) => {
    expect(new Set(broken(over))).toEqual(new Set([invariant]));
  });

  it.each([
    ['asked twice in between', [call({ verdict: 'not_acted' }), query, query, call()], []],
    ['the courier said that it did nothing', [call({ verdict: 'throttled' }), call()], []],
  ])('allow a second send when %s', (_why, calls, expected) => {
    expect(broken({ calls })).toEqual(expected);
  });

  it.each([
    ['paid, and no row says so', { refunds: [] }, ['R73_called_once', 'R73_paid_iff_confirmed']],
    ['confirmed, and nothing was paid', { refundCalls: [] }, ['R73_paid_iff_confirmed']],
    ['called again after the money moved', { refundCalls: [...SOUND.refundCalls].reverse() }, ['R73_called_once']],
  ])('find a refund %s', (_what, over, expected) => {
    expect(broken(over)).toEqual(expected);
  });

  it('find a second accepted order of one request id, a fee too many, a waybill of nobody', () => {
    expect(broken({ calls: [call(), query, query, call()] })).toEqual(['I3_accepted_once']);
    expect(broken({ intercepts: [{ ...row, standingFees: 2 }] })).toEqual(['I5_fee_iff_turned_around']);
    expect(broken({ turnedAround: new Set() })).toEqual(['I5_fee_iff_turned_around']);
    expect(broken({ calls: [call(), call({ waybillNo: 'w2', requestId: '', verdict: 'refused' })] })).toEqual([
      'I8_attempt_before_send',
      'I23_ids',
    ]);
  });
});
