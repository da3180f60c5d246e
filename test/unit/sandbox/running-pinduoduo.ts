import { createHash } from 'node:crypto';
import { PINDUODUO_VALUES } from '../../../sandbox/platforms/pinduoduo/options.js';
import { PinduoduoTwin } from '../../../sandbox/platforms/pinduoduo/pinduoduo.js';
import type { RefundInput } from '../../../sandbox/refunds/refund.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const PINDUODUO_KEYS = {
  appKey: 'dc0000000000000000000000000000aa',
  appSecret: 'de00000000000000000000000000000000000000',
  accessToken: 'pinduoduo-token-1',
  mallId: '171504183',
} as const;

export const OTHER_MALL = { accessToken: 'pinduoduo-token-2', mallId: '171504184' } as const;

export async function startPinduoduo(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { appKey, appSecret, accessToken, mallId } = PINDUODUO_KEYS;
  const values = PINDUODUO_VALUES.parse({
    'app-key': appKey,
    'app-secret': appSecret,
    mall: [`${mallId}=${accessToken}`, `${OTHER_MALL.mallId}=${OTHER_MALL.accessToken}`],
    ...options.own,
  });
  return start((context) => new PinduoduoTwin(context, values), options);
}

/** A refund-only of a shipped order, over the control API. */
export function pinduoduoRefund(refundId: string, more: Partial<RefundInput> = {}): Json {
  return {
    shopId: PINDUODUO_KEYS.mallId,
    refundId,
    orderId: `210707-${refundId.slice(-15)}`,
    refundFen: 8900,
    paidFen: 8900,
    parcels: [{ companyCode: '85', companyName: '圆通', waybillNo: `YT${refundId.slice(-13)}` }],
    ...more,
  };
}

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** The address a client would connect to. */
export function pmcAddress(
  baseUrl: string,
  { clientId = PINDUODUO_KEYS.appKey as string, secret = PINDUODUO_KEYS.appSecret as string, at = Date.now() } = {},
): string {
  const sign = Buffer.from(md5(`${clientId}${at}${secret}`)).toString('base64');
  return `${baseUrl.replace('http', 'ws')}/message/${clientId}/${at}/${sign}`;
}

/** A call as the platform documents it; `change` replaces parameters before signing, `after` behind the signature's back. */
export function callPinduoduo(
  baseUrl: string,
  type: string,
  fields: Record<string, string>,
  change: Record<string, string> = {},
  after: Record<string, string> = {},
): Promise<HttpAnswer> {
  const { appKey, appSecret, accessToken } = PINDUODUO_KEYS;
  const all: Record<string, string> = {
    ...fields,
    type,
    client_id: appKey,
    access_token: accessToken,
    timestamp: String(Math.floor(Date.now() / 1000)),
    data_type: 'JSON',
    version: 'V1',
    ...change,
  };
  const text = Object.keys(all)
    .sort()
    .map((name) => `${name}${all[name]}`)
    .join('');
  const form = new URLSearchParams({ ...all, sign: md5(`${appSecret}${text}${appSecret}`).toUpperCase(), ...after });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return http('POST', `${baseUrl}/api/router`, headers, form.toString());
}
