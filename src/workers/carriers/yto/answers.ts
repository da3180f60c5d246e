import { CarrierFault } from '../../../domain/carrier/fault.js';
import { taughtMeaning, type Verdict, verdictOf } from '../../../domain/carrier/meanings.js';
import type { CarrierRequest, CarrierResponse, RawAnswer } from '../../../domain/carrier/port.js';
import { expectOk } from '../http-status.js';
import { asFields, asText, type Fields, parseJson } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import { codeOfRefusal, REFUSED, YTO_CODES } from './codes.js';
import type { YtoCredentials } from './credentials.js';

/** YTO answers in several shapes; which one, nobody can tell before. `other` is none that says how a call ended. */
export type YtoAnswer =
  | (RawAnswer & { readonly shape: 'done' })
  | (RawAnswer & { readonly shape: 'refused' })
  | (RawAnswer & { readonly shape: 'gateway' })
  | { readonly shape: 'other'; readonly body: unknown };

/** `{"statusCode":0|1,"statusMessage":"…"}`, the intercept's own. A second verdict beside it is a contradiction. */
function readWanted({ statusCode, statusMessage, success, code }: Fields): YtoAnswer | null {
  const contradicted = code !== undefined || (success !== undefined && String(success) !== String(statusCode === 0));
  if (contradicted) return null;
  const rawText = asText(statusMessage);
  if (statusCode === 0) return { shape: 'done', rawCode: '0', rawText };
  return statusCode === Number(REFUSED) ? { shape: 'refused', rawCode: codeOfRefusal(rawText), rawText } : null;
}

/** `{"success":false,"code":401,"reason":"…"}`, the gateway's. */
function readGateway({ success, code, reason }: Fields): YtoAnswer | null {
  if (String(success) !== 'false') return null;
  return { shape: 'gateway', rawCode: asText(code, 64), rawText: asText(reason) };
}

function read(text: string): YtoAnswer {
  const body = parseJson(text);
  const fields = asFields(body);
  const answer = fields && (fields.statusCode === undefined ? readGateway(fields) : readWanted(fields));
  return answer ?? { shape: 'other', body };
}

/**
 * An answer by its shape. Throws what HTTP says, except that a 4xx with a failure of YTO's own is that failure: with
 * which status YTO sends it is not documented, and a wrong key must stop the lane either way.
 */
export function readYtoAnswer(
  response: CarrierResponse,
  effect: CarrierRequest['effect'],
  keys: YtoCredentials,
): YtoAnswer {
  const answer = read(response.text);
  const refusedByHttp = response.status >= 400 && response.status < 500 && response.status !== 429;
  const explained = refusedByHttp && answer.shape === 'gateway' && meaningOf(answer, keys) !== undefined;
  if (!explained) expectOk(response, effect);
  return answer;
}

function meaningOf({ rawCode, rawText }: RawAnswer, keys: YtoCredentials) {
  // The account's words come second: what YTO documents cannot be taught to mean something else. "No" alone can.
  const documented = rawCode === REFUSED ? undefined : lookUp(YTO_CODES, rawCode)?.means;
  return documented ?? taughtMeaning(keys.meanings, rawCode, rawText);
}

/** What a no says of the parcel; null: nobody explained it. Throws CarrierFault for what says nothing of it. */
export function ytoVerdict(answer: RawAnswer, effect: CarrierRequest['effect'], keys: YtoCredentials): Verdict {
  const { rawCode } = answer;
  // Our table's words, not the answer's: a gateway may quote what we sent.
  const message = `YTO answered ${rawCode} ${lookUp(YTO_CODES, rawCode)?.text ?? ''}`.trimEnd();
  return verdictOf(meaningOf(answer, keys), effect, message, { rawCode });
}

/** A failure of the gateway that nobody documented: it may have come before or after YTO acted. */
export function unexplained(rawCode: string): CarrierFault {
  return new CarrierFault('outcome_unknown', `YTO's gateway answered ${rawCode}, which is not documented`, { rawCode });
}
