import type { CarrierRequest, InterceptCommand } from '../../../domain/carrier/port.js';
import type { SfCredentials } from './credentials.js';
import type { WholeAddress } from './return-address.js';
import { signSf } from './sign.js';

const SERVICE_PATH = '/std/service';
const TOKEN_PATH = '/oauth2/accessToken';

/** SF's names of its services; all have one address. */
const SF_SERVICES = {
  intercept: 'EXP_RECE_WANTED_INTERCEPT',
  routes: 'EXP_RECE_SEARCH_ROUTES',
} as const;
type Service = (typeof SF_SERVICES)[keyof typeof SF_SERVICES];

/** 退回: back to the sender. */
const RETURN = '2';
/** Payment by a monthly card, which is named then. */
const BY_CARD: ReadonlySet<SfCredentials['payMode']> = new Set(['3', '4']);

/** What differs between two sends of the same content. */
export interface Sending {
  readonly requestId: string;
  readonly nowMs: number;
  /** For `auth: 'token'`; null: the request is signed. */
  readonly token: string | null;
}

function form(
  path: string,
  fields: Readonly<Record<string, string>>,
  effect: CarrierRequest['effect'],
): CarrierRequest {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' };
  return { method: 'POST', path, headers, body: new URLSearchParams(fields).toString(), effect };
}

/** Serialises once and signs exactly that text, which travels as `msgData`. */
function post(
  service: Service,
  effect: CarrierRequest['effect'],
  content: Readonly<Record<string, unknown>>,
  keys: SfCredentials,
  { requestId, nowMs, token }: Sending,
): CarrierRequest {
  const msgData = JSON.stringify(content);
  const timestamp = String(keys.timestampUnit === 's' ? Math.floor(nowMs / 1000) : nowMs);
  const proof =
    token === null ? { msgDigest: signSf(msgData, timestamp, keys.checkWord, keys.rawDigest) } : { accessToken: token };
  const common = { partnerID: keys.partnerId, requestID: requestId, serviceCode: service, timestamp };
  return form(SERVICE_PATH, { ...common, ...proof, msgData }, effect);
}

function order(command: InterceptCommand, keys: SfCredentials): Record<string, unknown> {
  return {
    waybillNo: command.waybillNo,
    serviceCode: RETURN,
    role: keys.role,
    payMode: keys.payMode,
    ...(BY_CARD.has(keys.payMode) ? { monthlyCardNo: keys.monthlyCard } : {}),
  };
}

/** "Turn it around", to this address: SF wants it for a return too. */
export function createRequest(
  command: InterceptCommand,
  to: WholeAddress,
  keys: SfCredentials,
  sending: Sending,
): CarrierRequest {
  const newDestAddress = {
    province: to.province,
    city: to.city,
    county: to.district,
    address: to.detail,
    contact: to.name,
    phone: to.phone,
  };
  return post(SF_SERVICES.intercept, 'write', { ...order(command, keys), newDestAddress }, keys, sending);
}

/** "Let it travel on": the same service, with the order's cusId and without an address. */
export function cancelRequest(command: InterceptCommand, keys: SfCredentials, sending: Sending): CarrierRequest {
  const cusId = command.carrierRef ?? undefined;
  return post(SF_SERVICES.intercept, 'write', { ...order(command, keys), cancel: true, cusId }, keys, sending);
}

/** "Where is it?", by waybill. `phoneTail`: four digits, or null where the account needs none. */
export function trackRequest(
  waybillNo: string,
  phoneTail: string | null,
  keys: SfCredentials,
  sending: Sending,
): CarrierRequest {
  const content = {
    language: '0',
    trackingType: '1',
    trackingNumber: [waybillNo],
    methodType: '1',
    checkPhoneNo: phoneTail ?? undefined,
  };
  return post(SF_SERVICES.routes, 'read', content, keys, sending);
}

/** "Give me a token." A read: whatever comes of it, nothing happened to a parcel. */
export function tokenRequest(keys: SfCredentials): CarrierRequest {
  const fields = { partnerID: keys.partnerId, secret: keys.checkWord, grantType: 'password' };
  return form(TOKEN_PATH, fields, 'read');
}
