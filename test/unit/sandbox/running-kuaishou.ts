import { createHmac } from 'node:crypto';
import { KuaishouTwin } from '../../../sandbox/platforms/kuaishou/kuaishou.js';
import { KUAISHOU_VALUES } from '../../../sandbox/platforms/kuaishou/options.js';
import type { RefundInput } from '../../../sandbox/refunds/refund.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const KUAISHOU_KEYS = {
  appKey: 'ks669064233797003102',
  signSecret: 'kuaishou-sign-secret',
  accessToken: 'kuaishou-token',
  messageKey: 'ABEiM0RVZneImaq7zN3u/w==',
  shopId: '12342323',
} as const;

export async function startKuaishou(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { appKey, signSecret, accessToken, messageKey, shopId } = KUAISHOU_KEYS;
  const values = KUAISHOU_VALUES.parse({
    'app-key': appKey,
    'sign-secret': signSecret,
    'access-token': accessToken,
    'message-key': messageKey,
    'shop-id': shopId,
    ...options.own,
  });
  return start((context) => new KuaishouTwin(context, values), options);
}

/** A refund-only of a shipped order, over the control API. */
export function kuaishouRefund(refundId: string, more: Partial<RefundInput> = {}): Json {
  return {
    shopId: KUAISHOU_KEYS.shopId,
    refundId,
    orderId: `9${refundId.slice(1)}`,
    refundFen: 8900,
    paidFen: 8900,
    parcels: [{ companyCode: '9', companyName: '中通快递', waybillNo: `7310${refundId.slice(-10)}` }],
    ...more,
  };
}

/** A call as the platform documents it; `change` replaces parameters before signing, `after` behind the signature's back. */
export function callKuaishou(
  baseUrl: string,
  method: string,
  param: string,
  change: Record<string, string> = {},
  after: Record<string, string> = {},
): Promise<HttpAnswer> {
  const { appKey, signSecret, accessToken } = KUAISHOU_KEYS;
  const parameters: Record<string, string> = {
    access_token: accessToken,
    appkey: appKey,
    method,
    param,
    signMethod: 'HMAC_SHA256',
    timestamp: String(Date.now()),
    version: '1',
    ...change,
  };
  const text = Object.keys(parameters)
    .sort()
    .map((name) => `${name}=${parameters[name]}`)
    .join('&');
  const sign = createHmac('sha256', signSecret).update(`${text}&signSecret=${signSecret}`).digest('base64');
  const query = new URLSearchParams({ ...parameters, sign, ...after });
  return http('GET', `${baseUrl}/${method.replaceAll('.', '/')}?${query}`, {});
}
