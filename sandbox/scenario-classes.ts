import type { ParcelInput } from './frame/parcel-spec.js';
import type { Random } from './frame/random.js';
import type { RefundEvent, RefundInput } from './refunds/refund.js';
import type { Courier } from './scenario-couriers.js';
import { PLATFORM_SLUGS, type Platform } from './scenario-platforms.js';

type Change = Omit<Partial<RefundInput>, 'refundId' | 'orderId' | 'shopId'>;

/** A later event of the same after-sale; `afterMs` from its first one. */
export interface FollowUp {
  readonly event: RefundEvent;
  readonly afterMs: number;
}

/** What makes one class of refunds differ from a plain refund-only of a parcel on the road. */
export interface ClassFacts {
  /** Share of all after-sales, in percent. */
  readonly weight: number;
  readonly says: string;
  readonly final: readonly string[];
  readonly rule?: string;
  /** Whether the fee is due in the end. */
  readonly fee: boolean;
  /** Creates that the courier may accept. */
  readonly accepted: { readonly min: 0 | 1; readonly max: 0 | 1 };
  /** Couriers whose documented answers can express it; without it: all. */
  readonly couriers?: readonly Courier[];
  /** Platforms whose documented messages can tell it; without it: all. */
  readonly platforms?: readonly Platform[];
  readonly afterSale?: (paidFen: number, random: Random) => Change;
  /** null: there is no parcel yet. */
  readonly parcel?: ((random: Random, dueMs: number) => Omit<ParcelInput, 'waybillNo'>) | null;
  readonly followUps?: (random: Random) => readonly FollowUp[];
}

const HOUR = 3_600_000;
const SENT = { accepted: { min: 1, max: 1 }, fee: true, final: ['returned'] } as const;
/** It needs a code or a status that only ZTO documents. */
const ZTO_ONLY = { couriers: ['zto'] } as const;
const NOT_SENT = { accepted: { min: 0, max: 0 }, fee: false } as const;

/** Picked up hours ago, somewhere between hubs, days from the door. */
function onTheRoad(random: Random): NonNullable<ParcelInput['timeline']> {
  const gotMs = -random.int(3 * HOUR, 14 * HOUR);
  return [
    { action: 'GOT', afterMs: gotMs, city: '义乌市', facilityName: '义乌江东' },
    { action: 'DEPARTURE', afterMs: gotMs + HOUR, city: '义乌市', facilityName: '义乌江东' },
    { action: 'ARRIVAL', afterMs: gotMs + 2 * HOUR, city: '金华市', facilityName: '金华转运中心' },
  ];
}

/** Turned around within seconds, so that a demo ends soon. */
function quickReturn(random: Random): ParcelInput['intercept'] {
  return {
    outcome: 'success',
    afterMs: random.int(500, 2000),
    returnScanAfterMs: random.int(300, 1500),
    returnSignedAfterMs: random.int(500, 2000),
  };
}

function eligibleParcel(random: Random): Omit<ParcelInput, 'waybillNo'> {
  return { timeline: onTheRoad(random), intercept: quickReturn(random) };
}

function alreadyAt(...later: NonNullable<ParcelInput['timeline']>) {
  return (random: Random) => ({ ...eligibleParcel(random), timeline: [...onTheRoad(random), ...later] });
}

const ARRIVED = {
  action: 'ARRIVAL',
  afterMs: -40 * 60_000,
  city: '武汉市',
  facilityName: '武汉藏龙岛',
  deliveryBranch: true,
} as const;
const OUT = { action: 'DISPATCH', afterMs: -20 * 60_000, city: '武汉市', facilityName: '武汉藏龙岛' } as const;
const SIGNED = {
  action: 'SIGNED',
  afterMs: -5 * 60_000,
  city: '武汉市',
  facilityName: '武汉藏龙岛',
  signer: '本人',
} as const;

/** JD's list holds cancellations before delivery alone, and tells no withdrawal. */
const EXCEPT_JD = PLATFORM_SLUGS.filter((slug) => slug !== 'jd');

/** Every class of the day with its share; the weights add up to 100. */
export const CLASSES = {
  eligible: { ...SENT, weight: 62, says: 'full refund-only, parcel on the road' },
  duplicated: {
    ...SENT,
    weight: 4,
    says: 'the same, its event told three times',
    followUps: (random) => [1, 2].map((n) => ({ event: 'created', afterMs: n * random.int(50, 900) })),
  },
  arbitration: {
    ...SENT,
    weight: 2,
    says: 'the same, the buyer asks for arbitration (R21)',
    platforms: ['douyin', 'taobao'],
    followUps: (random) => [{ event: 'arbitrated', afterMs: random.int(200, 1200) }],
  },
  picked_up_later: {
    ...ZTO_ONLY,
    ...SENT,
    weight: 2,
    says: 'no scan at first, picked up some seconds later (R16)',
    parcel: (random, dueMs) => ({
      timeline: [{ action: 'GOT', afterMs: dueMs + random.int(3000, 6000), city: '义乌市', facilityName: '义乌江东' }],
      intercept: quickReturn(random),
    }),
  },
  never_picked_up: {
    ...ZTO_ONLY,
    ...NOT_SENT,
    weight: 1,
    says: 'no scan, ever: waits until its deadline (R16)',
    final: ['held', 'expired'],
    rule: 'R16',
    parcel: () => ({ timeline: [] }),
  },
  return_refund: {
    ...NOT_SENT,
    weight: 4,
    says: 'the buyer returns the goods himself (R15)',
    final: ['skipped'],
    rule: 'R15',
    platforms: EXCEPT_JD,
    afterSale: () => ({ type: 'return_refund' }),
  },
  before_shipment: {
    ...NOT_SENT,
    weight: 3,
    says: 'refund before shipment, no parcel (R15)',
    final: ['skipped'],
    rule: 'R15',
    afterSale: () => ({ type: 'before_shipment', parcels: [] }),
    parcel: null,
  },
  partial_refund: {
    ...NOT_SENT,
    weight: 4,
    says: 'less than was paid (R60)',
    final: ['skipped'],
    rule: 'R60',
    afterSale: (paidFen, random) => ({ refundFen: random.int(1, paidFen - 1) }),
  },
  high_value: {
    ...NOT_SENT,
    weight: 3,
    says: 'worth 1000.00 or more (R14)',
    final: ['skipped'],
    rule: 'R14',
    afterSale: (_paidFen, random) => {
      const fen = random.chance(0.3) ? 100_000 : random.int(100_001, 400_000);
      return { paidFen: fen, refundFen: fen };
    },
  },
  unmapped_courier: {
    ...NOT_SENT,
    weight: 2,
    says: 'a courier nobody has mapped (R17)',
    final: ['skipped'],
    rule: 'R17',
  },
  delivery_branch: {
    ...ZTO_ONLY,
    ...NOT_SENT,
    weight: 2,
    says: 'arrived at the delivery branch: too late at ZTO (E23137)',
    final: ['missed', 'refused'],
    parcel: alreadyAt(ARRIVED),
  },
  out_for_delivery: {
    ...NOT_SENT,
    weight: 2,
    says: 'out for delivery (R69, E23120)',
    final: ['missed', 'refused'],
    parcel: alreadyAt(ARRIVED, OUT),
  },
  signed: {
    ...NOT_SENT,
    weight: 2,
    says: 'signed for (E23101)',
    final: ['missed', 'refused'],
    parcel: alreadyAt(ARRIVED, OUT, SIGNED),
  },
  refused_by_code: {
    ...ZTO_ONLY,
    ...NOT_SENT,
    weight: 3,
    says: 'refused by the courier: timed delivery (E23111)',
    final: ['refused'],
    parcel: (random) => ({ ...eligibleParcel(random), refuseWith: 'E23111' }),
  },
  withdrawn: {
    // Only these have something to cancel an order with that needs no number of theirs.
    couriers: ['zto', 'yto'],
    platforms: EXCEPT_JD,
    weight: 2,
    says: 'the buyer takes the refund back while the courier still looks for the parcel',
    final: ['withdrawn', 'skipped'],
    fee: false,
    accepted: { min: 0, max: 1 },
    parcel: (random) => ({ timeline: onTheRoad(random), intercept: { outcome: 'success', afterMs: 120_000 } }),
    followUps: (random) => [{ event: 'closed', afterMs: random.int(300, 1800) }],
  },
  accepted_then_missed: {
    ...ZTO_ONLY,
    weight: 2,
    says: 'accepted, then not found: INTERCEPT_FAIL',
    final: ['missed'],
    fee: false,
    accepted: { min: 1, max: 1 },
    parcel: (random) => ({
      timeline: onTheRoad(random),
      intercept: { outcome: random.chance(0.5) ? 'fail' : 'missed', afterMs: random.int(500, 2000) },
    }),
  },
} as const satisfies Record<string, ClassFacts>;
export type ScenarioClass = keyof typeof CLASSES;

/** The parcel of a class that does not script one. */
export const PLAIN_PARCEL = eligibleParcel;
