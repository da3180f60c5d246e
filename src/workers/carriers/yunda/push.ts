import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierPush, PushAck, RawPush } from '../../../domain/carrier/port.js';
import { asFields, asText, type Fields, parseJson } from '../json-fields.js';
import { sameDigest } from '../same-digest.js';
import type { YundaCredentials } from './credentials.js';
import { normaliseYundaWaybill, readStep } from './responses.js';
import { signYunda } from './sign.js';

/** `{"data":"<JSON as text>","appKey":"…","sign":"…"}`: one sample, on the page of the query. */
function open(body: Uint8Array): Fields | null {
  return asFields(parseJson(Buffer.from(body).toString('utf8')));
}

/**
 * Not documented: taken to be signed as requests are, `md5(data + "_" + appSecret)`. If that is wrong, genuine pushes are
 * turned away and the track is polled; a push that passes was made with the secret.
 */
export function verifyYundaPush(push: RawPush, keys: YundaCredentials): boolean {
  const fields = open(push.body);
  if (typeof fields?.data !== 'string' || typeof fields.sign !== 'string') return false;
  return sameDigest(fields.sign.toLowerCase(), signYunda(fields.data, keys.appSecret));
}

/** The content of a push, read as a step of the track. Throws CarrierFault('contract_broken'). */
export function readYundaPush(push: Pick<RawPush, 'body'>): readonly CarrierPush[] {
  const fields = asFields(parseJson(asText(open(push.body)?.data, Number.MAX_SAFE_INTEGER)));
  const waybillNo = normaliseYundaWaybill(asText(fields?.mailno, 64));
  const sighting = fields && readStep(fields, 'push');
  if (!waybillNo || !sighting) throw new CarrierFault('contract_broken', 'a push without waybill or time');
  return [{ waybillNo, sighting, status: null }];
}

const ACKS = {
  stored: { status: 200, result: true, code: '0', message: 'stored' },
  bad_signature: { status: 401, result: false, code: '1', message: 'sign does not match' },
  overloaded: { status: 503, result: false, code: '1', message: 'not stored, push again' },
} as const;

/** Not documented: Yunda's own envelope, as its answers have it. */
export function ackYundaPush(outcome: keyof typeof ACKS): PushAck {
  const { status, ...body } = ACKS[outcome];
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
