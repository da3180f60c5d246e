import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { type WireValue, writeWireJson } from '../../frame/wire-json.js';
import { ERRORS, type ErrorName } from './codes.js';
import type { TaobaoOptions, TaobaoSwitches } from './options.js';
import { sameSign, topSign } from './sign.js';

export const PATH = '/router/rest';
const CHINA_TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/;

/** `yyyy-MM-dd HH:mm:ss` in China as unix milliseconds; NaN if it is not that. */
export function chinaMs(text: string): number {
  const parts = CHINA_TIME.exec(text);
  return parts === null ? Number.NaN : Date.parse(`${parts[1]}T${parts[2]}+08:00`);
}

/** The gateway's checks in order; the name of its refusal, or undefined: the call may pass. */
export function gatewayProblem(
  options: TaobaoOptions,
  { values }: TaobaoSwitches,
  call: Call,
  form: URLSearchParams,
): ErrorName | undefined {
  const given = (name: string) => form.get(name) ?? '';
  if (call.method !== 'POST') return 'httpMethod';
  if (given('method') === '') return 'noMethod';
  if (given('app_key') === '') return 'noAppKey';
  if (given('app_key') !== options['app-key']) return 'badAppKey';
  if (given('timestamp') === '') return 'noTimestamp';
  const away = Math.abs(chinaMs(given('timestamp')) - call.at);
  if (Number.isNaN(away) || (values.timestampWindowS > 0 && away > values.timestampWindowS * 1_000)) {
    return 'badTimestamp';
  }
  if (given('v') === '') return 'noVersion';
  if (given('v') !== '2.0') return 'badVersion';
  if (given('format') !== 'json') return 'badFormat';
  if (given('sign') === '') return 'noSign';
  const hasTwice = new Set(form.keys()).size !== [...form.keys()].length;
  if (hasTwice || given('sign_method') !== 'md5') return 'badSign';
  if (!sameSign(given('sign'), topSign(form, options['app-secret']))) return 'badSign';
  if (given('session') === '') return 'noSession';
  return values.sessionExpired || !options.seller.has(given('session')) ? 'badSession' : undefined;
}

const HEADERS = { 'content-type': 'application/json;charset=UTF-8' } as const;

/** `{"error_response": …}`, HTTP 200. */
export function errorAnswer(name: ErrorName, call: Call, line: CallLine): Outcome {
  const { code, msg, subCode }: { code: number; msg: string; subCode?: string } = ERRORS[name];
  const error = { code, msg, sub_code: subCode, request_id: requestId(call) };
  const body = writeWireJson({ error_response: error });
  return { status: 200, headers: HEADERS, body, line: { ...line, code: subCode ?? String(code) } };
}

/** `{"refund_get_response": {…, request_id}}`. */
export function answer(
  method: string,
  content: Readonly<Record<string, WireValue>>,
  call: Call,
  line: CallLine,
): Outcome {
  const root = `${method.slice('taobao.'.length).split('.').join('_')}_response`;
  const body = writeWireJson({ [root]: { ...content, request_id: requestId(call) } });
  return { status: 200, headers: HEADERS, body, line };
}

function requestId(call: Call): string {
  return `twin${call.at.toString(36)}`;
}
