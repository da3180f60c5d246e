import { CarrierFault } from '../../../domain/carrier/fault.js';
import type {
  CancelAnswer,
  CarrierResponse,
  CreateAnswer,
  StatusAnswer,
  TrackAnswer,
} from '../../../domain/carrier/port.js';
import type { Sighting } from '../../../domain/tracking/sighting.js';
import { lookUp } from '../look-up.js';
import { ZTO_CODES } from './codes.js';
import type { ZtoCredentials } from './credentials.js';
import { asFields, asPlace, asText, type Envelope, type Fields, readEnvelope, verdictOf } from './envelope.js';
import { SCAN_TYPES, STATUS_WORDS } from './scans.js';

/** ZTO's waybills as they are compared (R66). */
export function normaliseZtoWaybill(raw: string): string {
  return raw.trim().toUpperCase();
}

/** 2001 in ms: a smaller number is no time in ms. */
const FIRST_MS = 1_000_000_000_000;

function raw({ rawCode, rawText }: Envelope): { rawCode: string; rawText: string } {
  return { rawCode, rawText };
}

/**
 * `status: true` is the only success. Beside a documented failure code it contradicts itself, and a code that is not of
 * the business family (E…) may come from the gateway and says nothing of the backend: both leave the outcome open.
 */
function refuseUnclear(envelope: Envelope): void {
  const { status, rawCode } = envelope;
  const documented = lookUp(ZTO_CODES, rawCode) !== undefined;
  const clear = status ? !documented : documented || /^E\d+$/.test(rawCode);
  if (!clear)
    throw new CarrierFault('outcome_unknown', `ZTO answered status ${status} with code ${rawCode}`, { rawCode });
}

/** Throws CarrierFault; an answer that cannot be trusted is `outcome_unknown`. */
export function readCreate(response: CarrierResponse): CreateAnswer {
  const envelope = readEnvelope(response, 'write');
  refuseUnclear(envelope);
  if (envelope.status) {
    const carrierRef = asText(asFields(envelope.content)?.centerBizNo, 64);
    return { kind: 'accepted', carrierRef: carrierRef || null, ...raw(envelope) };
  }
  const verdict = verdictOf(envelope, 'write');
  switch (verdict) {
    case 'duplicate':
    case 'already_returning':
    case 'not_yet':
      return { kind: verdict, ...raw(envelope) };
    // Undocumented, or the answer to another question than ours: a no that we cannot explain, never a yes.
    case null:
    case 'cancel_too_late':
    case 'cancel_not_allowed':
      return { kind: 'refused', refusal: 'courier_unknown_code', ...raw(envelope) };
    default:
      return { kind: 'refused', refusal: verdict, ...raw(envelope) };
  }
}

/** Throws CarrierFault; an answer that cannot be trusted is `outcome_unknown`. */
export function readCancel(response: CarrierResponse): CancelAnswer {
  const envelope = readEnvelope(response, 'write');
  refuseUnclear(envelope);
  if (envelope.status) return { kind: 'cancelled', ...raw(envelope) };
  switch (verdictOf(envelope, 'write')) {
    case 'cancel_too_late':
    case 'courier_too_late':
    case 'courier_already_delivered':
      return { kind: 'too_late', ...raw(envelope) };
    default:
      return { kind: 'not_allowed', ...raw(envelope) };
  }
}

function refuseOther(fields: Fields, waybillNo: string): void {
  const named = asText(fields.billCode);
  if (named && normaliseZtoWaybill(named) !== normaliseZtoWaybill(waybillNo)) {
    throw new CarrierFault('contract_broken', 'the answer is about another waybill');
  }
}

/** Only what `keys` says means "no intercept" is `no_record`; whatever is not documented is `unclear`. Throws CarrierFault. */
export function readStatus(response: CarrierResponse, waybillNo: string, keys: ZtoCredentials): StatusAnswer {
  const envelope = readEnvelope(response, 'read');
  if (!envelope.status) {
    if (keys.noInterceptCodes.includes(envelope.rawCode)) return { kind: 'no_record', ...raw(envelope) };
    verdictOf(envelope, 'read');
    return { kind: 'unclear', ...raw(envelope) };
  }
  if (envelope.content === undefined || envelope.content === null) {
    return { kind: keys.noInterceptWhenEmpty ? 'no_record' : 'unclear', ...raw(envelope) };
  }
  const fields = asFields(envelope.content);
  if (!fields) throw new CarrierFault('contract_broken', 'the intercept status is not an object');
  refuseOther(fields, waybillNo);
  const rawCode = asText(fields.status, 64);
  return { kind: lookUp(STATUS_WORDS, rawCode)?.kind ?? 'unclear', rawCode, rawText: asText(fields.statusName) };
}

function readScan(item: unknown, waybillNo: string): Sighting {
  const fields = asFields(item);
  const atMs = Number(asText(fields?.scanDate));
  if (!fields || !Number.isSafeInteger(atMs) || atMs < FIRST_MS) {
    throw new CarrierFault('contract_broken', 'a scan without a readable time');
  }
  refuseOther(fields, waybillNo);
  const site = asFields(fields.scanSite);
  const rawCode = asText(fields.scanType, 64);
  return {
    at: new Date(atMs),
    phase: lookUp(SCAN_TYPES, rawCode)?.phase ?? 'unknown',
    rawCode,
    text: asText(fields.desc),
    place: asPlace(site?.city, site?.name),
    source: 'poll',
  };
}

/** `empty` only for an empty list, or a code that `keys` says means "no trace yet" (R67). Throws CarrierFault. */
export function readTrack(response: CarrierResponse, waybillNo: string, keys: ZtoCredentials): TrackAnswer {
  const envelope = readEnvelope(response, 'read');
  const { rawCode } = envelope;
  if (!envelope.status) {
    if (keys.noTraceCodes.includes(rawCode)) return { kind: 'empty' };
    // A documented no is about our right or our data for this waybill; the track was not looked at.
    const documented = verdictOf(envelope, 'read') !== null;
    throw new CarrierFault(documented ? 'bad_request' : 'contract_broken', `ZTO did not show the track: ${rawCode}`, {
      rawCode,
    });
  }
  if (!Array.isArray(envelope.content)) throw new CarrierFault('contract_broken', 'the track is not a list');
  const sightings = envelope.content.map((item: unknown) => readScan(item, waybillNo));
  return sightings.length > 0 ? { kind: 'found', sightings } : { kind: 'empty' };
}
