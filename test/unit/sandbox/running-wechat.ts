import { WECHAT_VALUES } from '../../../sandbox/platforms/wechat/options.js';
import { WechatTwin } from '../../../sandbox/platforms/wechat/wechat.js';
import type { RefundInput } from '../../../sandbox/refunds/refund.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const WECHAT_KEYS = {
  appId: 'wx1234567890abcdef',
  accessToken: 'wechat-access-token',
  token: 'AAAAA',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  shopId: 'wx1234567890abcdef',
} as const;

export async function startWechat(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { appId, accessToken, token, encodingAesKey, shopId } = WECHAT_KEYS;
  const values = WECHAT_VALUES.parse({
    'app-id': appId,
    'access-token': accessToken,
    token,
    'encoding-aes-key': encodingAesKey,
    'shop-id': shopId,
    ...options.own,
  });
  return start((context) => new WechatTwin(context, values), options);
}

/** A refund-only of a shipped order, over the control API. */
export function wechatRefund(refundId: string, more: Partial<RefundInput> = {}): Json {
  return {
    shopId: WECHAT_KEYS.shopId,
    refundId,
    orderId: `37${refundId.slice(2)}`,
    refundFen: 8900,
    paidFen: 8900,
    parcels: [{ companyCode: 'ZTO', companyName: '中通', waybillNo: `7310${refundId.slice(-10)}` }],
    ...more,
  };
}

/** A call as the platform documents it. */
export function callWechat(
  baseUrl: string,
  endpoint: string,
  parameters: unknown,
  accessToken: string = WECHAT_KEYS.accessToken,
): Promise<HttpAnswer> {
  const body = typeof parameters === 'string' ? parameters : JSON.stringify(parameters);
  const query = new URLSearchParams({ access_token: accessToken });
  return http('POST', `${baseUrl}/channels/ec/${endpoint}?${query}`, { 'content-type': 'application/json' }, body);
}
