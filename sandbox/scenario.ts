import type { ParcelInput } from './frame/parcel-spec.js';
import { Random } from './frame/random.js';
import type { EmitInput } from './refunds/emission-plan.js';
import type { RefundInput } from './refunds/refund.js';
import { CLASSES, type ClassFacts, PLAIN_PARCEL, type ScenarioClass } from './scenario-classes.js';
import {
  CARRIER_SLUGS,
  CARRIERS,
  type Carrier,
  CarrierDealer,
  COURIER_SLUGS,
  type Courier,
} from './scenario-couriers.js';
import { PLATFORM_SLUGS, PLATFORMS, type Platform, PlatformDealer } from './scenario-platforms.js';

export interface ScenarioInput {
  /** Number of after-sales, each with one first event; follow-up events come on top. */
  readonly events: number;
  readonly seed: number;
  /** The rate at which the first events will be emitted: parcels that change meanwhile are timed by it. */
  readonly ratePerSecond?: number;
  /** Only these; without them all. */
  readonly platforms?: readonly Platform[];
  readonly carriers?: readonly Carrier[];
}

export interface Expectation {
  readonly platform: Platform;
  readonly afterSaleId: string;
  /** null: nothing was shipped. */
  readonly waybillNo: string | null;
  /** Who carries the parcel; null: nothing was shipped, or by a courier nobody has mapped. */
  readonly carrier: Carrier | null;
  /** Who is asked to stop it. */
  readonly courier: Courier | null;
  readonly class: ScenarioClass;
  /** States in which it may rest when everything is over. */
  readonly final: readonly string[];
  readonly rule?: string;
  readonly fee: boolean;
  /** Creates that the courier's ledger may show as accepted. */
  readonly accepted: { readonly min: 0 | 1; readonly max: 0 | 1 };
}

type Emitted = EmitInput['events'][number];

/** One after-sale of the day; its refund lacks the shop, which whoever plays the day deals. */
export interface DayCase {
  readonly platform: Platform;
  readonly refund: Omit<RefundInput, 'shopId'>;
  readonly parcel: ParcelInput | null;
  /** The first, then what follows. */
  readonly events: readonly Emitted[];
  readonly expected: Expectation;
}

export interface Scenario {
  /** In the order of their first events. */
  readonly cases: readonly DayCase[];
}

/** Not in any courier table of ours, nor a number that means anybody. */
const STRANGER = { companyCode: '9999', companyName: '全日通快递' } as const;
const NAMES = Object.keys(CLASSES) as readonly ScenarioClass[];

/** A day of refunds at sellers on several platforms who send with several couriers. Pure: the same input gives the same day. */
export function scenario(input: ScenarioInput): Scenario {
  const { events, seed, ratePerSecond = 50, platforms = PLATFORM_SLUGS, carriers = CARRIER_SLUGS } = input;
  const random = new Random(seed);
  const heads = { afterSale: `7${random.digits(10)}`, waybill: `7${random.int(3, 9)}${random.digits(4)}` };
  const dealers = { platform: new PlatformDealer(platforms, ratePerSecond), carrier: new CarrierDealer(carriers) };
  return {
    cases: random.shuffled(classList(events)).map((name, index) => {
      const n = String(index + 1).padStart(7, '0');
      const dueMs = (index / ratePerSecond) * 1000;
      return oneCase({
        name,
        random,
        dealers,
        dueMs,
        digits: `${heads.afterSale}${n}7`,
        waybillNo: `${heads.waybill}${n.padStart(8, '0')}`,
      });
    }),
  };
}

/** How many of each class: by weight, largest remainders first, and at least one of each once there is room. */
export function classCounts(events: number): ReadonlyMap<ScenarioClass, number> {
  const shares = NAMES.map((name) => ({ name, exact: (events * CLASSES[name].weight) / 100 }));
  const counts = new Map(shares.map(({ name, exact }) => [name, Math.floor(exact)]));
  const byRemainder = shares.toSorted((a, b) => (b.exact % 1) - (a.exact % 1));
  let missing = events - [...counts.values()].reduce((sum, n) => sum + n, 0);
  for (const { name } of byRemainder) {
    if (missing === 0) break;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    missing -= 1;
  }
  if (events < 2 * NAMES.length) return counts;
  for (const name of NAMES.filter((one) => counts.get(one) === 0)) {
    counts.set(name, 1);
    counts.set('eligible', (counts.get('eligible') ?? 0) - 1);
  }
  return counts;
}

function classList(events: number): readonly ScenarioClass[] {
  return [...classCounts(events)].flatMap(([name, count]) => Array.from({ length: count }, () => name));
}

interface CaseInput {
  readonly name: ScenarioClass;
  readonly random: Random;
  readonly dealers: { readonly platform: PlatformDealer; readonly carrier: CarrierDealer };
  readonly dueMs: number;
  /** 19 digits, above 2^53, which a JavaScript number would round. */
  readonly digits: string;
  readonly waybillNo: string;
}

/** A class that none of the day's platforms or couriers can tell or answer is played as a plain one. */
function playable(name: ScenarioClass, { carrier, platform }: CaseInput['dealers']): ScenarioClass {
  const { couriers, platforms }: ClassFacts = CLASSES[name];
  const hasCourier = couriers === undefined || carrier.all.some((slug) => couriers.includes(CARRIERS[slug].twin));
  const hasPlatform = platforms === undefined || platform.all.some((slug) => platforms.includes(slug));
  return hasCourier && hasPlatform ? name : 'eligible';
}

function oneCase(input: CaseInput): DayCase {
  const { random, dealers, dueMs, digits, waybillNo } = input;
  const name = playable(input.name, dealers);
  const facts: ClassFacts = CLASSES[name];
  const paidFen = random.chance(0.02) ? 99_999 : random.int(990, 30_000);
  const platform = dealers.platform.next(facts.platforms ?? PLATFORM_SLUGS);
  const isCarried = name !== 'unmapped_courier' && facts.parcel !== null;
  const carrier = isCarried ? dealers.carrier.next(facts.couriers ?? COURIER_SLUGS) : null;
  const { words, ids } = PLATFORMS[platform];
  const numbers = ids(digits);
  const refund: DayCase['refund'] = {
    ...numbers,
    type: 'refund_only',
    refundFen: paidFen,
    paidFen,
    parcels: [{ waybillNo, ...(carrier === null ? STRANGER : words[carrier]) }],
    ...facts.afterSale?.(paidFen, random),
  };
  const script = facts.parcel === null ? null : (facts.parcel ?? PLAIN_PARCEL)(random, dueMs);
  const { final, fee, accepted, rule } = facts;
  const { refundId } = numbers;
  return {
    platform,
    refund,
    parcel: script && { waybillNo, ...script },
    events: [{ refundId }, ...(facts.followUps?.(random) ?? []).map((event) => ({ refundId, ...event }))],
    expected: {
      platform,
      afterSaleId: refundId,
      waybillNo: script === null ? null : waybillNo,
      carrier,
      courier: carrier === null ? null : CARRIERS[carrier].twin,
      class: name,
      final,
      fee,
      accepted,
      ...(rule && { rule }),
    },
  };
}
