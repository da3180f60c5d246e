import { createHash } from 'node:crypto';
import { Kuaidi100Twin } from '../../../sandbox/couriers/kuaidi100/kuaidi100.js';
import { KUAIDI100_VALUES } from '../../../sandbox/couriers/kuaidi100/options.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const KUAIDI100_KEYS = { key: 'kd100-key', secret: 'kd100-secret-demo' } as const;
export const KUAIDI100_SALT = 'kd100saltdemo00001';
export const INTERCEPT = 'label/order';

export async function startKuaidi100(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { key, secret } = KUAIDI100_KEYS;
  const values = KUAIDI100_VALUES.parse({ 'app-key': key, 'app-secret': secret, ...options.own });
  return start((context) => new Kuaidi100Twin(context, values), options);
}

/** The param of an order that asks for the parcel back. */
export function interceptParam(kuaidinum: string, more: Json = {}): Json {
  return {
    kuaidicom: 'debangwuliu',
    kuaidinum,
    interceptType: 'RETURN_SEND_ADDR',
    reason: '买家申请退款',
    orderid: `order-${kuaidinum}`,
    salt: KUAIDI100_SALT,
    ...more,
  };
}

/** The form fields of a call as Kuaidi100 documents them; `change` replaces some, undefined leaves one out. */
export function kuaidi100Form(
  param: unknown,
  change: Readonly<Record<string, string | undefined>> = {},
): readonly [string, string][] {
  const text = typeof param === 'string' ? param : JSON.stringify(param);
  const { key, secret } = KUAIDI100_KEYS;
  const t = change.t ?? '1700000000000';
  const sign = createHash('md5').update(`${text}${t}${key}${secret}`).digest('hex').toUpperCase();
  const all = { method: 'interceptOrder', key, t, sign, param: text, ...change };
  return Object.entries(all).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, value]],
  );
}

export function callKuaidi100(
  baseUrl: string,
  param: unknown,
  change: Readonly<Record<string, string | undefined>> = {},
): Promise<HttpAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams(kuaidi100Form(param, change)).toString();
  return http('POST', `${baseUrl}/${INTERCEPT}`, headers, body);
}
