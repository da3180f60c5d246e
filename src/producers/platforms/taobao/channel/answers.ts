import { CarrierFault, type FaultKind } from '../../../../domain/carrier/fault.js';
import type { CarrierResponse, CreateAnswer, RawAnswer } from '../../../../domain/carrier/port.js';
import { parseLossless } from '../../../../domain/lossless.js';
import { type Fields, isFields } from '../../fields.js';
import { retryAfterMs } from '../../http-refusal.js';
import { errorOf, type GatewayError, gatewayMeaning } from '../answers.js';
import type { TaobaoCredentials, TaughtMeaning } from '../credentials.js';
import { answerRoot } from '../top.js';

/** A no to an intercept. `refusal`: nobody has explained its code. */
export interface Refused extends RawAnswer {
  readonly no: Exclude<TaughtMeaning, FaultKind> | 'refusal';
}
export type Outcome = { readonly yes: RawAnswer } | Refused;

const FAULTS = new Set<string>(['throttled', 'unavailable', 'outcome_unknown', 'credentials', 'bad_request']);
const isFault = (meaning: string): meaning is FaultKind => FAULTS.has(meaning);

const text = (value: unknown, max = 200): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, max) : '';

function unknown(why: string, rawCode?: string): CarrierFault {
  return new CarrierFault('outcome_unknown', why, { rawCode });
}

function parsed(body: string): Fields | null {
  try {
    const value = parseLossless(body);
    return isFields(value) ? value : null;
  } catch {
    return null;
  }
}

function taught(keys: TaobaoCredentials, codes: readonly string[]): TaughtMeaning | undefined {
  const known = codes.find((code) => Object.hasOwn(keys.meanings, code));
  return known === undefined ? undefined : keys.meanings[known];
}

/** A no with its meaning. Throws CarrierFault for one that says nothing of the parcel. */
function refused(meaning: TaughtMeaning | 'refusal', raw: RawAnswer, response: CarrierResponse): Refused {
  if (!isFault(meaning)) return { no: meaning, ...raw };
  const { rawCode } = raw;
  // Not the answer's words: a gateway may quote what we sent.
  throw new CarrierFault(meaning, `Taobao answered ${rawCode}`, { rawCode, retryAfterMs: retryAfterMs(response) });
}

function refusedByGateway(error: GatewayError, response: CarrierResponse, keys: TaobaoCredentials): Refused {
  const { rawCode } = error;
  const meaning = taught(keys, [error.subCode, rawCode, error.code]) ?? gatewayMeaning(error) ?? 'outcome_unknown';
  return refused(meaning, { rawCode, rawText: error.text }, response);
}

/**
 * The root of a write's answer, or the gateway's no. Throws CarrierFault: what is not the answer of this method leaves the
 * outcome open, and so does one that is both a yes and a no.
 */
export function answerOfWrite(response: CarrierResponse, method: string, keys: TaobaoCredentials): Fields | Refused {
  if (response.status === 429) {
    throw new CarrierFault('throttled', 'HTTP 429: too many requests', {
      rawCode: 'HTTP 429',
      retryAfterMs: retryAfterMs(response),
    });
  }
  if (response.status !== 200) throw unknown(`HTTP ${response.status} instead of an answer`, `HTTP ${response.status}`);
  const answer = parsed(response.text);
  const root = answer?.[answerRoot(method)];
  const error = answer && errorOf(answer);
  if (error && root === undefined) return refusedByGateway(error, response, keys);
  if (!isFields(root) || answer?.error_response !== undefined) {
    throw unknown(`the answer is not the one documented for ${method}`);
  }
  return root;
}

export const isRefused = (answer: Fields | Refused): answer is Refused =>
  'no' in answer && typeof answer.no === 'string';

/** `taobao.rp.refund.intercept`: the `request_id` alone is the documented success. */
export function readIntercept(response: CarrierResponse, method: string, keys: TaobaoCredentials): Outcome {
  const answer = answerOfWrite(response, method, keys);
  if (isRefused(answer)) return answer;
  const requestId = text(answer.request_id);
  if (requestId === '' || Object.keys(answer).length !== 1) throw unknown('more, or less, than a request_id');
  return { yes: { rawCode: '', rawText: requestId } };
}

/** `taobao.logistics.erp.delivery.cut`: `suc`, and `retry` beside a no. A no without code and words is no answer. */
export function readCut(response: CarrierResponse, method: string, keys: TaobaoCredentials): Outcome {
  const answer = answerOfWrite(response, method, keys);
  if (isRefused(answer)) return answer;
  const rawCode = text(answer.biz_error_code);
  const rawText = text(answer.biz_error_message);
  const isYes = answer.suc === true && rawCode === '';
  if (isYes) return { yes: { rawCode, rawText: text(answer.request_id) } };
  if (answer.suc !== false || (rawCode === '' && rawText === '')) throw unknown('suc is neither a yes nor a no');
  // The metadata has the descriptions of the two fields swapped, so either may hold the code.
  const meaning = taught(keys, [rawCode, rawText]) ?? (answer.retry === true ? 'unavailable' : 'refusal');
  return refused(meaning, { rawCode, rawText }, response);
}

/** An outcome as the port says it. A no nobody can explain is a no, never a yes. */
export function createAnswer(outcome: Outcome): CreateAnswer {
  if ('yes' in outcome) return { kind: 'accepted', carrierRef: null, ...outcome.yes };
  const { no, rawCode, rawText } = outcome;
  switch (no) {
    case 'duplicate':
    case 'already_returning':
    case 'not_yet':
      return { kind: no, rawCode, rawText };
    case 'refusal':
    case 'stale_version':
      return { kind: 'refused', refusal: 'courier_unknown_code', rawCode, rawText };
    default:
      return { kind: 'refused', refusal: no, rawCode, rawText };
  }
}
