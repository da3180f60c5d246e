import { CarrierFault, type FaultKind } from '../../../domain/carrier/fault.js';
import { taughtMeaning, type Verdict, verdictOf } from '../../../domain/carrier/meanings.js';
import type { CarrierRequest, CarrierResponse, RawAnswer } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { type Fields, fieldsAt, isFields, parseJson } from '../fields.js';
import { retryAfterMs } from '../http-refusal.js';
import type { JdShopCredentials } from './credentials.js';
import { CALLS, type CallName } from './gateway.js';
import { GATEWAY_CODES } from './gateway-codes.js';

/** What an answer comes to: the result of the method, or the words of whoever refused it. */
export type JosAnswer =
  | { readonly shape: 'said'; readonly result: Fields; readonly rawText: string }
  /** `isGateways`: said in front of the method, which may not have acted, or may have. */
  | ({ readonly shape: 'refused'; readonly isGateways: boolean } & RawAnswer);

/** No document names the text of a business result: these are the names that JD's other results have. */
const TEXT_NAMES = ['errorMessage', 'message', 'msg', 'zhDesc'] as const;

const CODE = /^-?[\w.]{1,64}$/;
const SHOWN_TEXT = 200;

function scalar(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** The first of these fields that says something, as far as a person reads it. */
function words(fields: Fields, names: readonly string[]): string {
  const found = names.map((name) => scalar(fields[name])).find((text) => text !== '');
  return (found ?? '').slice(0, SHOWN_TEXT);
}

function codeOf(value: unknown): string {
  const code = scalar(value);
  return CODE.test(code) ? code : '';
}

/** Anything but a 200 comes from something in front of JD. Throws CarrierFault. */
function expectOk(response: CarrierResponse, effect: CarrierRequest['effect']): void {
  const { status } = response;
  if (status === 200) return;
  const known: Readonly<Record<number, FaultKind>> = { 401: 'credentials', 429: 'throttled' };
  const kind = known[status] ?? (effect === 'write' ? 'outcome_unknown' : 'unavailable');
  throw new CarrierFault(kind, `HTTP ${status} instead of JD's answer`, {
    rawCode: `HTTP ${status}`,
    retryAfterMs: retryAfterMs(response),
  });
}

/** The code of a business result. No document names its fields: these are the names that JD's other results have. */
export function businessCode(result: Fields): string {
  return codeOf(result.errorCode ?? result.code);
}

/** A result that says `success: false`. Its code has a word before it, so that nobody takes it for the gateway's. */
function businessNo(result: Fields): JosAnswer {
  const code = businessCode(result);
  const rawCode = code === '' ? 'success false' : `errorCode ${code}`;
  return { shape: 'refused', isGateways: false, rawCode, rawText: words(result, TEXT_NAMES) };
}

function gatewayNo(code: unknown, fields: Fields): JosAnswer {
  const rawText = words(fields, ['zh_desc', 'en_desc', 'error_description']);
  return { shape: 'refused', isGateways: true, rawCode: codeOf(code), rawText };
}

/**
 * Reads `{"<method>_responce": {"code": "0", "<inner>": {…}}}`; "responce" is JD's own spelling, some clients saw the
 * other. Throws CarrierFault for what HTTP says, UnreadableEvent for an answer that is none.
 */
export function josAnswer(response: CarrierResponse, name: CallName): JosAnswer {
  const { method, inner, saysSuccess, effect } = CALLS[name];
  expectOk(response, effect);
  const body = fieldsAt(parseJson(response.text, 'the answer'), 'the answer');
  if (isFields(body.error_response)) {
    const { error_response: failure } = body;
    return gatewayNo(failure.code, failure);
  }
  const key = method.replaceAll('.', '_');
  const outer = fieldsAt(body[`${key}_responce`] ?? body[`${key}_response`], 'the answer of the method');
  if (codeOf(outer.code ?? 0) !== '0') return gatewayNo(outer.code, outer);
  const result = fieldsAt(outer[inner], inner);
  if (!saysSuccess || result.success === true) return { shape: 'said', result, rawText: words(result, TEXT_NAMES) };
  if (result.success === false) return businessNo(result);
  throw new UnreadableEvent(`${inner} says neither success nor failure`);
}

/**
 * What a refusal means, by the table or as the shop says; null: nobody explained it. Throws CarrierFault for what says
 * nothing of the parcel. JD's words stay out of the message: a gateway quotes what it was sent.
 */
export function josVerdict(
  { rawCode, rawText }: RawAnswer,
  effect: CarrierRequest['effect'],
  credentials: JdShopCredentials,
): Verdict {
  const known = Object.hasOwn(GATEWAY_CODES, rawCode) ? GATEWAY_CODES[rawCode]?.means : undefined;
  const means = known ?? taughtMeaning(credentials.meanings, rawCode, rawText);
  return verdictOf(means, effect, `JD answered ${rawCode}`.trimEnd(), { rawCode });
}

/** The result of a read. Throws CarrierFault for a refusal, UnreadableEvent for an answer that is none. */
export function resultOf(response: CarrierResponse, name: CallName, credentials: JdShopCredentials): Fields {
  const answer = josAnswer(response, name);
  if (answer.shape === 'said') return answer.result;
  josVerdict(answer, 'read', credentials);
  const { rawCode } = answer;
  throw new CarrierFault('contract_broken', `JD answered ${rawCode || 'no code'}, which nobody explained`, { rawCode });
}
