import { createHash } from 'node:crypto';
import { JtexpressTwin } from '../../../sandbox/couriers/jtexpress/jtexpress.js';
import { JTEXPRESS_VALUES } from '../../../sandbox/couriers/jtexpress/options.js';
import { type HttpAnswer, http, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const JTEXPRESS_KEYS = { apiAccount: 'jt-account-demo', privateKey: 'jt-private-key-demo' } as const;

/** Names of endpoints, as they are in faults and in the ledger. */
export const JTEXPRESS_API = {
  create: 'webopenplatformapi/api/waybill/intercept',
  trace: 'webopenplatformapi/api/logistics/trace',
  subscribe: 'webopenplatformapi/api/trace/subscribe',
} as const;

export async function startJtexpress(options: StartOptions = {}): Promise<TwinUnderTest> {
  const keys = { 'api-account': JTEXPRESS_KEYS.apiAccount, 'private-key': JTEXPRESS_KEYS.privateKey };
  const values = JTEXPRESS_VALUES.parse({ ...keys, ...options.own });
  return start((context) => new JtexpressTwin(context, values), options);
}

export interface CallChange {
  readonly headers?: Readonly<Record<string, string>>;
  /** Behind the path. */
  readonly query?: string;
  /** Instead of the form. */
  readonly body?: string;
}

/** A call of J&T, signed; `change` replaces parts of it. A text is sent as it is, anything else as JSON. */
export function callJtexpress(
  baseUrl: string,
  endpoint: string,
  content: unknown,
  change: CallChange = {},
): Promise<HttpAnswer> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const digest = createHash('md5').update(`${text}${JTEXPRESS_KEYS.privateKey}`).digest('base64');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    apiAccount: JTEXPRESS_KEYS.apiAccount,
    digest,
    timestamp: '1735689600000',
    ...change.headers,
  };
  const body = change.body ?? `bizContent=${encodeURIComponent(text)}`;
  return http('POST', `${baseUrl}/${endpoint}${change.query ?? ''}`, headers, body);
}
