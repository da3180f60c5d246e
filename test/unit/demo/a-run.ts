import type { CourierSide, DemoFacts } from '../../../scripts/demo/facts.js';

type Row = DemoFacts['afterSales'][number];
type Expected = DemoFacts['expected'][number];

const CREATE = 'thirdcenter.createIntercept';
const YTO_CREATE = 'open/wanted_report_adapter/v1/key/customer';
const TEXT = { zh: '原因。', en: 'A reason. What to do.' };
const NOT_SENT = { fee: false, accepted: { min: 0, max: 0 } } as const;

const EXPECTED = {
  stopped: {
    afterSaleId: '7001',
    waybillNo: '9001',
    platform: 'douyin',
    carrier: 'yto',
    courier: 'yto',
    class: 'eligible',
    final: ['returned'],
    fee: true,
    accepted: { min: 1, max: 1 },
  },
  waiting: {
    afterSaleId: '7002',
    waybillNo: '9002',
    platform: 'taobao',
    carrier: 'zto',
    courier: 'zto',
    class: 'never_picked_up',
    final: ['held', 'expired'],
    rule: 'R16',
    ...NOT_SENT,
  },
  refused: {
    afterSaleId: '7003',
    waybillNo: '9003',
    platform: 'taobao',
    carrier: 'zto',
    courier: 'zto',
    class: 'refused_by_code',
    final: ['refused'],
    ...NOT_SENT,
  },
  unshipped: {
    afterSaleId: '7004',
    waybillNo: null,
    platform: 'generic',
    carrier: null,
    courier: null,
    class: 'before_shipment',
    final: ['skipped'],
    rule: 'R15',
    ...NOT_SENT,
  },
} as const satisfies Record<string, Expected>;

const MISTAKE = {
  courier: 'zto',
  class: 'charged_though_failed',
  waybillNo: '9003',
  chargedFen: 300,
  dueFen: 0,
} as const;

export function row(afterSaleId: string, waybillNo: string, state: string, reason: string, rule: string | null): Row {
  const why = { reason, reasonText: TEXT, rule };
  const parcel = { waybillNo, interceptId: `ic-${waybillNo}`, state, ...why };
  return { id: `as-${afterSaleId}`, shopId: 'dy-1', afterSaleId, whyNot: null, parcels: [parcel] };
}

/** What a courier's twin says that stopped these parcels. */
export function side(stopped: readonly string[], feeFen: number): CourierSide {
  const counts = { duplicateAccepts: 0, maxCreatesPerSecond: 2, badSignature: 0, badRequest: 0 };
  return { summary: { ...counts, interceptedWaybills: stopped.length }, stopped, feeFen };
}

/** A run of four after-sales whose numbers balance: one is stopped, waits, is refused, has no parcel. */
export function balancedRun(): DemoFacts & {
  readonly couriers: Readonly<Record<'zto' | 'yto' | 'yunda', CourierSide>>;
} {
  const whyNot = { reason: 'not_refund_only', reasonText: TEXT, rule: 'R15' };
  return {
    expected: Object.values(EXPECTED),
    sent: { distinct: 5, deliveries: 6, acknowledged: 6 },
    afterSales: [
      row('7001', '9001', 'returned', 'returned', null),
      row('7002', '9002', 'held', 'not_picked_up', 'R16'),
      row('7003', '9003', 'refused', 'courier_not_allowed', null),
      { id: 'as-7004', shopId: 'dy-1', afterSaleId: '7004', whyNot, parcels: [] },
    ],
    intercepts: [
      { id: 'ic-9001', waybillNo: '9001', carrier: 'yto', afterSaleIds: ['7001'], state: 'returned', feeFen: 400 },
      { id: 'ic-9002', waybillNo: '9002', carrier: 'zto', afterSaleIds: ['7002'], state: 'held', feeFen: 0 },
      { id: 'ic-9003', waybillNo: '9003', carrier: 'zto', afterSaleIds: ['7003'], state: 'refused', feeFen: 0 },
    ],
    ledger: [{ id: 'fee-1', interceptId: 'ic-9001', carrier: 'yto', kind: 'fee', amountFen: 400 }],
    returns: [
      { id: 'r-1', state: 'expected', interceptState: 'intercepted', refunded: true, valueFen: 8_900 },
      { id: 'r-2', state: 'expected', interceptState: 'returned', refunded: true, valueFen: 8_900 },
      { id: 'r-3', state: 'expected', interceptState: 'intercepted', refunded: false, valueFen: 8_900 },
    ],
    claims: [
      { id: 'c-1', state: 'draft', amountFen: 8_900 },
      { id: 'c-2', state: 'dropped', amountFen: 8_900 },
    ],
    refunds: [
      {
        afterSaleId: '7001',
        platform: 'douyin',
        operation: 'agree',
        state: 'confirmed',
        reason: 'refund_agreed',
        amountFen: 8_900,
      },
      {
        afterSaleId: '7002',
        platform: 'taobao',
        operation: 'agree',
        state: 'waiting',
        reason: 'refund_hours',
        amountFen: 5_000,
      },
    ],
    paidThere: [{ refunds: 1, fen: 8_900 }],
    billing: {
      bills: {
        zto: { chargedFen: 300, dueFen: 0, notChargedFen: 0 },
        yto: { chargedFen: 400, dueFen: 400, notChargedFen: 0 },
        yunda: { chargedFen: 0, dueFen: 0, notChargedFen: 0 },
      },
      planted: [MISTAKE],
      found: [MISTAKE],
    },
    violations: [],
    couriers: { zto: side([], 300), yto: side(['9001'], 400), yunda: side([], 300) },
    platformsRefused: [{ badSignature: 0, badRequest: 0 }],
    calls: [
      { at: 1_120, endpoint: YTO_CREATE, verdict: 'accepted', waybillNo: '9001' },
      { at: 1_500, endpoint: CREATE, verdict: 'refused', waybillNo: '9003' },
      { at: 1_900, endpoint: 'thirdcenter.queryInterceptAndReturnStatus', verdict: 'answered', waybillNo: '9001' },
    ],
    pushes: [
      { at: 1_000, waybillNo: '7001' },
      { at: 1_010, waybillNo: '7003' },
      { at: 1_300, waybillNo: '7001' },
    ],
    limitPerSecond: 100,
  };
}
