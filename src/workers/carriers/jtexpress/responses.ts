import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCreate } from '../../../domain/carrier/meanings.js';
import type { CarrierResponse, CreateAnswer, TrackAnswer } from '../../../domain/carrier/port.js';
import { parseChinaTime } from '../../../domain/china-time.js';
import type { Sighting } from '../../../domain/tracking/sighting.js';
import { asFields, asPlace, asText, type Fields } from '../json-fields.js';
import type { JtexpressCredentials } from './credentials.js';
import { meaningOfNo, readEnvelope } from './envelope.js';
import { phaseOf } from './scans.js';

/** J&T's waybills as they are compared (R66). */
export function normaliseJtexpressWaybill(raw: string): string {
  return raw.trim().toUpperCase();
}

/** Code "1" is the only success; what its `data` holds is not documented and not looked at. Throws CarrierFault. */
export function readCreate(response: CarrierResponse, keys: JtexpressCredentials): CreateAnswer {
  const envelope = readEnvelope(response, 'write', keys);
  const { rawCode, rawText } = envelope;
  if (envelope.success) return { kind: 'accepted', carrierRef: null, rawCode, rawText };
  return refusedCreate(meaningOfNo(envelope, 'write', keys), { rawCode, rawText });
}

/** One scan, the same in a track and in a push. Throws CarrierFault('contract_broken') where its time cannot be read. */
export function readScan(item: unknown, source: Sighting['source'], keys: JtexpressCredentials): Sighting {
  const fields = asFields(item);
  const at = parseChinaTime(asText(fields?.scanTime));
  if (!fields || !at) throw new CarrierFault('contract_broken', 'a scan without a readable time');
  const rawCode = asText(fields.scanType, 64);
  return {
    at,
    phase: phaseOf(rawCode, keys.scanTypes),
    rawCode,
    text: asText(fields.desc),
    place: asPlace(fields.scanNetworkCity, fields.scanNetworkName),
    source,
  };
}

/** The scans of one parcel: `{billCode, details: […]}`. Null: it says nothing of scans. Throws CarrierFault. */
function scansOf(parcel: Fields, waybillNo: string, keys: JtexpressCredentials): readonly Sighting[] | null {
  if (normaliseJtexpressWaybill(asText(parcel.billCode)) !== normaliseJtexpressWaybill(waybillNo)) {
    throw new CarrierFault('contract_broken', 'the answer is about another waybill');
  }
  if (parcel.details === undefined || parcel.details === null) return null;
  if (!Array.isArray(parcel.details)) throw new CarrierFault('contract_broken', 'the scans are not a list');
  return parcel.details.map((item: unknown) => readScan(item, 'poll', keys));
}

/** No track at all: a wrong account, a waybill J&T does not know, or one without a scan (R67). */
function nothing(keys: JtexpressCredentials): TrackAnswer {
  if (keys.emptyTrackIsNoScan) return { kind: 'empty' };
  throw new CarrierFault('bad_request', 'J&T showed no track, and what that means is not documented');
}

/** Throws CarrierFault. */
export function readTrack(response: CarrierResponse, waybillNo: string, keys: JtexpressCredentials): TrackAnswer {
  const envelope = readEnvelope(response, 'read', keys);
  const { rawCode, data } = envelope;
  if (!envelope.success) {
    const verdict = meaningOfNo(envelope, 'read', keys);
    if (verdict === 'not_yet') return { kind: 'empty' };
    // A no that is explained is about this waybill; the track was not looked at.
    const kind = verdict === null ? 'contract_broken' : 'bad_request';
    throw new CarrierFault(kind, `J&T did not show the track: ${rawCode}`, { rawCode });
  }
  if (data === undefined || data === null) return nothing(keys);
  if (!Array.isArray(data)) throw new CarrierFault('contract_broken', 'the track is not a list');
  const [parcel, ...more] = data.map((item: unknown) => asFields(item));
  if (parcel === undefined) return nothing(keys);
  if (parcel === null || more.length > 0) throw new CarrierFault('contract_broken', 'the track is not of one parcel');
  const sightings = scansOf(parcel, waybillNo, keys);
  if (sightings === null) return nothing(keys);
  return sightings.length > 0 ? { kind: 'found', sightings } : { kind: 'empty' };
}
