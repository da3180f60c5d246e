import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCancel, refusedCreate } from '../../../domain/carrier/meanings.js';
import type { CancelAnswer, CarrierResponse, CreateAnswer, TrackAnswer } from '../../../domain/carrier/port.js';
import { parseChinaTime } from '../../../domain/china-time.js';
import type { Sighting } from '../../../domain/tracking/sighting.js';
import { asFields, asPlace, asText, type Fields } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import type { StoCredentials } from './credentials.js';
import { readStoAnswer, stoVerdict } from './envelope.js';
import { SCAN_TYPES } from './scans.js';

/** STO's waybills as they are compared (R66). */
export function normaliseStoWaybill(raw: string): string {
  return raw.trim().toUpperCase();
}

/** `success` "true" is the only success; STO gives no number that is known. Throws CarrierFault. */
export function readCreate(response: CarrierResponse, keys: StoCredentials): CreateAnswer {
  const answer = readStoAnswer(response, 'write', keys);
  const { rawCode, rawText } = answer;
  if (answer.success) return { kind: 'accepted', carrierRef: null, rawCode, rawText };
  return refusedCreate(stoVerdict(answer, 'write', keys), { rawCode, rawText });
}

/** Throws CarrierFault; an answer that cannot be trusted is `outcome_unknown`. */
export function readCancel(response: CarrierResponse, keys: StoCredentials): CancelAnswer {
  const answer = readStoAnswer(response, 'write', keys);
  const { rawCode, rawText } = answer;
  if (answer.success) return { kind: 'cancelled', rawCode, rawText };
  return refusedCancel(stoVerdict(answer, 'write', keys), { rawCode, rawText });
}

/** One scan, as the track query and a push write it. Null: its time cannot be read. */
export function readStoScan(fields: Fields, source: Sighting['source']): Sighting | null {
  const at = parseChinaTime(asText(fields.opTime));
  const rawCode = asText(fields.scanType, 64);
  return (
    at && {
      at,
      phase: lookUp(SCAN_TYPES, rawCode)?.phase ?? 'unknown',
      rawCode,
      text: asText(fields.memo) || asText(fields.issueName),
      place: asPlace(fields.opOrgCityName, fields.opOrgName),
      source,
    }
  );
}

function isOther(named: string, waybillNo: string): boolean {
  return normaliseStoWaybill(named) !== normaliseStoWaybill(waybillNo);
}

function readRoute(item: unknown, waybillNo: string): Sighting {
  const fields = asFields(item);
  const scan = fields && readStoScan(fields, 'poll');
  if (!scan) throw new CarrierFault('contract_broken', 'a scan without a readable time');
  const named = asText(fields.waybillNo);
  if (named && isOther(named, waybillNo)) {
    throw new CarrierFault('contract_broken', 'the answer is about another waybill');
  }
  return scan;
}

/** The routes of our waybill in `data: {"<waybillNo>": [route, …]}`; null: it names no waybill at all. */
function routesOf(data: unknown, waybillNo: string): readonly unknown[] | null {
  if (data === undefined || data === null) return null;
  const fields = asFields(data);
  if (!fields) throw new CarrierFault('contract_broken', 'the track is not an object');
  const [found, ...more] = Object.entries(fields);
  if (found === undefined) return null;
  if (more.length > 0 || isOther(found[0], waybillNo)) {
    throw new CarrierFault('contract_broken', 'the answer is about another waybill');
  }
  if (!Array.isArray(found[1])) throw new CarrierFault('contract_broken', 'the track is not a list');
  return found[1];
}

/** A list of scans; an empty one for our waybill says that there is none (R67). Throws CarrierFault. */
export function readTrack(response: CarrierResponse, waybillNo: string, keys: StoCredentials): TrackAnswer {
  const answer = readStoAnswer(response, 'read', keys);
  const { rawCode } = answer;
  if (!answer.success) {
    const verdict = stoVerdict(answer, 'read', keys);
    if (verdict === 'not_yet') return { kind: 'empty' };
    // A no that the account knows is about this waybill; the track was not looked at.
    const kind = verdict === null ? 'contract_broken' : 'bad_request';
    throw new CarrierFault(kind, `STO did not show the track: ${rawCode}`, { rawCode });
  }
  if (!answer.payload) throw new CarrierFault('contract_broken', 'a track in XML, the form of which is not known');
  const routes = routesOf(answer.payload.data, waybillNo);
  if (routes === null && !keys.noTraceWhenAbsent) {
    throw new CarrierFault('contract_broken', 'the answer does not name the waybill');
  }
  const sightings = (routes ?? []).map((route) => readRoute(route, waybillNo));
  return sightings.length > 0 ? { kind: 'found', sightings } : { kind: 'empty' };
}
