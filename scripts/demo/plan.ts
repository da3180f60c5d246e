import { type DayCase, type Expectation, scenario } from '../../sandbox/scenario.js';
import { CARRIERS, type Carrier, COURIER_SLUGS, type Courier } from '../../sandbox/scenario-couriers.js';
import { PLATFORM_SLUGS, PLATFORMS, type Platform } from '../../sandbox/scenario-platforms.js';
import { platformFacts } from './platforms.js';

/** A shop of the demo: our id and the platform's. */
export interface DemoShop {
  readonly id: string;
  readonly platform: Platform;
  readonly platformShopId: string;
  readonly name: string;
}

/** The after-sales of one shop and the events told of them; the twin tells each shop's by themselves. */
export interface ShopDay {
  readonly shop: DemoShop;
  readonly ratePerSecond: number;
  readonly cases: readonly DayCase[];
}

export interface RateLimit {
  readonly max: number;
  readonly perMs: number;
}

/** Everything one run will do, fixed by its options. */
export interface DemoPlan {
  readonly platforms: readonly Platform[];
  readonly couriers: readonly Courier[];
  readonly shops: readonly DemoShop[];
  readonly days: readonly ShopDay[];
  readonly expected: readonly Expectation[];
  /** Limits of each courier account, well above the rate: the demo shows time to send, not a queue. */
  readonly orderLimit: RateLimit;
  readonly readLimit: RateLimit;
}

export interface PlanInput {
  readonly events: number;
  readonly rate: number;
  readonly seed: number;
  readonly platforms: readonly Platform[];
  readonly carriers: readonly Carrier[];
}

const LEAST_ORDERS = 100;

/**
 * A day of refunds at shops of several platforms. A platform gives every shop a budget of its own for reading details:
 * one with much to do has more shops, which share its after-sales in turn.
 */
export function planDemo({ events, rate, seed, platforms, carriers }: PlanInput): DemoPlan {
  const { cases } = scenario({ events, seed, ratePerSecond: rate, platforms, carriers });
  const max = Math.max(LEAST_ORDERS, Math.ceil(2 * rate));
  const used = PLATFORM_SLUGS.filter((slug) => cases.some(({ platform }) => platform === slug));
  const days = used.flatMap((platform) => daysOf(platform, cases, rate));
  const twins = new Set(carriers.map((carrier) => CARRIERS[carrier].twin));
  return {
    platforms: used,
    couriers: COURIER_SLUGS.filter((courier) => twins.has(courier)),
    shops: days.map(({ shop }) => shop),
    days,
    expected: cases.map(({ expected }) => expected),
    orderLimit: { max, perMs: 1000 },
    readLimit: { max: 2 * max, perMs: 1000 },
  };
}

/** One platform's part of the day, at its share of the rate, dealt to as many shops as its budget of reads asks for. */
function daysOf(platform: Platform, all: readonly DayCase[], rate: number): ShopDay[] {
  const own = all.filter((one) => one.platform === platform);
  const share = (rate * own.length) / all.length;
  const { perSecond, manyShops } = PLATFORMS[platform];
  const count = manyShops ? Math.max(1, Math.ceil(share / perSecond)) : 1;
  return Array.from({ length: count }, (_, i) => ({
    shop: shopOf(platform, i),
    ratePerSecond: share / count,
    cases: own.filter((_case, index) => index % count === i),
  })).filter(({ cases }) => cases.length > 0);
}

function shopOf(platform: Platform, index: number): DemoShop {
  const { firstShopId, label } = platformFacts(platform);
  const [, prefix = '', digits = '0'] = /^(\D*)(\d+)$/.exec(firstShopId) ?? [];
  const n = index + 1;
  return {
    id: `${platform}-${n}`,
    platform,
    platformShopId: `${prefix}${Number(digits) + index}`,
    name: `${label.zh}示例店 ${n}`,
  };
}
