import { CarrierFault, type FaultKind } from '../../../domain/carrier/fault.js';
import type { CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { type Fields, fieldsAt, parseJson } from '../fields.js';
import { httpRefusal, retryAfterMs, withoutKeys } from '../http-refusal.js';
import type { XiaohongshuCredentials } from './manifest.js';

/**
 * What a refusal's text says, because the platform publishes no codes. None of these words is documented; what they do not
 * catch breaks the contract until the shop's `throttleCodes` and `credentialCodes` name the code.
 */
const WORDS: readonly { readonly pattern: RegExp; readonly means: FaultKind }[] = [
  { pattern: /限流|频繁|rate ?limit|too many/i, means: 'throttled' },
  { pattern: /access ?token|授权|签名|\bsign\b|权限|app ?id/i, means: 'credentials' },
  { pattern: /稍后重试|系统繁忙|系统异常|timeout|超时/i, means: 'unavailable' },
];

/** A code as it is written, minus sign included; undefined where there is none. */
function codeOf(answer: Fields): string | undefined {
  const code = answer.error_code ?? answer.code;
  const text = typeof code === 'number' ? String(code) : code;
  return typeof text === 'string' && /^-?\d{1,20}$/.test(text) ? text : undefined;
}

function textOf(answer: Fields): string {
  const text = answer.error_msg ?? answer.msg;
  return typeof text === 'string' ? text : '';
}

function refusalOf(code: string, text: string, credentials: XiaohongshuCredentials): FaultKind {
  if (credentials.throttleCodes.includes(code)) return 'throttled';
  if (credentials.credentialCodes.includes(code)) return 'credentials';
  return WORDS.find(({ pattern }) => pattern.test(text))?.means ?? 'contract_broken';
}

function keysOf({ appKey, appSecret, accessToken }: XiaohongshuCredentials): readonly string[] {
  return [accessToken, appSecret, appKey];
}

/** The `data` of an answer. Throws like `successOf`. */
export function dataOfAnswer(response: CarrierResponse, credentials: XiaohongshuCredentials): Fields {
  return fieldsAt(successOf(response, credentials).data, 'the data of the answer');
}

/**
 * An answer `{success, error_code, error_msg, data}`. Only `success: true` beside code 0 is one. Throws
 * CarrierFault for a refusal, UnreadableEvent for an answer that is neither.
 */
export function successOf(response: CarrierResponse, credentials: XiaohongshuCredentials): Fields {
  const fault = httpRefusal(response, 'Xiaohongshu');
  if (fault) throw fault;
  const answer = fieldsAt(parseJson(response.text, 'the answer'), 'the answer');
  const code = codeOf(answer);
  if (answer.success === true && (code === undefined || code === '0')) {
    return answer;
  }
  if (answer.success !== false && (code === undefined || code === '0')) {
    throw new UnreadableEvent('the answer is neither a success nor a refusal');
  }
  const rawCode = code ?? 'without a code';
  const text = textOf(answer);
  throw new CarrierFault(
    refusalOf(rawCode, text, credentials),
    `Xiaohongshu answered ${rawCode} ${withoutKeys(text, keysOf(credentials))}`.trimEnd(),
    { rawCode, retryAfterMs: retryAfterMs(response) },
  );
}
