import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCancel, refusedCreate } from '../../../domain/carrier/meanings.js';
import type { CancelAnswer, CarrierResponse, CreateAnswer, TrackAnswer } from '../../../domain/carrier/port.js';
import { parseChinaTime } from '../../../domain/china-time.js';
import type { Sighting } from '../../../domain/tracking/sighting.js';
import { asFields, asPlace, asText, type Fields } from '../json-fields.js';
import type { SfCredentials } from './credentials.js';
import { readSaid } from './envelope.js';
import { phaseOf } from './scans.js';

/** SF's waybills as they are compared (R66). */
export function normaliseSfWaybill(raw: string): string {
  return raw.trim().toUpperCase();
}

/** `amount` as fen; null: the account does not know its unit, or it is no amount in that unit. */
export function feeOf(amount: unknown, unit: SfCredentials['amountUnit']): number | null {
  const text = asText(amount, 32);
  if (unit === 'fen') return /^\d{1,9}$/.test(text) ? Number(text) : null;
  const [, whole = '', part = ''] = (unit === 'yuan' && /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text)) || [];
  return whole === '' ? null : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** A plain success has no `msgData`; the ones with a fee carry `{cusId, amount, …}`. Throws CarrierFault. */
export function readCreate(response: CarrierResponse, keys: SfCredentials): CreateAnswer {
  const { rawCode, rawText, ...said } = readSaid(response, 'write', keys);
  if (!said.done) return refusedCreate(said.verdict, { rawCode, rawText });
  const order = asFields(said.msgData);
  const feeFen = feeOf(order?.amount, keys.amountUnit);
  const carrierRef = asText(order?.cusId, 191) || null;
  return { kind: 'accepted', carrierRef, ...(feeFen === null ? {} : { feeFen }), rawCode, rawText };
}

/** Throws CarrierFault; an answer that cannot be trusted is `outcome_unknown`. */
export function readCancel(response: CarrierResponse, keys: SfCredentials): CancelAnswer {
  const { rawCode, rawText, ...said } = readSaid(response, 'write', keys);
  return said.done ? { kind: 'cancelled', rawCode, rawText } : refusedCancel(said.verdict, { rawCode, rawText });
}

/** A route of the query or of the push: the same words. Null: its time cannot be read. */
export function readRoute(fields: Fields, source: Sighting['source'], keys: SfCredentials): Sighting | null {
  const at = parseChinaTime(asText(fields.acceptTime));
  // The Chinese page of the query writes opCode, the English one opcode.
  const rawCode = asText(fields.opCode ?? fields.opcode, 64);
  const [text, place] = [asText(fields.remark), asPlace(fields.acceptAddress)];
  return at && { at, phase: phaseOf(rawCode, keys.returnCodes), rawCode, text, place, source };
}

function readPolled(item: unknown, keys: SfCredentials): Sighting {
  const fields = asFields(item);
  const route = fields && readRoute(fields, 'poll', keys);
  if (!route) throw new CarrierFault('contract_broken', 'a scan without a readable time');
  return route;
}

/** The routes of one waybill in `{"routeResps":[{"mailNo":"…","routes":[…],"reasonCode":[]}]}`. Throws CarrierFault. */
function routesOf(msgData: unknown, waybillNo: string): readonly unknown[] {
  const answers = asFields(msgData)?.routeResps;
  if (!Array.isArray(answers)) throw new CarrierFault('contract_broken', 'the track is not a list');
  const isOurs = (one: Fields | null): one is Fields =>
    one !== null && normaliseSfWaybill(asText(one.mailNo)) === normaliseSfWaybill(waybillNo);
  const ours = answers.map((one: unknown) => asFields(one)).find(isOurs);
  if (!ours) throw new CarrierFault('contract_broken', 'the answer is about another waybill');
  if (!Array.isArray(ours.routes)) throw new CarrierFault('contract_broken', 'the routes are not a list');
  const reasons: unknown = ours.reasonCode;
  const explained = Array.isArray(reasons) ? reasons.length > 0 : asText(reasons) !== '';
  // Which reasons there are is not documented: "no scan yet" may be one, a wrong phone another.
  if (ours.routes.length === 0 && explained) {
    throw new CarrierFault('bad_request', 'SF shows no track and gives a reason that is not documented');
  }
  return ours.routes;
}

/** Throws CarrierFault. */
export function readTrack(response: CarrierResponse, waybillNo: string, keys: SfCredentials): TrackAnswer {
  const said = readSaid(response, 'read', keys);
  if (!said.done) {
    if (said.verdict === 'not_yet') return { kind: 'empty' };
    // A no that is explained is about this waybill; the track was not looked at.
    const kind = said.verdict === null ? 'contract_broken' : 'bad_request';
    throw new CarrierFault(kind, `SF did not show the track: ${said.rawCode}`, { rawCode: said.rawCode });
  }
  const sightings = routesOf(said.msgData, waybillNo).map((item) => readPolled(item, keys));
  return sightings.length > 0 ? { kind: 'found', sightings } : { kind: 'empty' };
}
