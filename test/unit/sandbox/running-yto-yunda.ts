import { createHash } from 'node:crypto';
import { YTO_VALUES } from '../../../sandbox/couriers/yto/options.js';
import { YtoTwin } from '../../../sandbox/couriers/yto/yto.js';
import { YUNDA_VALUES } from '../../../sandbox/couriers/yunda/options.js';
import { YundaTwin } from '../../../sandbox/couriers/yunda/yunda.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const YTO_KEYS = { appKey: 'HtpG1F', customerCode: 'K9991024989', appSecret: 'yto-secret-demo' } as const;
export const YUNDA_KEYS = { appKey: 'yunda-app', appSecret: 'yunda-secret-demo' } as const;

export const YTO_REPORT = ytoEndpoint('wanted_report_adapter');
export const YUNDA_CREATE = 'openapi/outer/tmm/outerapi/intercept/invokeExpressChangeAddr';

export async function startYto(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { appKey, customerCode, appSecret } = YTO_KEYS;
  const keys = { 'app-key': appKey, 'customer-code': customerCode, 'app-secret': appSecret };
  const values = YTO_VALUES.parse({ ...keys, ...options.own });
  return start((context) => new YtoTwin(context, values), options);
}

export async function startYunda(options: StartOptions = {}): Promise<TwinUnderTest> {
  const keys = { 'app-key': YUNDA_KEYS.appKey, 'app-secret': YUNDA_KEYS.appSecret };
  const values = YUNDA_VALUES.parse({ ...keys, ...options.own });
  return start((context) => new YundaTwin(context, values), options);
}

/** The name of an endpoint in faults and in the ledger: its path without the first slash. */
export function ytoEndpoint(method: string): string {
  return `open/${method}/v1/${YTO_KEYS.appKey}/${YTO_KEYS.customerCode}`;
}

/** The envelope of a call as YTO documents it. */
export function ytoEnvelope(method: string, param: unknown, secret: string = YTO_KEYS.appSecret): Json {
  const text = typeof param === 'string' ? param : JSON.stringify(param);
  const sign = createHash('md5').update(`${text}${method}v1${secret}`).digest('base64');
  return { timestamp: '1735689600000', param: text, sign, format: 'JSON' };
}

/** A call of YTO; `change` replaces fields of the envelope. */
export function callYto(baseUrl: string, method: string, param: unknown, change: Json = {}): Promise<HttpAnswer> {
  const body = JSON.stringify({ ...ytoEnvelope(method, param), ...change });
  return http('POST', `${baseUrl}/${ytoEndpoint(method)}`, { 'content-type': 'application/json' }, body);
}

/** A call of Yunda; `headers` replace what would be sent. */
export function callYunda(
  baseUrl: string,
  path: string,
  fields: unknown,
  headers: Record<string, string> = {},
): Promise<HttpAnswer> {
  const body = JSON.stringify(fields);
  const sign = createHash('md5').update(`${body}_${YUNDA_KEYS.appSecret}`).digest('hex');
  const signed = {
    'content-type': 'application/json',
    'app-key': YUNDA_KEYS.appKey,
    sign,
    'req-time': '1735689600000',
  };
  return http('POST', `${baseUrl}/${path}`, { ...signed, ...headers }, body);
}

export function yundaFields(shipId: string, change: Json = {}): Json {
  return {
    shipId,
    startSiteCode: '518000',
    inteType: '1',
    changeAddress: '',
    changeName: '',
    changeTel: '',
    interceptSponsorName: '商家',
    interceptCreateTime: '2025-01-01 10:00:00',
    remark: '退款拦截',
    ...change,
  };
}
