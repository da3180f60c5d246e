import { createHash, createHmac } from 'node:crypto';
import { JdTwin } from '../../../sandbox/couriers/jd/jd.js';
import { JD_VALUES } from '../../../sandbox/couriers/jd/options.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const JD_KEYS = {
  appKey: 'jd-app-key-demo',
  appSecret: 'jd-secret-demo',
  accessToken: 'jd-token-demo',
  customerCode: '010K000001',
} as const;

/** The same on the command line. */
export const JD_ARGS = {
  'app-key': JD_KEYS.appKey,
  'app-secret': JD_KEYS.appSecret,
  'access-token': JD_KEYS.accessToken,
  'customer-code': JD_KEYS.customerCode,
} as const;

export const LOP_CREATE = 'ecap/v1/orders/cancel';
export const LOP_STATUS = 'ecap/v1/orders/status/get';
export const LOP_TRACE = 'ecap/v1/orders/trace/query';
export const JOS_CREATE = 'jingdong.ldop.receive.order.intercept';
export const JOS_TRACE = 'jingdong.ldop.receive.trace.get';

const AT = '2026-01-02 03:04:05';

export async function startJd(options: StartOptions = {}): Promise<TwinUnderTest> {
  const values = JD_VALUES.parse({ ...JD_ARGS, ...options.own });
  return start((context) => new JdTwin(context, values), options);
}

export const startJos = (options: StartOptions = {}): Promise<TwinUnderTest> =>
  startJd({ ...options, own: { gateway: 'jos', ...options.own } });

/** The fields of a LOP call about one waybill. */
export function whose(waybillCode: string, change: Json = {}): Json {
  return { waybillCode, orderOrigin: 1, customerCode: JD_KEYS.customerCode, ...change };
}

export function cancelFields(waybillCode: string, change: Json = {}): Json {
  return { ...whose(waybillCode), cancelReason: '买家申请退款', cancelReasonCode: '1', cancelType: 1, ...change };
}

/** A call of LOP; `query` and `headers` replace what would be sent, `body` is sent as it is if it is a text. */
export function callLop(
  baseUrl: string,
  path: string,
  body: unknown,
  query: Record<string, string> = {},
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  const raw = typeof body === 'string' ? body : JSON.stringify([body]);
  const { appKey, appSecret, accessToken } = JD_KEYS;
  const inner = `access_token${accessToken}app_key${appKey}method/${path}param_json${raw}timestamp${AT}v2.0`;
  const text = `${appSecret}${inner}${appSecret}`;
  const hmac = /^HMac(.+)$/.exec(query.algorithm ?? '')?.[1];
  const sign = hmac
    ? createHmac(hmac.toLowerCase(), appSecret).update(text).digest('base64')
    : createHash('md5').update(text).digest('hex');
  const system = { 'LOP-DN': 'ECAP', app_key: appKey, access_token: accessToken, timestamp: AT, v: '2.0', sign };
  const all = new URLSearchParams({ ...system, algorithm: 'md5-salt', ...query });
  const sent = { 'content-type': 'application/json;charset=utf-8', ...headers };
  return http('POST', `${baseUrl}/${path}?${all}`, sent, raw);
}

/** A call of JOS; `change` replaces parameters, an undefined one is left out. */
export function callJos(
  baseUrl: string,
  method: string,
  content: unknown,
  change: Record<string, string | undefined> = {},
): Promise<HttpAnswer> {
  const params: Record<string, string> = {
    '360buy_param_json': typeof content === 'string' ? content : JSON.stringify(content),
    access_token: JD_KEYS.accessToken,
    app_key: JD_KEYS.appKey,
    method,
    timestamp: AT,
    v: '2.0',
  };
  // The names above are in the order in which they are signed.
  const text = Object.entries(params).map(([name, value]) => name + value);
  const sign = createHash('md5')
    .update(`${JD_KEYS.appSecret}${text.join('')}${JD_KEYS.appSecret}`)
    .digest('hex');
  const all = Object.entries({ ...params, sign: sign.toUpperCase(), ...change });
  const form = new URLSearchParams();
  for (const [name, value] of all) if (value !== undefined) form.set(name, value);
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
  return http('POST', `${baseUrl}/routerjson`, headers, form.toString());
}

export function interceptFields(deliveryId: string, change: Json = {}): Json {
  return { deliveryId, interceptReason: '买家申请退款', vendorCode: JD_KEYS.customerCode, ...change };
}
