import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCreate } from '../../../domain/carrier/meanings.js';
import type { CarrierResponse, CreateAnswer, RawAnswer, TrackAnswer } from '../../../domain/carrier/port.js';
import { asFields, asText, type Fields } from '../json-fields.js';
import { gatewayVerdict, jdVerdict, notDocumented, readAnswer, refusedLook } from './answers.js';
import { JOS_CODES } from './codes.js';
import type { JdCredentials } from './credentials.js';
import { josPhase } from './scans.js';
import { readScans } from './sightings.js';

/** The code of a success, in an order and in a look alike. */
const DONE = 100;

/** What a method's answer is wrapped in; "responce" is JD's own spelling. */
function unwrap(body: Fields, method: string, inner: string): Fields | null {
  return asFields(asFields(body[`${method}_responce`])?.[inner]);
}

/** `{"…_responce":{"resultInfo":{"stateCode":100,"stateMessage":"…"}}}` */
function readResult(body: Fields): (RawAnswer & { readonly stateCode: number }) | null {
  const info = unwrap(body, 'jingdong_ldop_receive_order_intercept', 'resultInfo');
  const stateCode = info?.stateCode;
  if (!info || typeof stateCode !== 'number') return null;
  return { stateCode, rawCode: `stateCode ${stateCode}`, rawText: asText(info.stateMessage) };
}

/**
 * `stateCode === 100` is the only success: JD sent the order to stop the parcel, or to cancel it where it was not picked
 * up, and does not say which. Every other number is a failure. Throws CarrierFault.
 */
export function readJosCreate(response: CarrierResponse, keys: JdCredentials): CreateAnswer {
  const answer = readAnswer(response, 'write', keys, readResult);
  if (answer.shape === 'other') throw notDocumented('the answer is none that JD documents');
  const { rawCode, rawText } = answer;
  const raw = { rawCode, rawText };
  if (answer.shape === 'gateway') return refusedCreate(gatewayVerdict(raw, keys), raw);
  if (answer.stateCode === DONE) return { kind: 'accepted', carrierRef: null, ...raw };
  return refusedCreate(jdVerdict(raw, JOS_CODES, 'write', keys), raw);
}

/** `{"…_responce":{"querytrace_result":{"code":100,"messsage":"…","data":[…]}}}`; "messsage" is JD's own spelling. */
function readLook(body: Fields): (RawAnswer & { readonly data: unknown }) | null {
  const result = unwrap(body, 'jingdong_ldop_receive_trace_get', 'querytrace_result');
  if (!result || typeof result.code !== 'number') return null;
  return { rawCode: String(result.code), rawText: asText(result.messsage), data: result.data };
}

/** Throws CarrierFault. */
export function readJosTrack(response: CarrierResponse, waybillNo: string, keys: JdCredentials): TrackAnswer {
  const answer = readAnswer(response, 'read', keys, readLook);
  if (answer.shape === 'other') throw new CarrierFault('contract_broken', 'the answer is none that JD documents');
  if (answer.shape === 'gateway' || answer.rawCode !== String(DONE)) return refusedLook(answer, keys);
  return readScans(answer.data, 'opeTime', waybillNo, (fields) => {
    const title = asText(fields.opeTitle, 64);
    return { phase: josPhase(title, keys.scanPhases), rawCode: title, text: asText(fields.opeRemark) || title };
  });
}
