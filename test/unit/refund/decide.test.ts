import { describe, expect, it } from '@jest/globals';
import type { RefundCase, RefundParcel } from '../../../src/domain/refund/case.js';
import { decideRefund, EVIDENCE_MAX_AGE_MS } from '../../../src/domain/refund/decide.js';

/** 11:00 in China. */
const NOW = new Date('2026-11-28T03:00:00Z');
const ago = (ms: number) => new Date(NOW.getTime() - ms);
const ahead = (ms: number) => new Date(NOW.getTime() + ms);
const HOUR = 3_600_000;

function aParcel(over: Partial<RefundParcel> = {}): RefundParcel {
  return {
    state: 'intercepted',
    overPlatform: false,
    whereabouts: 'moving',
    lookedAt: ago(5_000),
    lookFailed: false,
    canLook: true,
    received: false,
    differs: false,
    ...over,
  };
}

type Over = Omit<Partial<RefundCase>, 'policy' | 'platform' | 'afterSale'> & {
  policy?: Partial<RefundCase['policy']>;
  platform?: Partial<RefundCase['platform']>;
  afterSale?: { [K in keyof RefundCase['afterSale']]?: RefundCase['afterSale'][K] | undefined };
};

/** A refund-only of 89.00 whose parcel was stopped, known and looked at five seconds ago: it is agreed. */
function aCase(over: Over = {}): RefundCase {
  return {
    now: NOW,
    mode: 'auto',
    knownAt: ago(5_000),
    canReread: true,
    parcels: [aParcel()],
    opened: { amountFen: 8_900, orderId: '1' },
    approvedFen: null,
    rejected: false,
    ...over,
    policy: { at: 'intercepted', hours: null, atPlatformDeadline: 'ask', platformLeadMs: HOUR / 2, ...over.policy },
    platform: {
      channelRefunds: true,
      versioned: true,
      mostFen: null,
      canAgree: true,
      canReject: true,
      ...over.platform,
    },
    afterSale: stated({
      type: 'refund_only',
      status: 'open',
      orderId: '1',
      refundAmountFen: 8_900,
      version: '1764298800',
      platformDeadlineMs: ahead(20 * HOUR).getTime(),
      ...over.afterSale,
    }),
  };
}

/** The facts that a test has not taken away. */
function stated(facts: NonNullable<Over['afterSale']>): RefundCase['afterSale'] {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

const agreed = { do: 'act', operation: 'agree', amountFen: 8_900, version: '1764298800', cause: null };
const lost = aParcel({ state: 'missed' });
const clockEnds = { platformDeadlineMs: ahead(HOUR / 4).getTime() };

describe('the refund decision', () => {
  it.each<[string, string, Over, object]>([
    ['R73', 'agreed at the point of the policy, exact amount and version', {}, agreed],
    ['R73', 'paid or agreed elsewhere', { afterSale: { status: 'paid' } }, { do: 'drop', reason: 'refund_settled' }],
    ['R73', 'agreed elsewhere', { afterSale: { status: 'agreed' } }, { do: 'drop', reason: 'refund_settled' }],
    ['R73', 'withdrawn', { afterSale: { status: 'closed' } }, { do: 'drop', reason: 'refund_gone' }],
    ['R73', 'refused', { afterSale: { status: 'refused' } }, { do: 'drop', reason: 'refund_gone' }],
    [
      'R70',
      'unknown is never a yes',
      { afterSale: { status: 'unknown' } },
      { do: 'wait', reason: 'after_sale_unknown' },
    ],
    [
      'R73',
      'another type now',
      { afterSale: { type: 'return_refund' } },
      { do: 'hand_over', reason: 'refund_changed' },
    ],
    ['R76', 'switched off', { mode: 'off' }, { do: 'wait', reason: 'refund_off' }],
    [
      'R73',
      'the platform refunds by itself',
      { parcels: [aParcel({ overPlatform: true })] },
      { do: 'wait', reason: 'refund_platform_pays' },
    ],
    ['R60', 'no amount', { afterSale: { refundAmountFen: undefined } }, { do: 'wait', reason: 'amount_unknown' }],
    [
      'R73',
      'the amount changed meanwhile',
      { afterSale: { refundAmountFen: 2_000 } },
      { do: 'hand_over', reason: 'refund_changed' },
    ],
    ['R73', 'the order changed', { afterSale: { orderId: '2' } }, { do: 'hand_over', reason: 'refund_changed' }],
    [
      'R55',
      'accepted is not intercepted',
      { parcels: [aParcel({ state: 'accepted' })] },
      { do: 'wait', reason: 'refund_waits' },
    ],
    ['R55', 'intercepted is not returned', { policy: { at: 'returned' } }, { do: 'wait', reason: 'refund_waits' }],
    [
      'R55',
      'returned is not received',
      { policy: { at: 'received' }, parcels: [aParcel({ state: 'returned' })] },
      { do: 'wait', reason: 'refund_waits' },
    ],
    ['R75', 'booked by the warehouse', { policy: { at: 'received' }, parcels: [aParcel({ received: true })] }, agreed],
    [
      'R68',
      'signed for by ourselves',
      { policy: { at: 'returned' }, parcels: [aParcel({ state: 'missed', whereabouts: 'returned' })] },
      agreed,
    ],
    [
      'R74',
      'two stops out of three',
      { parcels: [aParcel(), aParcel(), aParcel({ state: 'accepted' })] },
      { do: 'wait', reason: 'refund_not_all' },
    ],
    ['R73', 'never', { policy: { at: 'never' } }, { do: 'wait', reason: 'refund_never' }],
    [
      'R73',
      'outside the hours',
      { policy: { hours: '12:00-21:00' } },
      { do: 'wait', reason: 'refund_hours', until: new Date('2026-11-28T04:00:00Z') },
    ],
    [
      'R73',
      'the end of the hours is outside',
      { policy: { hours: '09:00-11:00' } },
      { do: 'wait', reason: 'refund_hours', until: new Date('2026-11-29T01:00:00Z') },
    ],
    [
      'R73',
      'the night’s knowledge is not the morning’s',
      { policy: { hours: '11:00-21:00' } },
      { do: 'look', at: 'after_sale' },
    ],
    ['R76', 'approval', { mode: 'approve' }, { do: 'hand_over', reason: 'refund_approval' }],
    ['R76', 'approved', { mode: 'approve', approvedFen: 8_900 }, agreed],
    [
      'R73',
      'approved, and changed since',
      { mode: 'approve', approvedFen: 8_800 },
      { do: 'hand_over', reason: 'refund_changed' },
    ],
    [
      'R73',
      'approved, and withdrawn since',
      { approvedFen: 8_900, afterSale: { status: 'closed' } },
      { do: 'drop', reason: 'refund_gone' },
    ],
    [
      'R73',
      'approved answers point, hours and road',
      { approvedFen: 8_900, policy: { hours: '12:00-21:00' }, parcels: [lost] },
      agreed,
    ],
    ['R73', 'no interface', { platform: { canAgree: false } }, { do: 'hand_over', reason: 'refund_by_hand' }],
    [
      'R73',
      'more than the interface takes',
      { platform: { mostFen: 8_899 } },
      { do: 'hand_over', reason: 'refund_by_hand' },
    ],
    ['R72', 'old knowledge', { knownAt: ago(EVIDENCE_MAX_AGE_MS + 1) }, { do: 'look', at: 'after_sale' }],
    ['R72', 'just not old', { knownAt: ago(EVIDENCE_MAX_AGE_MS) }, agreed],
    ['R73', 'no version', { afterSale: { version: undefined } }, { do: 'wait', reason: 'after_sale_unknown' }],
    [
      'R73',
      'no version where none is wanted',
      { platform: { versioned: false }, afterSale: { version: undefined } },
      { ...agreed, version: null },
    ],
    ['R73', 'the road not looked at', { parcels: [aParcel({ lookedAt: null })] }, { do: 'look', at: 'road' }],
    [
      'R73',
      'the road seen too long ago',
      { parcels: [aParcel({ lookedAt: ago(EVIDENCE_MAX_AGE_MS + 1) })] },
      { do: 'look', at: 'road' },
    ],
    [
      'R67',
      'could not look',
      { parcels: [aParcel({ lookFailed: true })] },
      { do: 'wait', reason: 'refund_road_unknown', until: ahead(60_000) },
    ],
    [
      'R67',
      'looked and saw nothing',
      { parcels: [aParcel({ whereabouts: 'unseen' })] },
      { do: 'wait', reason: 'refund_road_unknown', until: ahead(60_000) },
    ],
    [
      'R73',
      'nobody can look',
      { parcels: [aParcel({ canLook: false, lookedAt: null, whereabouts: 'unseen' })] },
      agreed,
    ],
    [
      'R69',
      'out for delivery',
      { parcels: [aParcel({ whereabouts: 'out_for_delivery' })] },
      { do: 'hand_over', reason: 'refund_road' },
    ],
    [
      'R52',
      'delivered all the same',
      { parcels: [aParcel({ whereabouts: 'delivered' })] },
      { do: 'hand_over', reason: 'refund_road' },
    ],
    [
      'R70',
      'a scan nobody knows',
      { parcels: [aParcel({ whereabouts: 'unclear' })] },
      { do: 'hand_over', reason: 'refund_road' },
    ],
    [
      'R73',
      'lost way, clock far off',
      { parcels: [lost] },
      { do: 'wait', reason: 'refund_lost_way', until: ahead(19.5 * HOUR) },
    ],
    [
      'R73',
      'one of two parcels lost its way',
      { parcels: [aParcel(), lost] },
      { do: 'wait', reason: 'refund_lost_way' },
    ],
    [
      'R73',
      'lost way, clock ends, ask',
      { parcels: [lost], afterSale: clockEnds },
      { do: 'wait', reason: 'refund_clock_ends', ask: true },
    ],
    [
      'R73',
      'lost way, clock ends, reject',
      { parcels: [aParcel({ state: 'refused' })], afterSale: clockEnds, policy: { atPlatformDeadline: 'reject' } },
      { ...agreed, operation: 'reject', cause: 'on_its_way' },
    ],
    [
      'R73',
      'delivered, clock ends, reject',
      {
        parcels: [aParcel({ state: 'missed', whereabouts: 'delivered' })],
        afterSale: clockEnds,
        policy: { atPlatformDeadline: 'reject' },
      },
      { ...agreed, operation: 'reject', cause: 'delivered' },
    ],
    [
      'R72',
      'old knowledge is not rejected on',
      { parcels: [lost], afterSale: clockEnds, policy: { atPlatformDeadline: 'reject' }, knownAt: ago(HOUR) },
      { do: 'look', at: 'after_sale' },
    ],
    [
      'R73',
      'rejected once',
      { parcels: [lost], afterSale: clockEnds, policy: { atPlatformDeadline: 'reject' }, rejected: true },
      { do: 'wait', reason: 'refund_rejecting' },
    ],
    [
      'R73',
      'reject without an interface',
      {
        parcels: [lost],
        afterSale: clockEnds,
        policy: { atPlatformDeadline: 'reject' },
        platform: { canReject: false },
      },
      { do: 'wait', reason: 'refund_clock_ends', ask: true },
    ],
    [
      'R76',
      'reject wants a person too',
      { mode: 'approve', parcels: [lost], afterSale: clockEnds, policy: { atPlatformDeadline: 'reject' } },
      { do: 'wait', reason: 'refund_clock_ends', ask: true },
    ],
    [
      'R73',
      'extend is a person’s',
      { parcels: [lost], afterSale: clockEnds, policy: { atPlatformDeadline: 'extend' } },
      { do: 'wait', reason: 'refund_clock_ends', ask: true },
    ],
    [
      'R73',
      'lost way, clock unknown',
      { parcels: [lost], afterSale: { platformDeadlineMs: undefined } },
      { do: 'wait', reason: 'refund_clock_unknown', ask: true },
    ],
    [
      'R73',
      'on its way back, clock ends',
      { policy: { at: 'returned' }, afterSale: clockEnds },
      { do: 'wait', reason: 'refund_clock_pending', ask: true },
    ],
  ])('%s: %s', (_rule, _what, over, wanted) => {
    expect(decideRefund(aCase(over))).toMatchObject(wanted);
  });
});
