import { createHash, randomUUID } from 'node:crypto';
import { SF_VALUES } from '../../../sandbox/couriers/sf/options.js';
import { SfTwin } from '../../../sandbox/couriers/sf/sf.js';
import { type HttpAnswer, http, type Json, type StartOptions, start, type TwinUnderTest } from './running-twins.js';

export const SF_KEYS = {
  partnerId: 'DEMOPARTNER',
  checkWord: 'sf-check-word-demo',
  monthlyCard: '7550001234',
} as const;
export const SF_SERVICE = 'std/service';
export const INTERCEPT = 'EXP_RECE_WANTED_INTERCEPT';
export const ROUTES = 'EXP_RECE_SEARCH_ROUTES';

export async function startSf(options: StartOptions = {}): Promise<TwinUnderTest> {
  const { partnerId, checkWord, monthlyCard } = SF_KEYS;
  const keys = { 'app-key': partnerId, 'app-secret': checkWord, 'monthly-card': monthlyCard };
  const values = SF_VALUES.parse({ ...keys, ...options.own });
  return start((context) => new SfTwin(context, values), options);
}

/** What a service said inside the envelope; `gateway` is the gateway's own code. */
export interface SfSaid {
  readonly http: number;
  readonly gateway: string;
  readonly success?: boolean;
  readonly errorCode?: string;
  readonly msgData?: Json | null;
}

/** The digest of a text that Java and JavaScript url-encode alike, as the reference has it. */
function digestOf(text: string): string {
  return createHash('md5').update(encodeURIComponent(text).replaceAll('%20', '+')).digest('base64');
}

export function sfForm(
  service: string,
  msgData: unknown,
  change: Readonly<Record<string, string>> = {},
): URLSearchParams {
  const text = typeof msgData === 'string' ? msgData : JSON.stringify(msgData);
  const timestamp = change.timestamp ?? String(Date.now());
  const form = {
    partnerID: SF_KEYS.partnerId,
    requestID: randomUUID(),
    serviceCode: service,
    timestamp,
    msgDigest: digestOf(`${text}${timestamp}${SF_KEYS.checkWord}`),
    msgData: text,
  };
  return new URLSearchParams({ ...form, ...change });
}

export function postForm(baseUrl: string, path: string, form: URLSearchParams | string): Promise<HttpAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
  return http('POST', `${baseUrl}/${path}`, headers, form.toString());
}

/** A call of SF; `change` replaces fields of the form. */
export async function callSf(
  baseUrl: string,
  service: string,
  msgData: unknown,
  change: Readonly<Record<string, string>> = {},
): Promise<SfSaid> {
  return saidIn(await postForm(baseUrl, SF_SERVICE, sfForm(service, msgData, change)));
}

export function saidIn({ status, json }: HttpAnswer): SfSaid {
  const data = json.apiResultData;
  const said: Json = typeof data === 'string' ? JSON.parse(data) : ((data ?? {}) as Json);
  return { http: status, gateway: String(json.apiResultCode), ...said };
}

export function returnOf(waybillNo: string, change: Json = {}): Json {
  return {
    waybillNo,
    serviceCode: '2',
    role: '1',
    payMode: '4',
    monthlyCardNo: SF_KEYS.monthlyCard,
    newDestAddress: { province: '广东省', city: '深圳市', county: '南山区', address: '测试路1号' },
    ...change,
  };
}

export function takeBack(waybillNo: string, cusId: unknown, change: Json = {}): Json {
  return returnOf(waybillNo, { cancel: true, cusId, newDestAddress: undefined, ...change });
}

export function routesOf(waybillNo: string, change: Json = {}): Json {
  const fields = { language: '0', trackingType: '1', trackingNumber: [waybillNo], methodType: '1' };
  return { ...fields, checkPhoneNo: '1234', ...change };
}
