import { CarrierFault } from '../../../domain/carrier/fault.js';
import { taughtMeaning, type Verdict, verdictOf } from '../../../domain/carrier/meanings.js';
import type { CarrierRequest, CarrierResponse, RawAnswer } from '../../../domain/carrier/port.js';
import { readFlatXml } from '../flat-xml.js';
import { expectOk } from '../http-status.js';
import { asFields, asText, type Fields, parseJson } from '../json-fields.js';
import type { StoCredentials } from './credentials.js';

type Effect = CarrierRequest['effect'];

/** What every answer seen is wrapped in: `{"success":"true","errorCode":"","errorMsg":"","needRetry":"false",…,"data":{}}`. */
export interface StoAnswer extends RawAnswer {
  readonly success: boolean;
  /** STO hints that the call should be made again; so does any word here that is none of its two. */
  readonly needRetry: boolean;
  /** The payload; null if the answer came as XML, where the form of a payload is not known. */
  readonly payload: { readonly data: unknown } | null;
}

/** STO writes booleans as text; some of its clients read bare ones. Null: neither. */
function flag(value: unknown): boolean | null {
  const text = typeof value === 'boolean' ? String(value) : asText(value).trim();
  return text === 'true' ? true : text === 'false' ? false : null;
}

function hintsRetry(value: unknown): boolean {
  const given = value !== undefined && value !== null && value !== '';
  return given && flag(value) !== false;
}

function readFields(fields: Fields, payload: StoAnswer['payload']): StoAnswer | null {
  const success = flag(fields.success);
  if (success === null) return null;
  return {
    success,
    needRetry: hintsRetry(fields.needRetry),
    rawCode: asText(fields.errorCode, 64).trim(),
    rawText: asText(fields.errorMsg) || asText(fields.expInfo),
    payload,
  };
}

/** JSON, or the same names as XML below `<response>`: when the gateway chooses which is not documented. */
function read(text: string): StoAnswer | null {
  const json = asFields(parseJson(text));
  if (json) return readFields(json, { data: json.data });
  const xml = readFlatXml(text, 'response');
  return xml && readFields(Object.fromEntries(xml), null);
}

function meaningOf({ rawCode, rawText }: RawAnswer, keys: StoCredentials) {
  return taughtMeaning(keys.meanings, rawCode, rawText);
}

/** A yes that asks to be called again, or names an error: nobody knows what was done. */
function contradictsItself(answer: StoAnswer, keys: StoCredentials): boolean {
  const named = answer.rawCode !== '' && !keys.successCodes.includes(answer.rawCode);
  return answer.success && (answer.needRetry || named || meaningOf(answer, keys) !== undefined);
}

/** A no without code, words or hint: something in front of STO may have said it. */
function isMute({ success, needRetry, rawCode, rawText }: StoAnswer): boolean {
  return !success && !needRetry && rawCode === '' && rawText === '';
}

/**
 * The envelope of an answer. Throws what HTTP says, except that a 4xx with a failure that the account knows is that
 * failure. Unreadable, contradictory or mute: `outcome_unknown` after a write, `contract_broken` on a read.
 */
export function readStoAnswer(response: CarrierResponse, effect: Effect, keys: StoCredentials): StoAnswer {
  const answer = read(response.text);
  const refusedByHttp = response.status >= 400 && response.status < 500 && response.status !== 429;
  const explained = refusedByHttp && answer?.success === false && meaningOf(answer, keys) !== undefined;
  if (!explained) expectOk(response, effect);
  const kind = effect === 'write' ? 'outcome_unknown' : 'contract_broken';
  if (!answer) throw new CarrierFault(kind, 'the answer is neither the JSON nor the XML that STO is known to send');
  const { rawCode } = answer;
  if (contradictsItself(answer, keys)) {
    throw new CarrierFault(kind, `STO answered a success that contradicts itself: ${rawCode}`, { rawCode });
  }
  if (isMute(answer)) throw new CarrierFault(kind, 'STO answered a failure without a reason');
  return answer;
}

/**
 * What a no says of the parcel; null: nobody explained it. What the account knows comes first, then `needRetry`, which
 * does not say whether something was done. Throws CarrierFault for what says nothing of the parcel.
 */
export function stoVerdict(answer: StoAnswer, effect: Effect, keys: StoCredentials): Verdict {
  const { rawCode } = answer;
  const hinted = answer.needRetry ? (keys.retryMeansNotDone ? 'unavailable' : 'outcome_unknown') : undefined;
  // Not the answer's words: a gateway may quote what we sent.
  const message = `STO answered ${rawCode}${answer.needRetry ? ' (needRetry)' : ''}`;
  return verdictOf(meaningOf(answer, keys) ?? hinted, effect, message, { rawCode });
}
