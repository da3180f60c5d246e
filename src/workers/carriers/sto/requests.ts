import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import type { StoCredentials } from './credentials.js';
import { signSto } from './sign.js';

/** The one address of all services; `api_name` says which is meant. */
const PATH = '/gateway/link.do';

/** STO's services, and who answers for each (`to_appkey` and `to_code`, the same text). */
const SERVICES = {
  create: { apiName: 'INTERCEPT_CREATE_STANDARD', to: 'reverse-center', effect: 'write' },
  cancel: { apiName: 'INTERCEPT_DEL_STANDARD', to: 'reverse-center', effect: 'write' },
  track: { apiName: 'STO_TRACE_QUERY_COMMON', to: 'sto_trace_query', effect: 'read' },
} as const satisfies Record<string, { apiName: string; to: string; effect: CarrierRequest['effect'] }>;

/** Serialises once and signs exactly that text, which travels as a field of the form. */
function post(
  { apiName, to, effect }: (typeof SERVICES)[keyof typeof SERVICES],
  message: Readonly<Record<string, string | readonly string[]>>,
  keys: StoCredentials,
): CarrierRequest {
  const content = JSON.stringify(message);
  const form = {
    content,
    data_digest: signSto(content, keys.secretKey),
    api_name: apiName,
    from_appkey: keys.fromAppkey,
    from_code: keys.fromCode,
    to_appkey: to,
    to_code: to,
  };
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };
  return { method: 'POST', path: PATH, headers, body: new URLSearchParams(form).toString(), effect };
}

/**
 * "Turn it around." There is no request id: the waybill is the only key. No address goes with it, for the same service
 * with a receiver is another order (拦截改址).
 */
export function createRequest(command: InterceptCommand, keys: StoCredentials): CarrierRequest {
  const content = { waybillNo: command.waybillNo, interceptForAct: keys.interceptForAct };
  return post(SERVICES.create, content, keys);
}

/** "Let it travel on." */
export function cancelRequest(command: InterceptCommand, keys: StoCredentials): CarrierRequest {
  return post(SERVICES.cancel, { waybillNo: command.waybillNo }, keys);
}

/** "Where is it?" The list may be longer; a call is about one parcel. */
export function trackRequest(command: InterceptCommand, keys: StoCredentials): CarrierRequest {
  return post(SERVICES.track, { order: 'asc', waybillNoList: [command.waybillNo] }, keys);
}
