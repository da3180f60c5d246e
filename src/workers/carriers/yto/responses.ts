import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCancel, refusedCreate, type Verdict } from '../../../domain/carrier/meanings.js';
import type {
  CancelAnswer,
  CarrierResponse,
  CreateAnswer,
  RawAnswer,
  TrackAnswer,
} from '../../../domain/carrier/port.js';
import type { Sighting } from '../../../domain/tracking/sighting.js';
import { asFields, asPlace, asText } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import { readYtoAnswer, unexplained, ytoVerdict } from './answers.js';
import type { YtoCredentials } from './credentials.js';
import { INFO_CONTENTS, parseYtoTime } from './scans.js';

/** YTO's waybills as they are compared (R66). */
export function normaliseYtoWaybill(raw: string): string {
  return raw.trim().toUpperCase();
}

/** How a write ended: a yes, or a no with what it says of the parcel. Throws CarrierFault. */
function readWrite(response: CarrierResponse, keys: YtoCredentials): { raw: RawAnswer; verdict: Verdict | 'done' } {
  const answer = readYtoAnswer(response, 'write', keys);
  if (answer.shape === 'other') throw new CarrierFault('outcome_unknown', 'the answer is none that YTO documents');
  const { shape, ...raw } = answer;
  if (shape === 'done') return { raw, verdict: 'done' };
  const verdict = ytoVerdict(raw, 'write', keys);
  if (shape === 'gateway' && verdict === null) throw unexplained(raw.rawCode);
  return { raw, verdict };
}

/**
 * `statusCode === 0` is the only success; YTO gives no number of its own. "已有有效拦截件" is `duplicate`: the order stands,
 * whoever placed it, and which it was only the worker knows (R71). Throws CarrierFault.
 */
export function readCreate(response: CarrierResponse, keys: YtoCredentials): CreateAnswer {
  const { raw, verdict } = readWrite(response, keys);
  return verdict === 'done' ? { kind: 'accepted', carrierRef: null, ...raw } : refusedCreate(verdict, raw);
}

/** Throws CarrierFault; an answer that cannot be trusted is `outcome_unknown`. */
export function readCancel(response: CarrierResponse, keys: YtoCredentials): CancelAnswer {
  const { raw, verdict } = readWrite(response, keys);
  return verdict === 'done' ? { kind: 'cancelled', ...raw } : refusedCancel(verdict, raw);
}

function isOther(named: unknown, waybillNo: string): boolean {
  const text = asText(named);
  return text !== '' && normaliseYtoWaybill(text) !== normaliseYtoWaybill(waybillNo);
}

function readScan(item: unknown, waybillNo: string): Sighting {
  const fields = asFields(item);
  const at = parseYtoTime(asText(fields?.upload_Time));
  if (!fields || !at) throw new CarrierFault('contract_broken', 'a scan without a readable time');
  if (isOther(fields.waybill_No, waybillNo)) {
    throw new CarrierFault('contract_broken', 'the answer is about another waybill');
  }
  const rawCode = asText(fields.infoContent, 64);
  return {
    at,
    phase: lookUp(INFO_CONTENTS, rawCode)?.phase ?? 'unknown',
    rawCode,
    text: asText(fields.processInfo),
    place: asPlace(fields.city, fields.district),
    source: 'poll',
  };
}

/** `{"map":{"YT…":[]},"code":"1001","success":"true",…}`: YTO looked, and there is no scan. */
function isEmptyTrack(body: unknown, waybillNo: string): boolean {
  const fields = asFields(body);
  const found = Object.entries(asFields(fields?.map) ?? {});
  const ours = found.every(
    ([named, scans]) => !isOther(named, waybillNo) && Array.isArray(scans) && scans.length === 0,
  );
  return asText(fields?.code) === '1001' && String(fields?.success) === 'true' && ours && found.length > 0;
}

/** A list of scans, or the one documented way of saying that there are none (R67). Throws CarrierFault. */
export function readTrack(response: CarrierResponse, waybillNo: string, keys: YtoCredentials): TrackAnswer {
  const answer = readYtoAnswer(response, 'read', keys);
  if (answer.shape !== 'other') {
    const verdict = ytoVerdict(answer, 'read', keys);
    if (verdict === 'not_yet') return { kind: 'empty' };
    // A documented no is about this waybill; the track was not looked at.
    const kind = verdict === null ? 'contract_broken' : 'bad_request';
    throw new CarrierFault(kind, `YTO did not show the track: ${answer.rawCode}`, { rawCode: answer.rawCode });
  }
  const { body } = answer;
  if (Array.isArray(body) && body.length > 0) {
    return { kind: 'found', sightings: body.map((item: unknown) => readScan(item, waybillNo)) };
  }
  if (isEmptyTrack(body, waybillNo)) return { kind: 'empty' };
  throw new CarrierFault('contract_broken', 'the track is none that YTO documents');
}
