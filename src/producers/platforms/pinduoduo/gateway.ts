import type { CarrierRequest } from '../../../domain/carrier/port.js';
import type { PinduoduoCredentials } from './credentials.js';
import { gatewaySign } from './sign.js';

export type Method =
  | 'pdd.refund.information.get'
  | 'pdd.order.information.get'
  | 'pdd.refund.list.increment.get'
  | 'pdd.refund.agree';

/** One signed call. Everything is text in a form: what is signed is what is sent, and ids keep every digit. */
export function gatewayRequest(
  { appKey, appSecret, accessToken }: PinduoduoCredentials,
  method: Method,
  params: Readonly<Record<string, string>>,
  nowMs: number,
  effect: CarrierRequest['effect'] = 'read',
): CarrierRequest {
  const all = {
    ...params,
    type: method,
    client_id: appKey,
    access_token: accessToken,
    timestamp: String(Math.floor(nowMs / 1000)),
    data_type: 'JSON',
    version: 'V1',
  };
  return {
    method: 'POST',
    path: '/api/router',
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body: new URLSearchParams({ ...all, sign: gatewaySign(all, appSecret) }).toString(),
    effect,
  };
}
