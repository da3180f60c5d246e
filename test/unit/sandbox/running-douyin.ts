import { createHmac } from 'node:crypto';
import { DOUYIN_KEYS, type HttpAnswer, http } from './running-twins.js';

/** One call as Douyin's gateway documents it; `query` replaces what would be sent. */
export function callDouyin(
  baseUrl: string,
  method: string,
  param: string,
  query: Record<string, string> = {},
): Promise<HttpAnswer> {
  const { appKey, appSecret, accessToken } = DOUYIN_KEYS;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const text = `${appSecret}app_key${appKey}method${method}param_json${param}timestamp${timestamp}v2${appSecret}`;
  const sign = createHmac('sha256', appSecret).update(text).digest('hex');
  const given = { app_key: appKey, method, timestamp, sign, v: '2', sign_method: 'hmac-sha256' };
  const all = new URLSearchParams({ ...given, access_token: accessToken, ...query });
  const path = method.replace('.', '/');
  return http('POST', `${baseUrl}/${path}?${all}`, { 'content-type': 'application/json' }, param);
}
