import { stringify } from 'yaml';
import { CARRIER_SLUGS, type Courier, carriersOf } from '../../sandbox/scenario-couriers.js';
import { PLATFORMS, type Platform } from '../../sandbox/scenario-platforms.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { courierFacts } from './couriers.js';
import type { DemoPlan } from './plan.js';
import { platformFacts } from './platforms.js';
import type { Twins } from './twins.js';

const FROM = '2024-11-18';
const RETURN_ADDRESS = {
  name: '退货组',
  phone: '13800000000',
  province: '浙江省',
  city: '金华市',
  district: '义乌市',
  detail: '示例路 1 号',
};

/** The words of a platform for couriers that its documents do not explain: the seller maps them (R66). */
function aliasesOf(platform: Platform): Readonly<Record<string, string>> {
  const known: Readonly<Record<string, string>> = platformBySlug(platform)?.manifest.carrierAliases ?? {};
  const rows = CARRIER_SLUGS.flatMap((carrier) => {
    const { companyCode, companyName } = PLATFORMS[platform].words[carrier];
    const isKnown = known[companyCode] === carrier || known[companyName] === carrier || companyCode === carrier;
    return isKnown ? [] : [[companyCode, carrier] as const];
  });
  return Object.fromEntries(rows);
}

/** Where a courier's twin pushes to. */
export function callbackUrl(courier: Courier, twins: Twins, productUrl: string): string {
  const { accountId, callbackQuery } = courierFacts(courier);
  const keys = twins.couriers[courier]?.keys;
  return `${productUrl}/callbacks/${courier}/${accountId}${keys && callbackQuery ? callbackQuery(keys) : ''}`;
}

/** Whose refunds wait for their hours in the demo: the window opens six hours from now, and closes an hour later. */
const WAITS_FOR_HOURS: Platform = 'xiaohongshu';

/**
 * Whose refunds are ours to agree. A refund costs four calls of its shop's budget, which the reads of a big shop's day, played
 * in two minutes, leave no room for.
 */
const REFUNDS_AGREED_AT: ReadonlySet<string> = new Set(['kuaishou', 'xiaohongshu', 'wechat', 'generic']);

/** `HH:MM-HH:MM` in China that is closed now and stays so while a demo runs. */
export function closedHours(now: Date): string {
  const hour = (now.getUTCHours() + 8 + 6) % 24;
  const clock = (h: number) => `${String(h % 24).padStart(2, '0')}:00`;
  return `${clock(hour)}-${clock(hour + 1)}`;
}

/** The configuration file of the demo, as a seller would write it: shops, courier accounts, their prices, a policy. */
export function configurationYaml(plan: DemoPlan, twins: Twins, productUrl: string, now = new Date()): string {
  const stops = { auto: true, partialRefund: 'skip', afterRefundPaid: 'intercept' };
  return stringify({
    shops: plan.shops.flatMap((shop) => {
      const started = twins.platforms[shop.platform];
      if (!started) return [];
      const { baseUrl } = started.twin;
      return [
        {
          ...shop,
          crossBorder: false,
          status: 'active',
          agreementSignedAt: '2024-11-18T00:00:00+08:00',
          baseUrl,
          credentials: platformFacts(shop.platform).credentials(started.keys, baseUrl, shop.platformShopId),
          policy: shop.platform === WAITS_FOR_HOURS ? 'by-day' : 'default',
          mode: 'auto',
          refundMode: REFUNDS_AGREED_AT.has(shop.platform) ? 'auto' : 'off',
          autoFrom: '2024-11-18T00:00:00+08:00',
          carrierAliases: aliasesOf(shop.platform),
          returnAddress: RETURN_ADDRESS,
        },
      ];
    }),
    carrierAccounts: plan.couriers.flatMap((carrier) => {
      const started = twins.couriers[carrier];
      if (!started) return [];
      const { accountId, credentials } = courierFacts(carrier);
      const fronted = carriersOf(carrier).filter((slug) => slug !== carrier);
      return [
        {
          id: accountId,
          carrier,
          shops: '*',
          baseUrl: started.twin.baseUrl,
          credentials: credentials(started.keys, callbackUrl(carrier, twins, productUrl)),
          rateLimit: plan.orderLimit,
          readRateLimit: plan.readLimit,
          concurrency: 20,
          ...(fronted.length > 0 ? { serves: fronted } : {}),
        },
      ];
    }),
    tariffs: plan.couriers.flatMap((courier) =>
      carriersOf(courier).map((carrier) => ({ carrier, feeFen: courierFacts(courier).feeFen, from: FROM })),
    ),
    policies: [
      { id: 'default', ...stops, agreeRefund: { at: 'returned' } },
      { id: 'by-day', ...stops, agreeRefund: { at: 'returned', hours: closedHours(now) } },
    ],
  });
}
