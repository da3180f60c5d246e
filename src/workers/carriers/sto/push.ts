import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierPush, PushAck, RawPush } from '../../../domain/carrier/port.js';
import { asFields, asText, parseJson } from '../json-fields.js';
import { sameDigest } from '../same-digest.js';
import type { StoCredentials } from './credentials.js';
import { normaliseStoWaybill, readStoScan } from './responses.js';
import { signSto } from './sign.js';

/** Two sources, two forms: a field `content` of a form, or the same message as the whole body. */
type Envelope =
  | { readonly form: 'signed'; readonly content: string; readonly digest: string }
  | { readonly form: 'bare'; readonly content: string };

/** A form field that is there exactly once; a second one could hide behind the one that was signed. */
function single(form: URLSearchParams, name: string): string {
  const values = form.getAll(name);
  return values.length === 1 ? (values[0] ?? '') : '';
}

function open(body: Uint8Array): Envelope {
  const text = Buffer.from(body).toString('utf8');
  // No form that STO sends begins so, and no message begins otherwise.
  if (/^\s*\{/.test(text)) return { form: 'bare', content: text };
  const form = new URLSearchParams(text);
  return { form: 'signed', content: single(form, 'content'), digest: single(form, 'data_digest') };
}

/**
 * Not documented: a form is taken to be signed as requests are, over `content` after url-decoding, to the byte. A bare
 * message carries no signature at all: it is let in only to the address with the account's `pushToken`.
 */
export function verifyStoPush(push: RawPush, keys: StoCredentials): boolean {
  const opened = open(push.body);
  if (opened.form === 'bare') {
    return keys.pushToken !== undefined && sameDigest(push.query.token ?? '', keys.pushToken);
  }
  if (opened.content === '') return false;
  return sameDigest(opened.digest, signSto(opened.content, keys.pushSecretKey ?? keys.secretKey));
}

/**
 * A track push (STO_TRACE_PLATFORM_PUSH): one scan, whatever the form it came in. Its `outBizCode` tells a repeat to
 * receivers that keep one; here a scan is known by its parcel, time and phase, so a repeat changes nothing.
 * Throws CarrierFault('contract_broken').
 */
export function readStoPush(push: Pick<RawPush, 'body'>): readonly CarrierPush[] {
  const message = asFields(parseJson(open(push.body).content));
  const trace = asFields(message?.trace);
  if (!trace) throw new CarrierFault('contract_broken', 'a push that is no track');
  const waybillNo = normaliseStoWaybill(asText(message?.waybillNo, 64));
  const sighting = readStoScan(trace, 'push');
  if (!waybillNo || !sighting) throw new CarrierFault('contract_broken', 'a track push without waybill or time');
  return [{ waybillNo, sighting, status: null }];
}

const ACKS = {
  stored: { status: 200, success: 'true', errorCode: '', errorMsg: '' },
  bad_signature: { status: 401, success: 'false', errorCode: '401', errorMsg: 'data_digest does not match' },
  overloaded: { status: 503, success: 'false', errorCode: '503', errorMsg: 'not stored, push again' },
} as const;

/** STO's acknowledgement: its own three fields, the boolean as text like everywhere at STO. */
export function ackStoPush(outcome: keyof typeof ACKS): PushAck {
  const { status, ...body } = ACKS[outcome];
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
