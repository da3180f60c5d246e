import { CarrierFault } from '../../../domain/carrier/fault.js';
import type { CarrierPush, PushAck, RawPush } from '../../../domain/carrier/port.js';
import { readFlatXml } from '../flat-xml.js';
import { asPlace, asText } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import { sameDigest } from '../same-digest.js';
import type { YtoCredentials } from './credentials.js';
import { normaliseYtoWaybill } from './responses.js';
import { INFO_CONTENTS, parseYtoTime } from './scans.js';
import { signYtoPush } from './sign.js';

/** A form field that is there exactly once; a second one could hide behind the one that was signed. */
function single(body: Uint8Array, name: string): string | null {
  const values = new URLSearchParams(Buffer.from(body).toString('utf8')).getAll(name);
  return values.length === 1 ? (values[0] ?? null) : null;
}

/** `data_digest` over `logistics_interface` as it reads after url-decoding, to the byte. */
export function verifyYtoPush(push: RawPush, keys: YtoCredentials): boolean {
  const message = single(push.body, 'logistics_interface');
  const given = single(push.body, 'data_digest');
  const secret = keys.secrets.track_push ?? keys.appSecret;
  return message !== null && given !== null && sameDigest(given, signYtoPush(message, secret));
}

/** A track push (`<UpdateInfo>` with `infoType` STATUS), the only one whose form is known. Throws CarrierFault('contract_broken'). */
export function readYtoPush(push: Pick<RawPush, 'body'>): readonly CarrierPush[] {
  const fields = readFlatXml(single(push.body, 'logistics_interface') ?? '', 'UpdateInfo');
  if (fields?.get('infoType')?.trim() !== 'STATUS')
    throw new CarrierFault('contract_broken', 'a push that is no track');
  const waybillNo = normaliseYtoWaybill(asText(fields.get('mailNo'), 64));
  const at = parseYtoTime(asText(fields.get('acceptTime')));
  if (!waybillNo || !at) throw new CarrierFault('contract_broken', 'a track push without waybill or time');
  const rawCode = asText(fields.get('infoContent')?.trim(), 64);
  const sighting = {
    at,
    phase: lookUp(INFO_CONTENTS, rawCode)?.phase ?? 'unknown',
    rawCode,
    text: asText(fields.get('remark')),
    place: asPlace(fields.get('city'), fields.get('district'), fields.get('orgName')),
    source: 'push' as const,
  };
  return [{ waybillNo, sighting, status: null }];
}

const ACKS = {
  stored: { status: 200, success: true, reason: '' },
  bad_signature: { status: 401, success: false, reason: 'data_digest does not match' },
  overloaded: { status: 503, success: false, reason: 'not stored, push again' },
} as const;

/** YTO's acknowledgement. `txLogisticID` stays empty: it is known only after the push was read, which the ack precedes. */
export function ackYtoPush(outcome: keyof typeof ACKS): PushAck {
  const { status, success, reason } = ACKS[outcome];
  const body = `<Response><logisticProviderID>YTO</logisticProviderID><txLogisticID></txLogisticID><success>${success}</success><reason>${reason}</reason></Response>`;
  return { status, contentType: 'application/xml; charset=utf-8', body };
}
