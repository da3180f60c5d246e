import { stringify } from 'yaml';
import type { DemoPlan } from './plan.js';
import type { Twins } from './twins.js';

/** Our id of the courier account; the courier pushes to /callbacks/zto/<this>. */
export const ACCOUNT_ID = 'zto-main';
/** What one stopped parcel costs at ZTO, fen (R31). */
export const FEE_FEN = 300;

/** The configuration file of the demo, as a seller would write it: shops, one courier account, its price, a policy. */
export function configurationYaml(plan: DemoPlan, twins: Twins): string {
  const { douyin, zto } = twins.keys;
  return stringify({
    shops: plan.shops.map((shop) => ({
      ...shop,
      platform: 'douyin',
      crossBorder: false,
      status: 'active',
      agreementSignedAt: '2024-11-18T00:00:00+08:00',
      baseUrl: twins.douyin.baseUrl,
      credentials: douyin,
      policy: 'default',
      mode: 'auto',
      autoFrom: '2024-11-18T00:00:00+08:00',
    })),
    carrierAccounts: [
      {
        id: ACCOUNT_ID,
        carrier: 'zto',
        shops: '*',
        baseUrl: twins.zto.baseUrl,
        // The twin's answer to a status query of a waybill without an intercept (its README).
        credentials: { appKey: zto.appKey, appSecret: zto.appSecret, noInterceptCodes: ['E23102'] },
        rateLimit: plan.orderLimit,
        readRateLimit: plan.readLimit,
        concurrency: 20,
      },
    ],
    tariffs: [{ carrier: 'zto', feeFen: FEE_FEN, from: '2024-11-18' }],
    policies: [{ id: 'default', auto: true, partialRefund: 'skip', afterRefundPaid: 'intercept' }],
  });
}
