import type { CarrierRequest } from '../../../domain/carrier/port.js';
import { formatChinaTime } from '../../../domain/china-time.js';
import type { TaobaoCredentials } from './credentials.js';
import { gatewaySign } from './sign.js';

/** One call of the gateway (TOP): a form whose `sign` covers every other field. */
export function gatewayRequest(
  credentials: TaobaoCredentials,
  call: { readonly method: string; readonly params: Readonly<Record<string, string>> },
  effect: CarrierRequest['effect'],
  nowMs: number,
): CarrierRequest {
  const { appKey, appSecret, accessToken, gatewayPath } = credentials;
  const params = {
    ...call.params,
    method: call.method,
    app_key: appKey,
    session: accessToken,
    timestamp: formatChinaTime(new Date(nowMs)),
    format: 'json',
    v: '2.0',
    sign_method: 'md5',
  };
  const body = new URLSearchParams({ ...params, sign: gatewaySign(params, appSecret) });
  return {
    method: 'POST',
    path: gatewayPath,
    headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    body: body.toString(),
    effect,
  };
}

/** The root of a method's answer: `taobao.refund.get` → `refund_get_response`. */
export function answerRoot(method: string): string {
  return `${method.replace(/^taobao\./, '').replaceAll('.', '_')}_response`;
}
