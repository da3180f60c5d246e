import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierPush, PushAck, RawPush } from '../../../domain/carrier/port.js';
import { parseChinaTime } from '../../../domain/china-time.js';
import { asFields, asText, type Fields, parseJson } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import { sameDigest } from '../same-digest.js';
import type { JtexpressCredentials } from './credentials.js';
import { normaliseJtexpressWaybill, readScan } from './responses.js';
import { signJtexpress } from './sign.js';

/** The content of a push: in a form like our requests, or as the whole body. A second form field could hide the signed one. */
function contentOf(body: Uint8Array): string | null {
  const text = Buffer.from(body).toString('utf8');
  if (/^\s*\{/.test(text)) return text;
  const values = new URLSearchParams(text).getAll('bizContent');
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** How J&T signs its pushes is not documented: the account says what to go by, and without that none is believed. */
export function verifyJtexpressPush(push: RawPush, keys: JtexpressCredentials): boolean {
  const { verifiedBy, token } = keys.callbacks;
  const content = contentOf(push.body);
  if (content === null) return false;
  if (verifiedBy === 'signature') {
    return sameDigest(push.headers.digest ?? '', signJtexpress(content, keys.privateKey));
  }
  return verifiedBy === 'token' && token !== undefined && sameDigest(push.query.token ?? '', token);
}

/** 拦截回传. Its fields come from one application; all but waybill and result may be missing. */
function readResult(fields: Fields, waybillNo: string, keys: JtexpressCredentials): CarrierPush {
  const rawCode = asText(fields.interceptResult, 64);
  if (rawCode === '') throw new CarrierFault('contract_broken', 'an intercept result without the result');
  const newNumber = asText(fields.returnMailNo, 64);
  const rawText = newNumber === '' ? '拦截回传' : `拦截回传，退回新单号 ${newNumber}`;
  const kind = lookUp(keys.callbacks.results, rawCode) ?? 'unclear';
  const at = parseChinaTime(asText(fields.feedbackTime));
  const returned = kind === 'returning' && at !== null;
  const sighting = returned
    ? { at, phase: 'returning' as const, rawCode, text: rawText, place: null, source: 'push' as const }
    : null;
  return { waybillNo, sighting, status: { kind, rawCode, rawText } };
}

/** A track: its form is not documented and taken to be that of the query, `{billCode, details: […]}`. */
function readTrackPush(details: readonly unknown[], waybillNo: string, keys: JtexpressCredentials): CarrierPush[] {
  if (details.length === 0) throw new CarrierFault('contract_broken', 'a track push without a scan');
  return details.map((item) => ({ waybillNo, sighting: readScan(item, 'push', keys), status: null }));
}

/** A verified push, of either kind. Throws CarrierFault('contract_broken'). */
export function readJtexpressPush(push: Pick<RawPush, 'body'>, keys: JtexpressCredentials): readonly CarrierPush[] {
  const fields = asFields(parseJson(contentOf(push.body) ?? ''));
  const waybillNo = normaliseJtexpressWaybill(asText(fields?.mailNo, 64) || asText(fields?.billCode, 64));
  if (!fields || !waybillNo) throw new CarrierFault('contract_broken', 'a push without a waybill');
  if (Array.isArray(fields.details)) return readTrackPush(fields.details, waybillNo, keys);
  if (fields.interceptResult !== undefined) return [readResult(fields, waybillNo, keys)];
  throw new CarrierFault('contract_broken', 'a push that is neither a track nor an intercept result');
}

const NOT_STORED = {
  bad_signature: { status: 401, msg: 'not verified' },
  overloaded: { status: 503, msg: 'not stored, push again' },
} as const;

/** What J&T wants to hear is not documented: the envelope of its own answers, or what the account says. */
export function ackJtexpressPush(outcome: 'stored' | keyof typeof NOT_STORED, keys: JtexpressCredentials): PushAck {
  const contentType = 'application/json; charset=utf-8';
  if (outcome === 'stored') return { status: 200, contentType, body: keys.callbacks.ack };
  const { status, msg } = NOT_STORED[outcome];
  return { status, contentType, body: JSON.stringify({ code: '0', msg, data: null }) };
}
