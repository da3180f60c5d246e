import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import type { YtoCredentials } from './credentials.js';
import { signYto } from './sign.js';

/** YTO's names of its interfaces; each has an address of its own. */
const YTO_METHODS = {
  create: 'wanted_report_adapter',
  cancel: 'wanted_cancel_adapter',
  track: 'track_query_adapter',
} as const;
type Method = (typeof YTO_METHODS)[keyof typeof YTO_METHODS];

const VERSION = 'v1';

/** Where an interface is, and what its signature names: the method and the version stand in the address. */
function addressOf(method: Method, keys: YtoCredentials): { path: string; method: string; version: string } {
  const issued = keys.urls[method]?.replace(/^https?:\/\/[^/]+/, '');
  if (issued === undefined) {
    return { path: `/open/${method}/${VERSION}/${keys.appKey}/${keys.customerCode}`, method, version: VERSION };
  }
  const [, name = method, version = VERSION] = /^\/open\/([^/]+)\/([^/]+)\//.exec(issued) ?? [];
  return { path: issued, method: name, version };
}

/** Serialises once and signs exactly that text, which travels as a text inside the envelope. */
function post(
  method: Method,
  effect: CarrierRequest['effect'],
  content: Readonly<Record<string, string>>,
  keys: YtoCredentials,
  nowMs: number,
): CarrierRequest {
  const param = JSON.stringify(content);
  const address = addressOf(method, keys);
  const sign = signYto(param, address.method, address.version, keys.secrets[method] ?? keys.appSecret);
  const body = JSON.stringify({ timestamp: String(nowMs), param, sign, format: 'JSON' });
  const headers = { 'Content-Type': 'application/json; charset=utf-8' };
  return { method: 'POST', path: address.path, headers, body, effect };
}

/** "Turn it around." There is no request id: the waybill is the only key YTO knows. */
export function createRequest(command: InterceptCommand, keys: YtoCredentials, nowMs: number): CarrierRequest {
  const content = { waybillNo: command.waybillNo, wantedDesc: keys.wantedDesc };
  return post(YTO_METHODS.create, 'write', content, keys, nowMs);
}

/** "Let it travel on." */
export function cancelRequest(command: InterceptCommand, keys: YtoCredentials, nowMs: number): CarrierRequest {
  const content = { waybillNo: command.waybillNo, dealRemark: keys.dealRemark };
  return post(YTO_METHODS.cancel, 'write', content, keys, nowMs);
}

/** "Where is it?" One waybill a call. */
export function trackRequest(command: InterceptCommand, keys: YtoCredentials, nowMs: number): CarrierRequest {
  return post(YTO_METHODS.track, 'read', { NUMBER: command.waybillNo }, keys, nowMs);
}
