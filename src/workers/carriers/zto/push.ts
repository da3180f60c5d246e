import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierPush, PushAck, RawPush } from '../../../domain/carrier/port.js';
import { parseChinaTime } from '../../../domain/china-time.js';
import { parseLossless } from '../../../domain/lossless.js';
import type { ParcelPhase } from '../../../domain/tracking/sighting.js';
import { lookUp } from '../look-up.js';
import type { ZtoCredentials } from './credentials.js';
import { asFields, asPlace, asText, type Fields } from './envelope.js';
import { normaliseZtoWaybill } from './responses.js';
import { PUSH_ACTIONS } from './scans.js';
import { sameDigest, signZto } from './sign.js';

/** A form field that is there exactly once; a second one could hide behind the one that was signed. */
function single(body: Uint8Array, name: string): string | null {
  const values = new URLSearchParams(Buffer.from(body).toString('utf8')).getAll(name);
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** `data_digest` over `data` as it reads after url-decoding, to the byte: key order differs between pushes. */
export function verifyZtoPush(push: RawPush, keys: ZtoCredentials): boolean {
  const data = single(push.body, 'data');
  const given = single(push.body, 'data_digest');
  return data !== null && given !== null && sameDigest(given, signZto(data, keys.pushDigest, keys));
}

function parse(data: string): Fields | null {
  try {
    return asFields(parseLossless(data));
  } catch {
    return null;
  }
}

function phaseOf(fields: Fields, action: string, keys: ZtoCredentials): ParcelPhase {
  // RETURN_SCAN also tells of a changed address; then the parcel is on its way to somebody, not back.
  const types = [fields.returnType, fields.returnUpdateType].map((value) => asText(value));
  if (action === 'RETURN_SCAN' && types.some((type) => keys.redirectTypes.includes(type))) return 'unknown';
  return lookUp(PUSH_ACTIONS, action)?.phase ?? 'unknown';
}

/** A track push (`msg_type=Traces`), the only one whose form is known. Throws CarrierFault('contract_broken'). */
export function readZtoPush(push: Pick<RawPush, 'body'>, keys: ZtoCredentials): readonly CarrierPush[] {
  if (single(push.body, 'msg_type') !== 'Traces') throw new CarrierFault('contract_broken', 'a push that is no track');
  const fields = parse(single(push.body, 'data') ?? '');
  const waybillNo = normaliseZtoWaybill(asText(fields?.billCode, 64));
  const at = parseChinaTime(asText(fields?.actionTime));
  if (!fields || !waybillNo || !at) throw new CarrierFault('contract_broken', 'a track push without waybill or time');
  const rawCode = asText(fields.action, 64);
  const sighting = {
    at,
    phase: phaseOf(fields, rawCode, keys),
    rawCode,
    text: asText(fields.desc),
    place: asPlace(fields.city, fields.facilityName),
    source: 'push' as const,
  };
  return [{ waybillNo, sighting, status: null }];
}

const ACKS = {
  stored: { status: 200, ok: true, message: 'stored', result: 'success', code: '0' },
  bad_signature: { status: 401, ok: false, message: 'data_digest does not match', result: 'fail', code: '1' },
  overloaded: { status: 503, ok: false, message: 'not stored, push again', result: 'fail', code: '1' },
} as const;

/** ZTO looks at `status` alone, and pushes again (up to 16 times) after false or no answer. */
export function ackZtoPush(outcome: keyof typeof ACKS): PushAck {
  const { status, ok, message, result, code } = ACKS[outcome];
  const body = JSON.stringify({ status: ok, message, result, statusCode: code });
  return { status, contentType: 'application/json; charset=utf-8', body };
}
