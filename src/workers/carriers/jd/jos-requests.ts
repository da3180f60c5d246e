import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import { formatChinaTime } from '../../../domain/china-time.js';
import type { JdCredentials } from './credentials.js';
import { signJos } from './sign.js';

/** All of JOS is one address; the method is a parameter. */
const PATH = '/routerjson';

const JOS_METHODS = {
  create: 'jingdong.ldop.receive.order.intercept',
  track: 'jingdong.ldop.receive.trace.get',
} as const;

/** Serialises the business part once and signs exactly that text among the other parameters; all travel as a form. */
function post(
  method: string,
  effect: CarrierRequest['effect'],
  content: Readonly<Record<string, string>>,
  keys: JdCredentials,
  nowMs: number,
): CarrierRequest {
  const params = {
    method,
    access_token: keys.accessToken,
    app_key: keys.appKey,
    timestamp: formatChinaTime(new Date(nowMs)),
    v: '2.0',
    '360buy_param_json': JSON.stringify(content),
  };
  const body = new URLSearchParams({ ...params, sign: signJos(params, keys.appSecret) }).toString();
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' };
  return { method: 'POST', path: PATH, headers, body, effect };
}

/** "Turn it around", or before the pick-up "cancel it". There is no request id. */
export function josCreateRequest(command: InterceptCommand, keys: JdCredentials, nowMs: number): CarrierRequest {
  const content = {
    deliveryId: command.waybillNo,
    interceptReason: keys.cancelReason,
    vendorCode: keys.customerCode,
  };
  return post(JOS_METHODS.create, 'write', content, keys, nowMs);
}

/** "Where is it?" */
export function josTrackRequest(command: InterceptCommand, keys: JdCredentials, nowMs: number): CarrierRequest {
  const content = { customerCode: keys.customerCode, waybillCode: command.waybillNo };
  return post(JOS_METHODS.track, 'read', content, keys, nowMs);
}
