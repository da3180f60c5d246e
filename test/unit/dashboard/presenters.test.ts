import { describe, expect, it } from '@jest/globals';
import { AFTER_SALE } from '../../../src/dashboard/api/schemas/after-sale.js';
import { INTERCEPT, INTERCEPT_DETAIL } from '../../../src/dashboard/api/schemas/intercept.js';
import { LANE } from '../../../src/dashboard/api/schemas/lane.js';
import { STATS } from '../../../src/dashboard/api/schemas/stats.js';
import { presentAfterSale } from '../../../src/dashboard/presenters/after-sale.js';
import { presentIntercept } from '../../../src/dashboard/presenters/intercept.js';
import { presentInterceptDetail } from '../../../src/dashboard/presenters/intercept-detail.js';
import { presentLane } from '../../../src/dashboard/presenters/lane.js';
import { presentStats } from '../../../src/dashboard/presenters/stats.js';
import { maskDeep, maskPhones } from '../../../src/dashboard/presenters/words.js';
import type { AfterSaleParcel, AfterSaleView } from '../../../src/domain/store/after-sale-reader.js';
import type { History } from '../../../src/domain/store/history-reader.js';
import type { InterceptView } from '../../../src/domain/store/intercept-reader.js';
import type { LaneFigures } from '../../../src/domain/store/lane-reader.js';

const AT = new Date('2026-11-22T08:00:00Z');

const anIntercept = (over: Partial<InterceptView> = {}): InterceptView => ({
  id: '01kaq0000000000000000000aa',
  parcelId: '01kaq0000000000000000000bb',
  shopId: 'dy-main',
  platform: 'douyin',
  carrier: 'zto',
  rawCarrier: 'zhongtong',
  mapped: true,
  accountId: 'zto-main',
  channel: 'carrier',
  waybillNo: '73100130019486',
  state: 'held',
  reason: 'not_picked_up',
  rule: 'R16',
  origin: 'event',
  deadlineAt: AT,
  feeFen: 0,
  valueFen: 8_900,
  priceFen: 300,
  courierCode: 'S1',
  createdAt: AT,
  updatedAt: AT,
  version: 1,
  decision: JSON.stringify({
    failed: [{ rule: 'R16', verdict: 'hold', reason: 'not_picked_up' }],
    inputs: { afterSales: [{ shopId: 'other', orderId: 'order-of-other' }] },
  }),
  lastLookAt: AT,
  lastLook: 'failed',
  lastLookError: 'courier asks for the phone 13800001111',
  links: [
    { shopId: 'dy-main', orderId: 'order-1', afterSaleId: 'as-1' },
    { shopId: 'other', orderId: 'order-of-other', afterSaleId: 'as-of-other' },
    { shopId: 'dy-main', orderId: 'order-1', afterSaleId: 'as-2' },
  ],
  ...over,
});

const aHistory: History = {
  transitions: [
    {
      version: 1,
      from: null,
      event: 'open',
      to: 'held',
      actor: 'system',
      reason: 'not_picked_up',
      rule: 'R16',
      note: null,
      at: AT,
    },
  ],
  attempts: [
    {
      seq: 1,
      kind: 'query',
      requestId: 'r-1',
      startedAt: AT,
      finishedAt: null,
      outcome: null,
      httpStatus: 200,
      rawCode: 'S1',
      rawText: '收件人 13800001111',
      exchange: JSON.stringify({ response: { body: '{"phone":"13800001111","billCode":"73100130019486"}' } }),
    },
  ],
  sightings: [
    {
      at: AT,
      seenAt: AT,
      phase: 'picked_up',
      rawCode: 'GOT',
      text: '张三 13800001111 已揽收',
      place: null,
      source: 'poll',
    },
  ],
};

describe('an intercept', () => {
  it('has exactly the fields of the contract', () => {
    const shown = presentIntercept(anIntercept(), null);
    expect(Object.keys(shown)).toEqual(Object.keys(INTERCEPT.shape));
    expect(INTERCEPT.safeParse(shown)).toMatchObject({ success: true });
  });

  it('shows each order once and every after-sale', () => {
    const shown = presentIntercept(anIntercept(), null);
    expect(shown.orderIds).toEqual(['order-1', 'order-of-other']);
    expect(shown.afterSaleIds).toEqual(['as-1', 'as-of-other', 'as-2']);
  });

  it('leaves out the numbers of shops that the caller does not hold, in the detail too', () => {
    const shown = presentInterceptDetail(anIntercept(), aHistory, [], ['dy-main']);
    expect(shown.orderIds).toEqual(['order-1']);
    expect(JSON.stringify(shown)).not.toContain('of-other');
  });

  it('shows the platform’s own word for a courier that nobody mapped (R66)', () => {
    const shown = presentIntercept(
      anIntercept({ carrier: 'unmapped-0123456789ab', rawCarrier: '99', mapped: false }),
      null,
    );
    expect(shown.carrier).toBe('99');
  });

  it('explains itself: every failing rule, and a text in both languages', () => {
    const shown = presentInterceptDetail(anIntercept(), aHistory, [], null);
    expect(INTERCEPT_DETAIL.safeParse(shown)).toMatchObject({ success: true });
    expect(shown.decision.failed).toEqual([{ rule: 'R16', verdict: 'hold', reason: 'not_picked_up' }]);
    expect(shown.reasonText.zh).toContain('揽收');
  });

  it('tells a look that failed from one that found nothing, and keeps the last good scan beside it (R67)', () => {
    const shown = presentInterceptDetail(anIntercept(), aHistory, [], null);
    expect(shown.tracking).toMatchObject({ lastResult: 'failed', lastSighting: { phase: 'picked_up' } });
    const never = presentInterceptDetail(
      anIntercept({ lastLook: null, lastLookAt: null, lastLookError: null }),
      { ...aHistory, sightings: [] },
      [],
      null,
    );
    expect(never.tracking).toEqual({ lastLookAt: null, lastResult: 'not_asked' });
  });

  it('lets no phone number out, wherever a courier wrote it', () => {
    expect(JSON.stringify(presentInterceptDetail(anIntercept(), aHistory, [], null))).not.toContain('13800001111');
  });

  it('is shown although its kept decision cannot be read', () => {
    expect(presentInterceptDetail(anIntercept({ decision: 'oops' }), aHistory, [], null).decision).toEqual({
      failed: [],
    });
  });
});

describe('masking phones', () => {
  it.each([
    ['13800001111', '***1111'],
    ['+86 138-0000-1111', '***1111'],
    ['021-12345678', '***5678'],
    ['a waybill 73100130019486 stays', 'a waybill 73100130019486 stays'],
    ['an order 4835804142146757001 stays', 'an order 4835804142146757001 stays'],
  ])('turns "%s" into "%s"', (text, masked) => {
    expect(maskPhones(text)).toBe(masked);
  });

  it('reaches every string of a value and leaves the rest as it is', () => {
    expect(maskDeep({ a: ['13800001111', 5, null], b: { c: true } })).toEqual({
      a: ['***1111', 5, null],
      b: { c: true },
    });
  });
});

describe('a lane', () => {
  const lane = {
    id: 'zto-main',
    carrier: 'zto',
    accountId: 'main',
    rateLimit: { max: 20, perMs: 1_000 },
    concurrency: 10,
    capabilities: null,
  };
  const figures: LaneFigures = {
    paused: false,
    pausedReason: null,
    breaker: 'closed',
    breakerUntil: null,
    breakerReason: null,
    breakerTrips: 0,
    canaryAt: AT,
    waiting: 100,
    handed: 40,
    held: 1,
    inFlight: 2,
    uncertain: 3,
    oldestDueAt: AT,
    tooLateCount: 4,
    ordersLastMinute: 600,
  };

  it('has exactly the fields of the contract', () => {
    expect(Object.keys(presentLane(lane, figures, AT)).sort()).toEqual(Object.keys(LANE.shape).sort());
  });

  it('says how much of what its limit allows in a minute was used', () => {
    expect(presentLane(lane, figures, AT).use).toEqual({ ordersLastMinute: 600, share: 0.5 });
    expect(presentLane({ ...lane, rateLimit: null }, figures, AT).use.share).toBeNull();
    const slow = { ...lane, rateLimit: { max: 1, perMs: 300_000 } };
    expect(presentLane(slow, { ...figures, ordersLastMinute: 1 }, AT).use.share).toBe(5);
  });

  it('has a worker as long as a test job came through within the last minute', () => {
    const seen = (at: Date | null) => presentLane(lane, { ...figures, canaryAt: at }, AT).hasWorker;
    expect([seen(AT), seen(new Date(AT.getTime() - 60_000))]).toEqual([true, true]);
    expect([seen(new Date(AT.getTime() - 60_001)), seen(null)]).toEqual([false, false]);
  });

  it('says when it will have sent all that waits, by its rate', () => {
    expect(presentLane(lane, figures, AT).emptyAt).toBe('2026-11-22T08:00:05.000Z');
  });

  it.each([
    ['is paused', { paused: true }],
    ['is broken', { breaker: 'open' }],
    ['has nothing to send', { waiting: 0 }],
  ] as const)('promises no time while it %s', (_, over) => {
    expect(presentLane(lane, { ...figures, ...over }, AT).emptyAt).toBeNull();
  });
});

describe('an after-sale', () => {
  const parcel = (over: Partial<AfterSaleParcel> = {}): AfterSaleParcel => ({
    carrier: 'zto',
    rawCarrier: 'zto',
    mapped: true,
    waybillNo: '73100130019486',
    valueFen: 128_000,
    interceptId: '01kaq0000000000000000000aa',
    state: 'skipped',
    reason: 'value_too_high',
    rule: 'R14',
    ...over,
  });
  const afterSale = (parcels: readonly AfterSaleParcel[], over: Partial<AfterSaleView> = {}): AfterSaleView => ({
    id: '01kaq0000000000000000000cc',
    shopId: 'dy-main',
    platform: 'douyin',
    afterSaleId: '7000893114000949517',
    facts: { orderId: '1', type: 'refund_only', status: 'open', refundAmountFen: 8900, appliedAtMs: AT.getTime() },
    origin: 'event',
    reason: null,
    rule: null,
    createdAt: AT,
    updatedAt: AT,
    parcels,
    ...over,
  });

  it('says why none of its parcels was intercepted (R42)', () => {
    const shown = presentAfterSale(afterSale([parcel()]));
    expect(AFTER_SALE.safeParse(shown)).toMatchObject({ success: true });
    expect(shown.whyNot).toMatchObject({ reason: 'value_too_high', rule: 'R14' });
  });

  it('says nothing of the kind once one parcel is on its way back', () => {
    expect(presentAfterSale(afterSale([parcel(), parcel({ state: 'accepted' })])).whyNot).toBeNull();
  });

  it('gives its own reason while it has no parcel', () => {
    const shown = presentAfterSale(afterSale([], { reason: 'no_parcel', rule: 'R15' }));
    expect(shown.whyNot).toMatchObject({ reason: 'no_parcel', rule: 'R15' });
  });
});

describe('statistics', () => {
  it('count success among what has ended, and claim none while nothing has', () => {
    const courier = { carrier: 'zto', asked: 10, succeeded: 6, refused: 1, missed: 1 };
    const shown = presentStats(
      {
        events: 12,
        byState: { returned: 6 },
        skippedByRule: { R14: 2 },
        byCourier: [courier, { carrier: 'yto', asked: 3, succeeded: 0, refused: 0, missed: 0 }],
        timeToSend: { count: 10, p50Ms: 12, p99Ms: 40 },
        fees: { postedFen: 1_800, reversedFen: 300, elsewhereFen: 0 },
        valueSavedFen: 50_000,
        refundedNotBack: { count: 1, amountFen: 8_900 },
      },
      { since: AT, until: AT },
    );
    expect(STATS.safeParse(shown)).toMatchObject({ success: true });
    expect(shown.successByCourier.map((c) => c.share)).toEqual([0.75, null]);
    expect(shown.fees.dueFen).toBe(1_500);
  });
});
