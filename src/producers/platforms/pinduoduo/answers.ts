import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierResponse } from '../../../domain/carrier/port.js';
import { UnreadableEvent } from '../../../domain/platform/port.js';
import { type Fields, fieldsAt, isFields, parseJson } from '../fields.js';
import { httpRefusal, retryAfterMs } from '../http-refusal.js';
import type { Method } from './gateway.js';
import { gatewayRow } from './gateway-codes.js';

/** What a code looks like; anything else may quote what we sent, and is left out. */
const CODE = /^(?:\d{1,9}|[A-Z][A-Z_]{0,59})$/;

function codeOf(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return CODE.test(text) ? text : '';
}

/** The refusal `{"error_response": {error_code, error_msg, sub_code, sub_msg, request_id}}`, as an error. */
function refusal(error: Fields, method: Method, response: CarrierResponse): CarrierFault | UnreadableEvent {
  const [code, subCode] = [codeOf(error.error_code), codeOf(error.sub_code)];
  const row = gatewayRow(code);
  const means = row?.means ?? 'contract_broken';
  if (means === 'not_ours' || gatewayRow(subCode)?.means === 'not_ours') {
    return new UnreadableEvent(`${method}: the order does not exist or is another shop's`);
  }
  const rawCode = subCode === '' || subCode === code ? code : `${code} ${subCode}`;
  // The table's words, not the platform's: those may quote our keys.
  const said = ['Pinduoduo answered', rawCode, row?.zh ?? '', `to ${method}`].filter(Boolean).join(' ');
  return new CarrierFault(means, said, { rawCode, retryAfterMs: retryAfterMs(response) });
}

/**
 * What a read answered, whole: some methods wrap it in a root of their own, some do not. Throws CarrierFault for a refusal
 * of the call, UnreadableEvent for an order that is not this shop's and for an answer that is none.
 */
export function answerOfRead(response: CarrierResponse, method: Method): Fields {
  const fault = httpRefusal(response, 'Pinduoduo');
  if (fault) throw fault;
  const answer = fieldsAt(parseJson(response.text, 'the answer'), 'the answer');
  const error = answer.error_response;
  if (error === undefined) return answer;
  if (!isFields(error)) throw new UnreadableEvent('error_response is not an object');
  throw refusal(error, method, response);
}
