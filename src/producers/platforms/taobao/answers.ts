import { CarrierFault, type FaultKind } from '../../../domain/carrier/fault.js';
import type { CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { type Fields, fieldsAt, isFields, listAt, parseJson } from '../fields.js';
import { httpRefusal, retryAfterMs } from '../http-refusal.js';
import { GATEWAY_CODES, GATEWAY_WORDS, type GatewayMeaning } from './gateway-codes.js';
import { answerRoot } from './top.js';

/** A refusal of the gateway: `{"error_response": {code, msg, sub_code, sub_msg, request_id}}`. */
export interface GatewayError {
  readonly code: string;
  readonly subCode: string;
  /** Both as one, for people and for tables that an account teaches. */
  readonly rawCode: string;
  readonly text: string;
}

const CODE = /^-?\d{1,9}$/;
/** What `sub_code` looks like; anything else may quote what we sent, and is left out. */
const SUB_CODE = /^[A-Za-z][\w.:-]{0,99}$/;
const SHOWN_TEXT = 200;

const text = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, SHOWN_TEXT) : '';
const matching = (value: unknown, form: RegExp): string => (form.test(text(value)) ? text(value) : '');

/** The refusal in an answer; null where it is none. */
export function errorOf(answer: Fields): GatewayError | null {
  const error = answer.error_response;
  if (!isFields(error)) return null;
  const code = matching(error.code, CODE);
  const subCode = matching(error.sub_code, SUB_CODE);
  const rawCode = [code, subCode].filter(Boolean).join(' ');
  return { code, subCode, rawCode, text: text(error.sub_msg) || text(error.msg) };
}

/** What the gateway's own table makes of a refusal; `refusal`: it is a no to what was asked; null: nobody knows. */
export function gatewayMeaning({ code, subCode }: GatewayError): GatewayMeaning | 'refusal' | null {
  if (GATEWAY_WORDS.ownFailure.test(subCode)) return 'outcome_unknown';
  const row = Object.hasOwn(GATEWAY_CODES, code) ? GATEWAY_CODES[code as keyof typeof GATEWAY_CODES] : undefined;
  if (row && code !== '15') return row.means;
  if (GATEWAY_WORDS.refusal.test(subCode)) return 'refusal';
  return row?.means ?? null;
}

const READ_FAULTS: Readonly<Record<GatewayMeaning, FaultKind>> = {
  throttled: 'throttled',
  outcome_unknown: 'unavailable',
  credentials: 'credentials',
  bad_request: 'bad_request',
};

/**
 * What a read answered, without its root. Throws CarrierFault for a refusal of the call, UnreadableEvent for a no to what
 * was asked (`isv.…`: no such refund, not of this seller) and for an answer that is none.
 */
export function answerOfRead(response: CarrierResponse, method: string): Fields {
  const fault = httpRefusal(response, 'Taobao');
  if (fault) throw fault;
  const answer = fieldsAt(parseJson(response.text, 'the answer'), 'the answer');
  const error = errorOf(answer);
  if (!error) return fieldsAt(answer[answerRoot(method)], `${answerRoot(method)} of the answer`);
  const meaning = gatewayMeaning(error);
  if (meaning === 'refusal') throw new UnreadableEvent(`${method}: ${error.rawCode}`);
  const kind = meaning === null ? 'contract_broken' : READ_FAULTS[meaning];
  const { rawCode } = error;
  throw new CarrierFault(kind, `Taobao answered ${rawCode} to ${method}`, {
    rawCode,
    retryAfterMs: retryAfterMs(response),
  });
}

/**
 * A list of an answer. The gateway's JSON wraps it once more in the name of its items (`"refunds": {"refund": […]}`), its
 * simplified form does not; a missing list is empty.
 */
export function answerList(answer: Fields, list: string, item: string): readonly unknown[] {
  const value = answer[list];
  return listAt(isFields(value) ? value[item] : value, list);
}
