import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCreate, taughtMeaning, type Verdict, verdictOf } from '../../../domain/carrier/meanings.js';
import type {
  CarrierRequest,
  CarrierResponse,
  CreateAnswer,
  RawAnswer,
  TrackAnswer,
} from '../../../domain/carrier/port.js';
import { parseChinaTime } from '../../../domain/china-time.js';
import type { Sighting } from '../../../domain/tracking/sighting.js';
import { expectOk } from '../http-status.js';
import { asFields, asPlace, asText, type Fields, parseJson } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import { __SLUG___CODES } from './codes.js';
import type { __Slug__Credentials } from './credentials.js';
import { SCANS } from './scans.js';

/** The courier's waybills as they are compared (R66). TODO: is upper and lower case the same to it? */
export function normalise__Slug__Waybill(raw: string): string {
  return raw.trim();
}

interface Envelope extends RawAnswer {
  readonly success: boolean;
  readonly data: unknown;
}

/** TODO: the one documented success, to the letter: `true`, `"true"` and `1` are three things. Until then nothing is one. */
function isSuccess(_body: Fields): boolean {
  return false;
}

/**
 * What every answer is wrapped in. TODO: the courier's names of code, text and data. Throws CarrierFault: unreadable is
 * `outcome_unknown` after a write and `contract_broken` on a read.
 */
function readEnvelope(response: CarrierResponse, effect: CarrierRequest['effect']): Envelope {
  expectOk(response, effect);
  const body = asFields(parseJson(response.text));
  const rawCode = asText(body?.code, 64);
  if (!body || (!isSuccess(body) && rawCode === '')) {
    const kind = effect === 'write' ? 'outcome_unknown' : 'contract_broken';
    throw new CarrierFault(kind, 'the answer is not what __slug__ documents');
  }
  return { success: isSuccess(body), rawCode, rawText: asText(body.message), data: body.data };
}

/** What a no says of the parcel; null: nobody explained it. Throws CarrierFault for what says nothing of it. */
function meaningOfNo(no: RawAnswer, effect: CarrierRequest['effect'], keys: __Slug__Credentials): Verdict {
  const { rawCode } = no;
  const documented = lookUp(__SLUG___CODES, rawCode)?.means;
  const means = documented ?? taughtMeaning(keys.meanings, rawCode, no.rawText);
  // Not the answer's words: a gateway may quote what we sent.
  return verdictOf(means, effect, `__slug__ answered ${rawCode}`, { rawCode });
}

/** Throws CarrierFault. TODO: the courier's number of the order, where it gives one. */
export function readCreate(response: CarrierResponse, keys: __Slug__Credentials): CreateAnswer {
  const { success, rawCode, rawText } = readEnvelope(response, 'write');
  if (success) return { kind: 'accepted', carrierRef: null, rawCode, rawText };
  return refusedCreate(meaningOfNo({ rawCode, rawText }, 'write', keys), { rawCode, rawText });
}

/** One scan, in the words of the track. Null: its time cannot be read. TODO: the courier's names of the fields. */
export function readScan(fields: Fields, source: Sighting['source']): Sighting | null {
  const at = parseChinaTime(asText(fields.time));
  const rawCode = asText(fields.action, 64);
  const phase = lookUp(SCANS, rawCode)?.phase ?? 'unknown';
  return at && { at, phase, rawCode, text: asText(fields.description), place: asPlace(fields.city), source };
}

/**
 * A track, or the one documented way of saying that there is no scan (R67). Throws CarrierFault. TODO: where the list is,
 * how the courier says "no scan", and whose waybill the answer is about.
 */
export function readTrack(response: CarrierResponse, keys: __Slug__Credentials): TrackAnswer {
  const { success, rawCode, rawText, data } = readEnvelope(response, 'read');
  if (!success) {
    const kind = meaningOfNo({ rawCode, rawText }, 'read', keys) === null ? 'contract_broken' : 'bad_request';
    throw new CarrierFault(kind, `__slug__ did not show the track: ${rawCode}`, { rawCode });
  }
  if (!Array.isArray(data)) throw new CarrierFault('contract_broken', 'the track is not a list');
  const sightings = data.map((item: unknown): Sighting => {
    const fields = asFields(item);
    const sighting = fields && readScan(fields, 'poll');
    if (!sighting) throw new CarrierFault('contract_broken', 'a scan without a readable time');
    return sighting;
  });
  if (sightings.length === 0) throw new CarrierFault('contract_broken', 'how "no scan" is said is not written');
  return { kind: 'found', sightings };
}
