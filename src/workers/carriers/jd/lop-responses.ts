import { CarrierFault } from '../../../domain/carrier/fault.js';
import { refusedCreate } from '../../../domain/carrier/meanings.js';
import type {
  CarrierRequest,
  CarrierResponse,
  CreateAnswer,
  RawAnswer,
  StatusAnswer,
  TrackAnswer,
} from '../../../domain/carrier/port.js';
import { asFields, asText, type Fields } from '../json-fields.js';
import { lookUp } from '../look-up.js';
import { gatewayVerdict, jdVerdict, notDocumented, readAnswer, refusedLook } from './answers.js';
import { LOP_CODES } from './codes.js';
import type { JdCredentials } from './credentials.js';
import { CATEGORIES, lopPhase } from './scans.js';
import { isOther, readScans } from './sightings.js';

/** `{"code":0,"msg":"…","subMsg":"…","success":true,"requestId":"…","mills":12,"data":…}` */
interface Envelope extends RawAnswer {
  readonly success: boolean;
  readonly data: unknown;
}

/** The one yes, and what contradicts a no. */
const INTERCEPTED = 1;
const CANCELLED = 0;

function readEnvelope({ success, code, msg, subMsg, data }: Fields): Envelope | null {
  if (typeof success !== 'boolean' || typeof code !== 'number') return null;
  const rawText = [msg, subMsg]
    .map((text) => asText(text))
    .filter(Boolean)
    .join(' ');
  return { success, rawCode: String(code), rawText, data };
}

function read(response: CarrierResponse, effect: CarrierRequest['effect'], keys: JdCredentials) {
  return readAnswer(response, effect, keys, readEnvelope);
}

/** A no of the service. One beside a yes, or beside the code of a success, contradicts itself. */
function readNo({ rawCode, rawText, data }: Envelope, keys: JdCredentials): CreateAnswer {
  const resultType = asFields(data)?.resultType;
  if (rawCode === '0' || resultType === INTERCEPTED || resultType === CANCELLED) {
    throw notDocumented('JD said no and yes in one answer', rawCode);
  }
  return refusedCreate(jdVerdict({ rawCode, rawText }, {}, 'write', keys), { rawCode, rawText });
}

/**
 * `success` true, code 0 and a `resultType` of 1 is the only success: JD took the order to intercept, which does not say
 * that the parcel is stopped (status 480 does). 0 is a shipment cancelled before its pick-up (R53). Throws CarrierFault.
 */
export function readLopCreate(response: CarrierResponse, waybillNo: string, keys: JdCredentials): CreateAnswer {
  const answer = read(response, 'write', keys);
  if (answer.shape === 'other') throw notDocumented('the answer is none that JD documents');
  if (answer.shape === 'gateway') {
    const { rawCode, rawText } = answer;
    return refusedCreate(gatewayVerdict(answer, keys), { rawCode, rawText });
  }
  if (!answer.success) return readNo(answer, keys);
  const data = asFields(answer.data);
  const resultType = data?.resultType;
  const raw = { rawCode: `resultType ${resultType}`, rawText: answer.rawText };
  if (answer.rawCode !== '0') throw notDocumented(`JD answered a success with code ${answer.rawCode}`, answer.rawCode);
  if (!data || typeof resultType !== 'number') throw notDocumented('JD answered a success without its kind');
  if (isOther(data.waybillCode, waybillNo)) throw notDocumented('the answer is about another waybill', raw.rawCode);
  if (resultType === INTERCEPTED) return { kind: 'accepted', carrierRef: asText(data.orderCode, 64) || null, ...raw };
  if (!lookUp(LOP_CODES, raw.rawCode)) throw notDocumented(`JD answered ${raw.rawCode}`, raw.rawCode);
  return refusedCreate(jdVerdict(raw, LOP_CODES, 'write', keys), raw);
}

/**
 * The status of the shipment: 480 is a stop that took. Every other says where it is and nothing of an order to stop it,
 * so none proves that there is no such order. Throws CarrierFault.
 */
export function readLopStatus(response: CarrierResponse, waybillNo: string, keys: JdCredentials): StatusAnswer {
  const answer = read(response, 'read', keys);
  if (answer.shape === 'other') throw new CarrierFault('contract_broken', 'the answer is none that JD documents');
  const { rawCode, rawText } = answer;
  if (answer.shape === 'gateway' || !answer.success) {
    jdVerdict(answer, {}, 'read', keys);
    return { kind: 'unclear', rawCode, rawText };
  }
  const data = asFields(answer.data);
  if (!data) throw new CarrierFault('contract_broken', 'the status is not an object');
  if (isOther(data.waybillCode, waybillNo)) {
    throw new CarrierFault('contract_broken', 'the answer is about another waybill');
  }
  const word = asText(data[keys.statusField], 64);
  return { kind: lookUp(CATEGORIES, word)?.kind ?? 'unclear', rawCode: word, rawText };
}

/** Throws CarrierFault. */
export function readLopTrack(response: CarrierResponse, waybillNo: string, keys: JdCredentials): TrackAnswer {
  const answer = read(response, 'read', keys);
  if (answer.shape === 'other') throw new CarrierFault('contract_broken', 'the answer is none that JD documents');
  if (answer.shape === 'gateway' || !answer.success) return refusedLook(answer, keys);
  return readScans(asFields(answer.data)?.traceDetails, 'operationTime', waybillNo, (fields) => {
    const [state, category] = [asText(fields.state, 64), asText(fields.category, 64)];
    return {
      phase: lopPhase(state, category, keys.scanPhases),
      rawCode: state || category,
      text: asText(fields.operationRemark) || asText(fields.operationTitle),
    };
  });
}
