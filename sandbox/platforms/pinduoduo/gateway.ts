import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { type WireValue, writeWireJson } from '../../frame/wire-json.js';
import { ERRORS, type ErrorName } from './codes.js';
import type { PinduoduoOptions, PinduoduoSwitches } from './options.js';
import { callSign, sameSign } from './sign.js';

export const ENDPOINT = 'api/router';

/** The gateway's checks in order; the name of its refusal, or undefined: the call may pass. */
export function gatewayProblem(
  options: PinduoduoOptions,
  { values }: PinduoduoSwitches,
  call: Call,
  form: URLSearchParams,
): ErrorName | undefined {
  const given = (name: string) => form.get(name) ?? '';
  const isForm = (call.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  if (call.method !== 'POST' || !isForm) return 'badPublicParam';
  if (given('client_id') !== options['app-key']) return 'badClient';
  const away = Math.abs(Number(given('timestamp')) * 1_000 - call.at);
  if (!/^\d{10}$/.test(given('timestamp'))) return 'badPublicParam';
  if (values.timestampWindowS > 0 && away > values.timestampWindowS * 1_000) return 'badPublicParam';
  if (given('data_type') !== 'JSON' || given('version') !== 'V1') return 'badPublicParam';
  const hasTwice = new Set(form.keys()).size !== [...form.keys()].length;
  if (hasTwice || !sameSign(given('sign'), callSign(form, options['app-secret']))) return 'badSign';
  if (values.tokenExpired) return 'expired';
  return options.mall.has(given('access_token')) ? undefined : 'badToken';
}

const HEADERS = { 'content-type': 'application/json;charset=UTF-8' } as const;

/** `{"error_response": …}`, HTTP 200. */
export function errorAnswer(name: ErrorName, call: Call, line: Omit<CallLine, 'verdict'>): Outcome {
  const { code, msg, verdict } = ERRORS[name];
  const error = { error_msg: msg, sub_msg: msg, sub_code: code, error_code: code, request_id: String(call.at) };
  const body = writeWireJson({ error_response: error });
  return { status: 200, headers: HEADERS, body, line: { ...line, verdict, code: String(code) } };
}

export function answer(content: WireValue, line: Omit<CallLine, 'verdict'>): Outcome {
  return { status: 200, headers: HEADERS, body: writeWireJson(content), line: { ...line, verdict: 'answered' } };
}
