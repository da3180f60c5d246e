import { createHash } from 'node:crypto';
import { STO_VALUES } from '../../../sandbox/couriers/sto/options.js';
import { StoTwin } from '../../../sandbox/couriers/sto/sto.js';
import { type HttpAnswer, http, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const STO_KEYS = { fromAppkey: 'sto-app', fromCode: 'sto-code', secretKey: 'sto-secret-demo' } as const;

export const STO_CREATE = 'INTERCEPT_CREATE_STANDARD';
export const STO_CANCEL = 'INTERCEPT_DEL_STANDARD';
export const STO_TRACK = 'STO_TRACE_QUERY_COMMON';
export const STO_SUBSCRIBE = 'STO_TRACE_PLATFORM_SUBSCRIBE';

/** Whom each service is addressed to. */
const ADDRESSED = {
  [STO_CREATE]: 'reverse-center',
  [STO_CANCEL]: 'reverse-center',
  [STO_TRACK]: 'sto_trace_query',
  [STO_SUBSCRIBE]: 'sto_trace_platform',
} as const;
export type StoService = keyof typeof ADDRESSED;

export async function startSto(options: StartOptions = {}): Promise<TwinUnderTest> {
  const keys = {
    'app-key': STO_KEYS.fromAppkey,
    'from-code': STO_KEYS.fromCode,
    'app-secret': STO_KEYS.secretKey,
  };
  const values = STO_VALUES.parse({ ...keys, ...options.own });
  return start((context) => new StoTwin(context, values), options);
}

/** The seven fields of a call. */
export function stoForm(service: StoService, content: unknown): Record<string, string> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return {
    content: text,
    data_digest: createHash('md5').update(`${text}${STO_KEYS.secretKey}`).digest('base64'),
    api_name: service,
    from_appkey: STO_KEYS.fromAppkey,
    from_code: STO_KEYS.fromCode,
    to_appkey: ADDRESSED[service],
    to_code: ADDRESSED[service],
  };
}

/** Any body at STO's one address. */
export function postSto(
  baseUrl: string,
  body: string,
  type = 'application/x-www-form-urlencoded',
): Promise<HttpAnswer> {
  return http('POST', `${baseUrl}/gateway/link.do`, { 'content-type': type }, body);
}

/** A call of STO; `change` replaces fields of the form. */
export function callSto(
  baseUrl: string,
  service: StoService,
  content: unknown,
  change: Record<string, string> = {},
): Promise<HttpAnswer> {
  return postSto(baseUrl, new URLSearchParams({ ...stoForm(service, content), ...change }).toString());
}

export function stoCreate(baseUrl: string, waybillNo: string): Promise<HttpAnswer> {
  return callSto(baseUrl, STO_CREATE, { waybillNo, interceptForAct: 'DEFAULT' });
}
