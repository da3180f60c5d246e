import { stringify } from 'yaml';
import { COURIER_SLUGS, type Courier } from '../../sandbox/scenario-couriers.js';
import { DEMO_COURIERS } from './couriers.js';
import type { DemoPlan } from './plan.js';
import { type Twins, YTO_CUSTOMER, YUNDA_INTE_TYPE } from './twins.js';

const FROM = '2024-11-18';

/** What each courier account needs beside the two keys that all have. */
const CREDENTIALS = {
  // The twin's answer to a status query of a waybill without an intercept (its README).
  zto: { noInterceptCodes: ['E23102'] },
  yto: { customerCode: YTO_CUSTOMER },
  yunda: { enableIntercept: true, inteType: YUNDA_INTE_TYPE, tracksSubscribed: true },
} as const satisfies Record<Courier, object>;

/** The configuration file of the demo, as a seller would write it: shops, courier accounts, their prices, a policy. */
export function configurationYaml(plan: DemoPlan, twins: Twins): string {
  return stringify({
    shops: plan.shops.map((shop) => ({
      ...shop,
      platform: 'douyin',
      crossBorder: false,
      status: 'active',
      agreementSignedAt: '2024-11-18T00:00:00+08:00',
      baseUrl: twins.douyin.baseUrl,
      credentials: twins.keys.douyin,
      policy: 'default',
      mode: 'auto',
      autoFrom: '2024-11-18T00:00:00+08:00',
    })),
    carrierAccounts: COURIER_SLUGS.map((carrier) => {
      const { appKey, appSecret } = twins.keys[carrier];
      return {
        id: DEMO_COURIERS[carrier].accountId,
        carrier,
        shops: '*',
        baseUrl: twins.couriers[carrier].baseUrl,
        credentials: { appKey, appSecret, ...CREDENTIALS[carrier] },
        rateLimit: plan.orderLimit,
        readRateLimit: plan.readLimit,
        concurrency: 20,
      };
    }),
    tariffs: COURIER_SLUGS.map((carrier) => ({ carrier, feeFen: DEMO_COURIERS[carrier].feeFen, from: FROM })),
    policies: [{ id: 'default', auto: true, partialRefund: 'skip', afterRefundPaid: 'intercept' }],
  });
}
