import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCreate, taughtMeaning, verdictOf } from '../../../domain/carrier/meanings.js';
import type { CarrierResponse, CreateAnswer, RawAnswer } from '../../../domain/carrier/port.js';
import { expectOk } from '../http-status.js';
import { asFields, asText, parseJson } from '../json-fields.js';
import { TAKEN } from './codes.js';
import type { Kuaidi100Credentials } from './credentials.js';

/** Waybills of the couriers behind Kuaidi100 as they are compared (R66). */
export function normaliseKuaidi100Waybill(raw: string): string {
  return raw.trim().toUpperCase();
}

/** `{"code":200,"message":"…","data":…,"time":ms}`. A `success` beside it was never seen; one that disagrees counts. */
interface Envelope extends RawAnswer {
  readonly taken: boolean;
  readonly denied: boolean;
}

function read(text: string): Envelope | null {
  const body = asFields(parseJson(text));
  const rawCode = asText(body?.code, 64);
  if (!body || rawCode === '') return null;
  const denied = body.success !== undefined && body.success !== true;
  return { taken: body.code === TAKEN, denied, rawCode, rawText: asText(body.message) };
}

/** 200 that is no number, or with a failure beside it: it may have been taken. */
function contradictsItself(envelope: Envelope, meaning: unknown): boolean {
  if (envelope.taken) return envelope.denied || meaning !== undefined;
  return envelope.rawCode === String(TAKEN);
}

/**
 * `code === 200` is the only success; what `data` holds is not documented, so the order gets no number. Any other code is
 * a failure (the Java demo), explained only by what the account has taught. Throws CarrierFault; an answer that cannot be
 * trusted is `outcome_unknown`.
 */
export function readCreate(response: CarrierResponse, keys: Kuaidi100Credentials): CreateAnswer {
  const envelope = read(response.text);
  const meaning = envelope ? taughtMeaning(keys.meanings, envelope.rawCode, envelope.rawText) : undefined;
  // A 4xx with a failure that the account knows is that failure: with which status it comes is not documented.
  const refusedByHttp = response.status >= 400 && response.status < 500 && response.status !== 429;
  if (!(refusedByHttp && meaning !== undefined && envelope?.taken === false)) expectOk(response, 'write');
  if (!envelope) throw new CarrierFault('outcome_unknown', 'the answer is not the JSON that Kuaidi100 documents');
  const { rawCode, rawText } = envelope;
  if (contradictsItself(envelope, meaning)) {
    throw new CarrierFault('outcome_unknown', 'the answer says yes and no at once', { rawCode });
  }
  if (envelope.taken) return { kind: 'accepted', carrierRef: null, rawCode, rawText };
  // Not the answer's words: a gateway may quote what we sent.
  const verdict = verdictOf(meaning, 'write', `Kuaidi100 answered ${rawCode}`, { rawCode });
  return refusedCreate(verdict, { rawCode, rawText });
}
