import { CarrierFault } from '../../../domain/carrier/fault.js';
import { taughtMeaning, type Verdict, verdictOf } from '../../../domain/carrier/meanings.js';
import type { CarrierRequest, CarrierResponse, CodeRow, RawAnswer } from '../../../domain/carrier/port.js';
import { expectOk } from '../http-status.js';
import { asFields, asText, parseJson } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import { JTEXPRESS_CODES, SUCCESS } from './codes.js';
import type { JtexpressCredentials } from './credentials.js';

/** What every answer is wrapped in: `{"code":"1","msg":"…","data":…}`. */
export interface Envelope extends RawAnswer {
  readonly success: boolean;
  readonly data: unknown;
}

/** Null: no object, no text for a code, a no without code and words, or a yes that says no in another field. */
function read(text: string): Envelope | null {
  const body = asFields(parseJson(text));
  if (typeof body?.code !== 'string') return null;
  const success = body.code === SUCCESS;
  const rawText = asText(body.msg);
  const mute = !success && body.code === '' && rawText === '';
  const contradicted = success && body.success !== undefined && body.success !== true;
  return mute || contradicted ? null : { success, rawCode: asText(body.code, 64), rawText, data: body.data };
}

/**
 * The envelope of an answer. Throws what HTTP says, except that a 4xx with a failure that somebody explained is that
 * failure: with which status J&T sends it is not documented. Unreadable: `outcome_unknown` after a write,
 * `contract_broken` on a read.
 */
export function readEnvelope(
  response: CarrierResponse,
  effect: CarrierRequest['effect'],
  keys: JtexpressCredentials,
): Envelope {
  const envelope = read(response.text);
  const refusedByHttp = response.status >= 400 && response.status < 500 && response.status !== 429;
  const explained = refusedByHttp && envelope?.success === false && meaningOf(envelope, keys) !== undefined;
  if (!explained) expectOk(response, effect);
  if (envelope) return envelope;
  const kind = effect === 'write' ? 'outcome_unknown' : 'contract_broken';
  throw new CarrierFault(kind, 'the answer is not what J&T documents');
}

/** The account's words come first: our own table is second-hand. */
function meaningOf({ rawCode, rawText }: RawAnswer, keys: JtexpressCredentials): CodeRow['means'] | undefined {
  return taughtMeaning(keys.meanings, rawCode, rawText) ?? lookUp(JTEXPRESS_CODES, rawCode)?.means;
}

/** What a no says of the parcel; null: nobody explained it. Throws CarrierFault for what says nothing of it. */
export function meaningOfNo(no: RawAnswer, effect: CarrierRequest['effect'], keys: JtexpressCredentials): Verdict {
  const { rawCode } = no;
  // Not the answer's words: a gateway may quote what we sent.
  return verdictOf(meaningOf(no, keys), effect, `J&T answered ${rawCode}`, { rawCode });
}
