import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCreate } from '../../../domain/carrier/meanings.js';
import type { CarrierResponse, CreateAnswer, TrackAnswer } from '../../../domain/carrier/port.js';
import { parseChinaTime } from '../../../domain/china-time.js';
import type { Sighting } from '../../../domain/tracking/sighting.js';
import { asFields, asPlace, asText, type Fields } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import type { YundaCredentials } from './credentials.js';
import { contradictsItself, readEnvelope, yundaVerdict } from './envelope.js';
import { ACTIONS } from './scans.js';

/** Yunda's waybills as they are compared (R66). */
export function normaliseYundaWaybill(raw: string): string {
  return raw.trim().toUpperCase();
}

/**
 * `result === true` is the only success, as in every client seen; whether the intercept answers so is not documented.
 * A no that says neither code nor reason is no answer. Throws CarrierFault.
 */
export function readCreate(response: CarrierResponse, keys: YundaCredentials): CreateAnswer {
  const envelope = readEnvelope(response, 'write', keys);
  const { rawCode, rawText } = envelope;
  const mute = !envelope.result && rawCode === '' && rawText === '';
  if (mute || contradictsItself(envelope, keys)) {
    throw new CarrierFault('outcome_unknown', `Yunda answered result ${envelope.result} with code ${rawCode}`, {
      rawCode,
    });
  }
  if (envelope.result) return { kind: 'accepted', carrierRef: null, rawCode, rawText };
  return refusedCreate(yundaVerdict(envelope, 'write', keys), { rawCode, rawText });
}

/** A step of the track, or the content of a push: the same words. Null: its time cannot be read. */
export function readStep(fields: Fields, source: Sighting['source']): Sighting | null {
  const at = parseChinaTime(asText(fields.time));
  const rawCode = asText(fields.action, 64);
  return (
    at && {
      at,
      phase: lookUp(ACTIONS, rawCode)?.phase ?? 'unknown',
      rawCode,
      text: asText(fields.description),
      place: asPlace(fields.city, fields.station_name),
      source,
    }
  );
}

function readTrackStep(item: unknown): Sighting {
  const fields = asFields(item);
  const step = fields && readStep(fields, 'poll');
  if (!step) throw new CarrierFault('contract_broken', 'a scan without a readable time');
  return step;
}

/** Yunda says "no data" as `"result":"false"` in the data, and may leave the steps out then. */
function stepsOf(data: Fields): readonly unknown[] {
  if (Array.isArray(data.steps)) return data.steps;
  const none = (data.steps === undefined || data.steps === null) && String(data.result) === 'false';
  if (!none) throw new CarrierFault('contract_broken', 'the track is not a list');
  return [];
}

/** Nothing: "no scan" only where the waybills are subscribed, for Yunda shows no others (R67). */
function nothing(keys: YundaCredentials): TrackAnswer {
  if (keys.tracksSubscribed) return { kind: 'empty' };
  throw new CarrierFault('bad_request', 'an empty track says nothing unless the waybill is subscribed at Yunda');
}

/** Throws CarrierFault. */
export function readTrack(response: CarrierResponse, waybillNo: string, keys: YundaCredentials): TrackAnswer {
  const envelope = readEnvelope(response, 'read', keys);
  const { rawCode } = envelope;
  if (!envelope.result) {
    const verdict = yundaVerdict(envelope, 'read', keys);
    if (verdict === 'not_yet') return nothing(keys);
    // A no that the account knows is about this waybill; the track was not looked at.
    const kind = verdict === null ? 'contract_broken' : 'bad_request';
    throw new CarrierFault(kind, `Yunda did not show the track: ${rawCode}`, { rawCode });
  }
  const data = asFields(envelope.data);
  if (!data) throw new CarrierFault('contract_broken', 'the track is not an object');
  const named = asText(data.mailno);
  if (named && normaliseYundaWaybill(named) !== normaliseYundaWaybill(waybillNo)) {
    throw new CarrierFault('contract_broken', 'the answer is about another waybill');
  }
  const sightings = stepsOf(data).map(readTrackStep);
  return sightings.length > 0 ? { kind: 'found', sightings } : nothing(keys);
}
