import { type Expectation, type Scenario, scenario } from '../../sandbox/scenario.js';
import { type ByCourier, byCourier } from './couriers.js';

/** A shop of the demo: our id and the platform's. */
export interface DemoShop {
  readonly id: string;
  readonly platformShopId: string;
  readonly name: string;
}

/** The events of one shop; the twin sends each shop's to its own webhook. */
export interface ShopStorm {
  readonly shop: DemoShop;
  readonly ratePerSecond: number;
  readonly events: Scenario['events'];
}

export interface RateLimit {
  readonly max: number;
  readonly perMs: number;
}

/** Everything one run will do, fixed by its options. */
export interface DemoPlan {
  readonly shops: readonly DemoShop[];
  readonly afterSales: Scenario['afterSales'];
  /** The parcels each courier carries. */
  readonly parcels: ByCourier<Scenario['parcels']>;
  readonly expected: readonly Expectation[];
  readonly storms: readonly ShopStorm[];
  /** Limits of each courier account, well above the rate: the demo shows time to send, not a queue. */
  readonly orderLimit: RateLimit;
  readonly readLimit: RateLimit;
}

const FIRST_PLATFORM_SHOP_ID = 10_437_917;
const FEWEST_SHOPS = 4;
/** A shop's detail reads have a budget of 20 a second; follow-up events and reads that are repeated need their share. */
const EVENTS_A_SHOP = 12;
const LEAST_ORDERS = 100;

/**
 * A day of refunds at several shops of one platform, which share the after-sales in turn: the platform gives every shop
 * a budget of its own for reading details.
 */
export function planDemo(options: { events: number; rate: number; seed: number }): DemoPlan {
  const { events, rate, seed } = options;
  const day = scenario({ events, seed, ratePerSecond: rate });
  const count = Math.max(FEWEST_SHOPS, Math.ceil(rate / EVENTS_A_SHOP));
  const shops = Array.from({ length: count }, (_, i) => shopNumber(i));
  const shopOf = new Map(day.afterSales.map(({ afterSaleId }, i) => [afterSaleId, i % count]));
  const carrierOf = new Map(day.expected.map(({ waybillNo, courier }) => [waybillNo, courier]));
  const max = Math.max(LEAST_ORDERS, Math.ceil(2 * rate));
  return {
    shops,
    parcels: byCourier((courier) => day.parcels.filter(({ waybillNo }) => carrierOf.get(waybillNo) === courier)),
    expected: day.expected,
    afterSales: day.afterSales.map((afterSale, i) => ({
      ...afterSale,
      shopId: shops[i % count]?.platformShopId ?? afterSale.shopId,
    })),
    storms: shops.map((shop, i) => ({
      shop,
      ratePerSecond: rate / count,
      events: day.events.filter(({ afterSaleId }) => shopOf.get(afterSaleId) === i),
    })),
    orderLimit: { max, perMs: 1000 },
    readLimit: { max: 2 * max, perMs: 1000 },
  };
}

function shopNumber(index: number): DemoShop {
  const n = index + 1;
  return { id: `dy-${n}`, platformShopId: String(FIRST_PLATFORM_SHOP_ID + index), name: `示例旗舰店 ${n}` };
}
