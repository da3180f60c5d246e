import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import type { ZtoCredentials } from './credentials.js';
import { signZto } from './sign.js';

/** Names of ZTO's interfaces; each is a path of its own on the gateway. */
const ZTO_APIS = {
  create: 'thirdcenter.createIntercept',
  cancel: 'thirdcenter.cancelIntercept',
  status: 'thirdcenter.queryInterceptAndReturnStatus',
  track: 'zto.merchant.waybill.track.query',
} as const;

/** Serialises once and signs exactly those bytes. `nowMs` is only used where the account sends a timestamp. */
function post(
  api: string,
  effect: CarrierRequest['effect'],
  content: Readonly<Record<string, unknown>>,
  keys: ZtoCredentials,
  nowMs: number,
): CarrierRequest {
  const body = JSON.stringify(content);
  const timestamp = keys.sendTimestamp ? String(nowMs) : undefined;
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    // The SDK writes the first name, the newer documents the second; the value is the same.
    'x-companyid': keys.appKey,
    'x-appKey': keys.appKey,
    'x-dataDigest': signZto(body, keys.digest, keys, timestamp),
    ...(timestamp === undefined ? {} : { 'x-timestamp': timestamp }),
  };
  return { method: 'POST', path: `/${api}`, headers, body, effect };
}

/** "Turn it around." `requestId` is ZTO's idempotency key, `thirdBizNo` our number for cancelling. */
export function createRequest(command: InterceptCommand, keys: ZtoCredentials, nowMs: number): CarrierRequest {
  const content = {
    billCode: command.waybillNo,
    requestId: command.requestId,
    destinationType: keys.destinationType,
    thirdBizNo: command.bizNo,
    customerId: keys.customerId,
    customerName: keys.customerName,
  };
  return post(ZTO_APIS.create, 'write', content, keys, nowMs);
}

/** "Let it travel on", for the order placed under the same `bizNo`. */
export function cancelRequest(command: InterceptCommand, keys: ZtoCredentials, nowMs: number): CarrierRequest {
  const content = { billCode: command.waybillNo, thirdBizNo: command.bizNo };
  return post(ZTO_APIS.cancel, 'write', content, keys, nowMs);
}

/** "What became of it?" ZTO asks by waybill only. */
export function statusRequest(command: InterceptCommand, keys: ZtoCredentials, nowMs: number): CarrierRequest {
  return post(ZTO_APIS.status, 'read', { billCode: command.waybillNo }, keys, nowMs);
}

/** "Where is it?" The phone's last four digits are needed where the label belongs to no account bound to the app. */
export function trackRequest(command: InterceptCommand, keys: ZtoCredentials, nowMs: number): CarrierRequest {
  const content = { billCode: command.waybillNo, mobilePhone: command.phoneTail ?? undefined };
  return post(ZTO_APIS.track, 'read', content, keys, nowMs);
}
