import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import { isServed } from './companies.js';
import type { Kuaidi100Credentials, ReachableAccount } from './credentials.js';
import { signKuaidi100 } from './sign.js';

/** The name of the interface is shown both in the address and among the form fields: it is sent in both places. */
const METHOD = 'interceptOrder';
const PATH = `/label/order?method=${METHOD}`;

/** What Kuaidi100 asks for beyond the waybill depends on the courier; members that are not set are left out. */
function partnerOf(slug: string, keys: Kuaidi100Credentials): object {
  return (isServed(slug) ? keys.partners[slug] : undefined) ?? {};
}

/** "Turn it around." Serialises `param` once and signs exactly that text; `nowMs` is the `t` of the signature. */
export function createRequest(
  command: InterceptCommand,
  company: string,
  keys: ReachableAccount,
  nowMs: number,
): CarrierRequest {
  const param = JSON.stringify({
    kuaidicom: company,
    kuaidinum: command.waybillNo,
    interceptType: keys.interceptType,
    ...partnerOf(command.carrier, keys),
    reason: keys.reason,
    [keys.orderIdField]: command.bizNo,
    orderRole: keys.orderRole,
    interceptPayType: keys.interceptPayType,
    salt: keys.salt,
    callbackUrl: keys.callbackUrl,
  });
  const t = String(nowMs);
  const sign = signKuaidi100(param, t, keys.key, keys.secret);
  return {
    method: 'POST',
    path: PATH,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ method: METHOD, key: keys.key, t, sign, param }).toString(),
    effect: 'write',
  };
}
