import type { CarrierRequest } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import type { KuaishouCredentials } from './manifest.js';
import { gatewaySign } from './sign.js';

export type Method =
  | 'open.seller.order.refund.detail'
  | 'open.order.detail'
  | 'open.seller.order.refund.pcursor.list'
  | 'open.seller.order.refund.approve';

/** Methods that change something: a form is posted, with the very parameters that a read has in its query. */
const WRITES: ReadonlySet<Method> = new Set(['open.seller.order.refund.approve']);

/** An id as a bare number of the JSON we send, every digit kept. Throws UnreadableEvent on an id that is none. */
export function bareId(id: string, what: string): string {
  if (!/^[1-9]\d{0,19}$/.test(id)) throw new UnreadableEvent(`${what} is not a number of Kuaishou`);
  return id;
}

/**
 * One signed call. `param` is the JSON text that is signed and sent; the query holds the access token, so whoever logs
 * addresses leaves it out.
 */
export function apiRequest(
  { appKey, appSecret, accessToken, signSecret }: KuaishouCredentials,
  method: Method,
  param: string,
  nowMs: number,
): CarrierRequest {
  const parameters = {
    access_token: accessToken,
    appkey: appKey,
    method,
    param,
    signMethod: 'HMAC_SHA256',
    timestamp: String(Math.floor(nowMs)),
    version: '1',
  } as const;
  const query = new URLSearchParams({ ...parameters, sign: gatewaySign(signSecret ?? appSecret, parameters) });
  const path = `/${method.replaceAll('.', '/')}`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return WRITES.has(method)
    ? { method: 'POST', path, headers, body: query.toString(), effect: 'write' }
    : { method: 'GET', path: `${path}?${query.toString()}`, headers, body: '', effect: 'read' };
}
