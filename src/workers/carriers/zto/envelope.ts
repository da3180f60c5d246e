import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierRequest, CarrierResponse, CodeRow, RawAnswer } from '../../../domain/carrier/port.js';
import { parseLossless } from '../../../domain/lossless.js';
import { expectOk } from '../http-status.js';
import { lookUp } from '../look-up.js';
import { ZTO_BACK_OFF_MS, ZTO_CODES } from './codes.js';

/** What every answer of the gateway is wrapped in. */
export interface Envelope extends RawAnswer {
  readonly status: boolean;
  /** `data` for thirdcenter.*, `result` for the other interfaces. */
  readonly content: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

/** A JSON object, else null. */
export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A scalar as text, at most `max` characters; anything else as ''. */
export function asText(value: unknown, max = 500): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, max) : '';
}

/** Where a scan was made, from the names a courier gives for it; null if it gives none. */
export function asPlace(...names: readonly unknown[]): string | null {
  const given = names.map((name) => asText(name, 100)).filter(Boolean);
  return given.join(' ') || null;
}

function read(text: string): Envelope | null {
  let body: Fields | null;
  try {
    body = asFields(parseLossless(text));
  } catch {
    return null;
  }
  if (!body || typeof body.status !== 'boolean') return null;
  return {
    status: body.status,
    rawCode: asText(body.statusCode, 64),
    rawText: asText(body.message),
    content: body.data ?? body.result,
  };
}

/** The envelope of an answer. Throws what HTTP says; unreadable: `outcome_unknown` after a write, `contract_broken` on a read. */
export function readEnvelope(response: CarrierResponse, effect: CarrierRequest['effect']): Envelope {
  expectOk(response, effect);
  const envelope = read(response.text);
  if (envelope) return envelope;
  const kind = effect === 'write' ? 'outcome_unknown' : 'contract_broken';
  throw new CarrierFault(kind, 'the answer is not the JSON that ZTO documents');
}

type Verdict = Exclude<
  CodeRow['means'],
  'throttled' | 'unavailable' | 'outcome_unknown' | 'credentials' | 'bad_request'
>;

/** What a failure code says about the parcel; null for a code nobody documented. Throws the faults of the table. */
export function verdictOf(envelope: Envelope, effect: CarrierRequest['effect']): Verdict | null {
  const row = lookUp(ZTO_CODES, envelope.rawCode);
  const means = row?.means;
  // Our table's words, not the answer's: a gateway may quote what we sent.
  const message = `ZTO answered ${envelope.rawCode} ${row?.text ?? ''}`.trimEnd();
  const detail = { rawCode: envelope.rawCode, retryAfterMs: lookUp(ZTO_BACK_OFF_MS, envelope.rawCode) };
  switch (means) {
    case 'outcome_unknown':
      throw new CarrierFault(effect === 'write' ? 'outcome_unknown' : 'unavailable', message, detail);
    case 'throttled':
    case 'unavailable':
    case 'credentials':
    case 'bad_request':
      throw new CarrierFault(means, message, detail);
    default:
      return means ?? null;
  }
}
