import { createHash } from 'node:crypto';
import { XIAOHONGSHU_VALUES } from '../../../sandbox/platforms/xiaohongshu/options.js';
import { XiaohongshuTwin } from '../../../sandbox/platforms/xiaohongshu/xiaohongshu.js';
import type { RefundInput } from '../../../sandbox/refunds/refund.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const XIAOHONGSHU_KEYS = {
  appKey: '21d6748be8de0',
  appSecret: '429aa3aee9ef9e4a858210',
  accessToken: 'xiaohongshu-token',
  shopId: '5f1b2c3d4e5f6a7b8c9d0e1f',
} as const;

export async function startXiaohongshu(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { appKey, appSecret, accessToken, shopId } = XIAOHONGSHU_KEYS;
  const keys = { 'app-key': appKey, 'app-secret': appSecret, 'access-token': accessToken, 'shop-id': shopId };
  const values = XIAOHONGSHU_VALUES.parse({ ...keys, ...options.own });
  return start((context) => new XiaohongshuTwin(context, values), options);
}

/** A refund-only of a shipped order, over the control API. */
export function xiaohongshuRefund(refundId: string, more: Partial<RefundInput> = {}): Json {
  return {
    shopId: XIAOHONGSHU_KEYS.shopId,
    refundId,
    orderId: `P${refundId.slice(1)}`,
    refundFen: 8905,
    paidFen: 8905,
    parcels: [{ companyCode: 'zto', companyName: '中通', waybillNo: `7310${refundId.slice(-10)}` }],
    ...more,
  };
}

/** A call as the platform documents it; `change` replaces fields of the body behind the signature's back. */
export function callXiaohongshu(
  baseUrl: string,
  method: string,
  parameters: Json,
  change: Json = {},
): Promise<HttpAnswer> {
  const { appKey, appSecret, accessToken } = XIAOHONGSHU_KEYS;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const text = `${method}?appId=${appKey}&timestamp=${timestamp}&version=2.0${appSecret}`;
  const sign = createHash('md5').update(text).digest('hex');
  const system = { sign, appId: appKey, accessToken, timestamp, version: '2.0', method };
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ ...parameters, ...system, ...change });
  return http('POST', `${baseUrl}/ark/open_api/v3/common_controller`, headers, body);
}
