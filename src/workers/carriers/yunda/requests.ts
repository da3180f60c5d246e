import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import { formatChinaTime } from '../../../domain/china-time.js';
import type { YundaCredentials } from './credentials.js';
import { signYunda } from './sign.js';

/** "logictis" is the real spelling. */
const TRACK_PATH = '/openapi/outer/logictis/query';

/** Serialises once and signs exactly those bytes. `req-time` is sent by most clients and signed by none. */
function post(
  path: string,
  effect: CarrierRequest['effect'],
  content: Readonly<Record<string, string>>,
  keys: YundaCredentials,
  nowMs: number,
): CarrierRequest {
  const body = JSON.stringify(content);
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'app-key': keys.appKey,
    sign: signYunda(body, keys.appSecret),
    'req-time': String(nowMs),
  };
  return { method: 'POST', path, headers, body, effect };
}

/** "Turn it around", as the one public sample writes it (改地址-指令下发). No request id, nothing to cancel it with. */
export function createRequest(command: InterceptCommand, keys: YundaCredentials, nowMs: number): CarrierRequest {
  const content = {
    shipId: command.waybillNo,
    startSiteCode: keys.startSiteCode,
    inteType: keys.inteType ?? '',
    changeAddress: keys.returnTo?.address ?? '',
    changeName: keys.returnTo?.name ?? '',
    changeTel: keys.returnTo?.phone ?? '',
    interceptSponsorName: keys.sponsorName,
    interceptCreateTime: formatChinaTime(new Date(nowMs)),
    remark: keys.remark,
  };
  return post(keys.interceptPath, 'write', content, keys, nowMs);
}

/** "Where is it?" */
export function trackRequest(command: InterceptCommand, keys: YundaCredentials, nowMs: number): CarrierRequest {
  return post(TRACK_PATH, 'read', { mailno: command.waybillNo }, keys, nowMs);
}
