import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import type { JtexpressCredentials } from './credentials.js';
import { signJtexpress, signJtexpressCustomer } from './sign.js';

const ROOT = '/webopenplatformapi/api';
const PATHS = { create: `${ROOT}/waybill/intercept`, track: `${ROOT}/logistics/trace` } as const;

/** 拦截退回: back to the sender. (5 changes the address; 1 to 3 are not explained.) */
const RETURN_TO_SENDER = 4;

/** Serialises once and signs exactly that text, which travels url-encoded in a form. `timestamp` is not signed. */
function post(
  path: string,
  effect: CarrierRequest['effect'],
  content: Readonly<Record<string, string | number>>,
  keys: JtexpressCredentials,
  nowMs: number,
): CarrierRequest {
  const bizContent = JSON.stringify(content);
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
    apiAccount: keys.apiAccount,
    digest: signJtexpress(bizContent, keys.privateKey),
    timestamp: String(nowMs),
  };
  const query = keys.uuid === undefined ? '' : `?uuid=${keys.uuid}`;
  return {
    method: 'POST',
    path: path + query,
    headers,
    body: new URLSearchParams({ bizContent }).toString(),
    effect,
  };
}

/** "Turn it around." No request id of ours, and nothing to take it back with. */
export function createRequest(command: InterceptCommand, keys: JtexpressCredentials, nowMs: number): CarrierRequest {
  const { customer, reason, privateKey } = keys;
  const business = customer && {
    customerCode: customer.code,
    digest: signJtexpressCustomer(customer, privateKey),
  };
  const content = {
    mailNo: command.waybillNo,
    applyTypeCode: RETURN_TO_SENDER,
    ...business,
    ...(reason !== undefined && { reason }),
  };
  return post(PATHS.create, 'write', content, keys, nowMs);
}

/** "Where is it?" One waybill a call; a list with commas is possible and not used. */
export function trackRequest(command: InterceptCommand, keys: JtexpressCredentials, nowMs: number): CarrierRequest {
  return post(PATHS.track, 'read', { billCodes: command.waybillNo }, keys, nowMs);
}
