import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierPush, PushAck, RawPush } from '../../../domain/carrier/port.js';
import { asFields, asText, type Fields, parseJson } from '../json-fields.js';
import { sameDigest } from '../same-digest.js';
import type { SfCredentials } from './credentials.js';
import { normaliseSfWaybill, readRoute } from './responses.js';
import { signSf } from './sign.js';

/** `{"Body":{"WaybillRoute":[…]}}`: bare JSON, or as `msgData` of a signed form. Which one it is decides how it is verified. */
type Opened =
  | { readonly form: 'bare'; readonly content: Fields }
  | { readonly form: 'signed'; readonly fields: URLSearchParams };

function open(body: Uint8Array): Opened {
  const text = Buffer.from(body).toString('utf8');
  const content = asFields(parseJson(text));
  return content ? { form: 'bare', content } : { form: 'signed', fields: new URLSearchParams(text) };
}

/** A form field that is there exactly once; a second one could hide behind the one that was signed. */
function single(fields: URLSearchParams, name: string): string | null {
  const values = fields.getAll(name);
  return values.length === 1 ? (values[0] ?? null) : null;
}

function isSigned(fields: URLSearchParams, keys: SfCredentials): boolean {
  const [msgData, timestamp] = [single(fields, 'msgData'), single(fields, 'timestamp')];
  const given = single(fields, 'msgDigest');
  if (msgData === null || timestamp === null || given === null) return false;
  return (
    single(fields, 'partnerID') === keys.partnerId &&
    sameDigest(given, signSf(msgData, timestamp, keys.checkWord, keys.rawDigest))
  );
}

/**
 * A bare push has no signature that anybody documented: whoever knows the secret in the registered address may push, and
 * nobody may while the account has none. A form, which one receiver verifies, must be signed as requests are.
 */
export function verifySfPush(push: RawPush, keys: SfCredentials): boolean {
  const opened = open(push.body);
  if (opened.form === 'signed') return isSigned(opened.fields, keys);
  return keys.pushToken !== undefined && sameDigest(push.query.pushToken ?? '', keys.pushToken);
}

/** A route push with one scan or more. Throws CarrierFault('contract_broken'). */
export function readSfPush(push: Pick<RawPush, 'body'>, keys: SfCredentials): readonly CarrierPush[] {
  const opened = open(push.body);
  const content = opened.form === 'bare' ? opened.content : asFields(parseJson(single(opened.fields, 'msgData') ?? ''));
  const routes = asFields(content?.Body)?.WaybillRoute;
  if (!Array.isArray(routes) || routes.length === 0) {
    throw new CarrierFault('contract_broken', 'a push without routes');
  }
  return routes.map((item: unknown) => {
    const fields = asFields(item);
    const waybillNo = normaliseSfWaybill(asText(fields?.mailno, 64));
    const sighting = fields && readRoute(fields, 'push', keys);
    if (!waybillNo || !sighting) throw new CarrierFault('contract_broken', 'a route without waybill or time');
    return { waybillNo, sighting, status: null };
  });
}

const ACKS = {
  stored: { status: 200, return_code: '0000', return_msg: '成功' },
  bad_signature: { status: 401, return_code: '1000', return_msg: 'pushToken or msgDigest does not match' },
  overloaded: { status: 503, return_code: '1000', return_msg: 'not stored, push again' },
} as const;

/** SF's acknowledgement: `return_code` 0000, and anything else is taken to be pushed again. */
export function ackSfPush(outcome: keyof typeof ACKS): PushAck {
  const { status, ...body } = ACKS[outcome];
  return { status, contentType: 'application/json; charset=utf-8', body: JSON.stringify(body) };
}
