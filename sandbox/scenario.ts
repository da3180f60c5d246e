import type { ParcelInput } from './frame/parcel-spec.js';
import { Random } from './frame/random.js';
import type { AfterSaleInput } from './platforms/douyin/after-sale.js';
import type { EventInput } from './platforms/douyin/push-spec.js';
import { CLASSES, type ClassFacts, PLAIN_PARCEL, type ScenarioClass } from './scenario-classes.js';
import { COURIER_SLUGS, COURIERS, type Courier, CourierDealer } from './scenario-couriers.js';

export interface ScenarioInput {
  /** Number of after-sales, each with one first event; follow-up events come on top. */
  readonly events: number;
  readonly seed: number;
  readonly shopId?: string;
  /** The rate at which the first events will be emitted: parcels that change meanwhile are timed by it. */
  readonly ratePerSecond?: number;
}

export interface Expectation {
  readonly afterSaleId: string;
  /** null: nothing was shipped. */
  readonly waybillNo: string | null;
  /** Who carries the parcel; null: nothing was shipped, or by a courier nobody has mapped. */
  readonly courier: Courier | null;
  readonly class: ScenarioClass;
  /** States in which it may rest when everything is over. */
  readonly final: readonly string[];
  readonly rule?: string;
  readonly fee: boolean;
  /** Creates that the courier's ledger may show as accepted. */
  readonly accepted: { readonly min: 0 | 1; readonly max: 0 | 1 };
}

export interface Scenario {
  readonly afterSales: readonly AfterSaleInput[];
  readonly parcels: readonly ParcelInput[];
  readonly events: readonly EventInput[];
  readonly expected: readonly Expectation[];
}

/** Not in any courier table of ours. */
const STRANGER = { companyCode: 'quanritong', companyName: '全日通快递' } as const;
const NAMES = Object.keys(CLASSES) as readonly ScenarioClass[];

/** A day of refunds at one Douyin shop that sends with three couriers. Pure: the same input gives the same day. */
export function scenario(input: ScenarioInput): Scenario {
  const { events, seed, shopId = '10437917', ratePerSecond = 50 } = input;
  const random = new Random(seed);
  const ids = {
    afterSale: `7${random.digits(10)}`,
    order: `4${random.digits(10)}`,
    waybill: `7${random.int(3, 9)}${random.digits(4)}`,
  };
  const dealer = new CourierDealer();
  const cases = random.shuffled(classList(events)).map((name, index) => {
    const dueMs = (index / ratePerSecond) * 1000;
    return oneCase({ name, random, dealer, shopId, dueMs, ...numbers(ids, index) });
  });
  return {
    afterSales: cases.map(({ afterSale }) => afterSale),
    parcels: cases.flatMap(({ parcel }) => (parcel === null ? [] : [parcel])),
    events: [
      ...cases.map(({ afterSale }): EventInput => ({ afterSaleId: afterSale.afterSaleId, tag: '200' })),
      ...cases.flatMap(({ followUps }) => followUps),
    ],
    expected: cases.map(({ expectation }) => expectation),
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

interface Numbers {
  readonly afterSaleId: string;
  readonly orderId: string;
  readonly skuOrderId: string;
  readonly waybillNo: string;
}

/** 19-digit ids above 2^53, which a JavaScript number would round, and 14-digit waybills. */
function numbers(ids: { afterSale: string; order: string; waybill: string }, index: number): Numbers {
  const n = String(index + 1).padStart(7, '0');
  return {
    afterSaleId: `${ids.afterSale}${n}7`,
    orderId: `${ids.order}${n}1`,
    skuOrderId: `${ids.order}${n}3`,
    waybillNo: `${ids.waybill}${n.padStart(8, '0')}`,
  };
}

interface CaseInput extends Numbers {
  readonly name: ScenarioClass;
  readonly random: Random;
  readonly dealer: CourierDealer;
  readonly shopId: string;
  readonly dueMs: number;
}

function oneCase({ name, random, dealer, shopId, dueMs, waybillNo, afterSaleId, ...orderIds }: CaseInput) {
  const facts: ClassFacts = CLASSES[name];
  const paidFen = random.chance(0.02) ? 99_999 : random.int(990, 30_000);
  const isCarried = name !== 'unmapped_courier' && facts.parcel !== null;
  const courier = isCarried ? dealer.next(facts.couriers ?? COURIER_SLUGS) : null;
  const { companyCode, companyName } = courier === null ? STRANGER : COURIERS[courier];
  const plain = {
    type: 1,
    status: 6,
    refundAmountFen: paidFen,
    paidFen,
    parcels: [{ trackingNo: waybillNo, companyCode, companyName }],
  };
  const change = facts.afterSale?.(paidFen, random) ?? {};
  const afterSale: AfterSaleInput = { shopId, afterSaleId, ...orderIds, ...plain, ...change };
  const script = facts.parcel === null ? null : (facts.parcel ?? PLAIN_PARCEL)(random, dueMs);
  const { final, fee, accepted, rule } = facts;
  const shipped = script === null ? null : waybillNo;
  const expectation: Expectation = {
    afterSaleId,
    waybillNo: shipped,
    courier,
    class: name,
    final,
    fee,
    accepted,
    ...(rule && { rule }),
  };
  const parcel: ParcelInput | null = script && { waybillNo, ...script };
  const followUps = (facts.followUps?.(random) ?? []).map((event): EventInput => ({ afterSaleId, ...event }));
  return { afterSale, parcel, expectation, followUps };
}
