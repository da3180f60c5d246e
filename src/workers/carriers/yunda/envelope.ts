import { CarrierFault } from '../../../domain/carrier/fault.js';
import { taughtMeaning, type Verdict, verdictOf } from '../../../domain/carrier/meanings.js';
import type { CarrierRequest, CarrierResponse, RawAnswer } from '../../../domain/carrier/port.js';
import { expectOk } from '../http-status.js';
import { asFields, asText, parseJson } from '../json-fields.js';
import type { YundaCredentials } from './credentials.js';

/** What every answer seen is wrapped in: `{"result":true,"code":"…","message":"…","data":…}`. */
export interface Envelope extends RawAnswer {
  readonly result: boolean;
  readonly data: unknown;
}

function read(text: string): Envelope | null {
  const body = asFields(parseJson(text));
  if (typeof body?.result !== 'boolean') return null;
  return { result: body.result, rawCode: asText(body.code, 64), rawText: asText(body.message), data: body.data };
}

/**
 * The envelope of an answer. Throws what HTTP says, except that a 4xx with a failure that the account knows is that
 * failure. Unreadable: `outcome_unknown` after a write, `contract_broken` on a read.
 */
export function readEnvelope(
  response: CarrierResponse,
  effect: CarrierRequest['effect'],
  keys: YundaCredentials,
): Envelope {
  const envelope = read(response.text);
  const refusedByHttp = response.status >= 400 && response.status < 500 && response.status !== 429;
  const explained = refusedByHttp && envelope?.result === false && meaningOf(envelope, keys) !== undefined;
  if (!explained) expectOk(response, effect);
  if (envelope) return envelope;
  const kind = effect === 'write' ? 'outcome_unknown' : 'contract_broken';
  throw new CarrierFault(kind, 'the answer is not the JSON that Yunda documents');
}

function meaningOf({ rawCode, rawText }: Envelope, keys: YundaCredentials) {
  return taughtMeaning(keys.meanings, rawCode, rawText);
}

/** Is this a yes that names a failure the account knows? Then it contradicts itself. */
export function contradictsItself(envelope: Envelope, keys: YundaCredentials): boolean {
  return envelope.result && Object.hasOwn(keys.meanings, envelope.rawCode);
}

/** What a no says of the parcel; null: the account knows neither its code nor its words. Throws CarrierFault. */
export function yundaVerdict(envelope: Envelope, effect: CarrierRequest['effect'], keys: YundaCredentials): Verdict {
  const { rawCode } = envelope;
  // Not the answer's words: a gateway may quote what we sent.
  return verdictOf(meaningOf(envelope, keys), effect, `Yunda answered ${rawCode}`, { rawCode });
}
