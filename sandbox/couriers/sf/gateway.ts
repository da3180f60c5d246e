import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { isRecord, readJsonObject, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import { type GATEWAY_CODES, type ServiceCode, textOf } from './codes.js';
import type { SfOptions, SfSwitches } from './options.js';
import { sameSign, sfDigest, tokenLives } from './sign.js';

/** The one address of all services. */
export const SERVICE_PATH = '/std/service';
/** What issues tokens; also the name of the endpoint in faults and in the ledger. */
export const TOKEN = 'oauth2/accessToken';
/** The name of the endpoint for taking an order back, which SF has in the service that takes it. */
export const CANCEL = 'cancel/EXP_RECE_WANTED_INTERCEPT';

/** SF's names of its services. */
export const SERVICES = ['EXP_RECE_WANTED_INTERCEPT', 'EXP_RECE_SEARCH_ROUTES', 'EXP_RECE_REGISTER_ROUTE'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** A call that passed the gateway: ours, in time, signed or with a living token. */
export interface Passed {
  readonly call: Call;
  readonly requestId: string;
  readonly service: ServiceName;
  readonly msgData: Readonly<Record<string, unknown>>;
}

/** The service a call names, read leniently: the name of the endpoint in faults and in the ledger. */
export function endpointOf({ raw }: Pick<Call, 'raw'>): string | undefined {
  const form = new URLSearchParams(raw.toString('utf8'));
  const service = SERVICES.find((name) => name === form.get('serviceCode'));
  const cancels = readJsonObject(form.get('msgData') ?? '')?.cancel === true;
  return service === 'EXP_RECE_WANTED_INTERCEPT' && cancels ? CANCEL : service;
}

export type Line = Omit<CallLine, 'verdict'>;

const FIELDS = ['partnerID', 'requestID', 'serviceCode', 'timestamp', 'msgData'] as const;
const PROOFS = ['msgDigest', 'accessToken'] as const;
const TIME = { ms: /^\d{13}$/, s: /^\d{10}$/ } as const;

/** The fields of a form, each of them there once; undefined: it is no such form. */
export function readForm({ method, headers, raw }: Call): Readonly<Record<string, string>> | undefined {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (method !== 'POST' || type !== 'application/x-www-form-urlencoded') return undefined;
  const pairs = [...new URLSearchParams(raw.toString('utf8'))];
  return new Set(pairs.map(([name]) => name)).size === pairs.length ? Object.fromEntries(pairs) : undefined;
}

/** The gateway's checks in order: fields, partner, time, proof, service, msgData. Returns its refusal or the opened call. */
export function passGateway(options: SfOptions, switches: SfSwitches, call: Call): Passed | Outcome {
  const form = readForm(call);
  const { partnerID = '', requestID = '', serviceCode = '', timestamp = '', msgData = '', ...proof } = form ?? {};
  const filled = FIELDS.every((name) => (form?.[name] ?? '') !== '');
  const named = Object.keys(proof);
  const proved = named.length === 1 && PROOFS.some((name) => named[0] === name && proof[name] !== '');
  const line: Line = { requestId: requestID };
  if (!filled || !proved || partnerID.length > 64 || requestID.length > 40) {
    return gatewayNo('A1001', 'bad_request', line);
  }
  if (partnerID !== options['app-key']) return gatewayNo('A1004', 'bad_signature', line);
  if (!isInTime(options, timestamp, call.at)) return gatewayNo('A1002', 'bad_request', line);
  const { 'app-secret': checkWord, 'raw-digest': raw, 'token-life-ms': lifeMs } = options;
  const { msgDigest, accessToken = '' } = proof;
  if (msgDigest !== undefined) {
    const right = sameSign(msgDigest, sfDigest(msgData, timestamp, checkWord, raw));
    if (!right) return gatewayNo('A1006', 'bad_signature', line);
  } else if (!tokenLives(accessToken, switches.values.tokenEpoch, checkWord, call.at, lifeMs)) {
    return gatewayNo('A1011', 'bad_signature', line);
  }
  const service = SERVICES.find((name) => name === serviceCode);
  if (service === undefined) return gatewayNo('A1004', 'bad_request', line);
  const content = readJsonObject(msgData);
  return content === undefined
    ? refusal('S0001', line, 'bad_request')
    : { call, requestId: requestID, service, msgData: content };
}

function isInTime(options: SfOptions, timestamp: string, now: number): boolean {
  const unit = options['timestamp-unit'];
  const at = Number(timestamp) * (unit === 's' ? 1000 : 1);
  return TIME[unit].test(timestamp) && Math.abs(now - at) <= options['timestamp-window-ms'];
}

/** The line of a call that passed: its requestID is used up. */
export function lineOf({ requestId }: Passed, more: Line = {}): Line {
  return { requestId, ...more, facts: { passed: true, ...more.facts } };
}

/** `{"apiErrorMsg":"…","apiResponseID":"…","apiResultCode":"A10…","apiResultData":null}`: nothing was let through. */
export function gatewayNo(code: keyof typeof GATEWAY_CODES, verdict: CallLine['verdict'], line: Line = {}): Outcome {
  return answer(code, null, { ...line, verdict, code });
}

/** A no of the service; a code in the gateway's form, which a script may ask for, is a no of the gateway. */
export function refusal(
  code: ServiceCode | (string & {}),
  line: Line,
  verdict: CallLine['verdict'] = 'refused',
  field = '',
): Outcome {
  if (/^A\d+$/.test(code)) return answer(code, null, { ...line, verdict, code });
  const data = { success: false, errorCode: code, errorMsg: textOf(code, field), msgData: null };
  return answer('A1000', JSON.stringify(data), { ...line, verdict, code });
}

/** A yes of the service, with what it carries. */
export function done(msgData: WireValue, line: CallLine, asObject: boolean): Outcome {
  const data = { success: true, errorCode: 'S0000', errorMsg: null, msgData };
  return answer('A1000', asObject ? data : writeWireJson(data), { ...line, code: 'S0000' });
}

function answer(code: string, data: WireValue, line: CallLine): Outcome {
  const text = code === 'A1000' ? '' : textOf(code);
  const body = { apiErrorMsg: text, apiResponseID: '000180F4C7D8AF3F', apiResultCode: code, apiResultData: data };
  return json(body, line);
}

/** Any JSON answer. */
export function json(body: WireValue, line: CallLine): Outcome {
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: writeWireJson(body),
    line,
  };
}

export function textField(fields: unknown, name: string): string {
  const value = isRecord(fields) ? fields[name] : undefined;
  return typeof value === 'string' ? value : '';
}
