import type { Call, Outcome } from '../../frame/twin.js';
import { isRecord, readJsonObject } from '../../frame/wire-json.js';
import type { Answers } from './answers.js';
import type { StoOptions } from './options.js';
import { sameDigest, stoDigest } from './sign.js';

/** The one address of all services. */
const PATH = '/gateway/link.do';

/** STO's services by `api_name`, and whom each is addressed to (`to_appkey` and `to_code`, the same text). */
export const SERVICES = {
  INTERCEPT_CREATE_STANDARD: 'reverse-center',
  INTERCEPT_DEL_STANDARD: 'reverse-center',
  STO_TRACE_QUERY_COMMON: 'sto_trace_query',
  STO_TRACE_PLATFORM_SUBSCRIBE: 'sto_trace_platform',
} as const satisfies Record<string, string>;
export type Service = keyof typeof SERVICES;

const FIELDS = ['content', 'data_digest', 'api_name', 'from_appkey', 'from_code', 'to_appkey', 'to_code'] as const;

/** A call that passed the gateway: a whole form, signed by our app, its content a JSON object. */
export interface Signed {
  readonly call: Call;
  readonly service: Service;
  readonly content: Readonly<Record<string, unknown>>;
}

/** The service a call names; undefined: none of ours. */
export function serviceOf(call: Pick<Call, 'raw'>): Service | undefined {
  const named = new URLSearchParams(call.raw.toString('utf8')).get('api_name');
  return (Object.keys(SERVICES) as Service[]).find((service) => service === named);
}

/** What a call is about, read leniently. */
export function subjectOf(call: Call): string | undefined {
  const content = readJsonObject(new URLSearchParams(call.raw.toString('utf8')).get('content') ?? '') ?? {};
  const [first] = waybillsOf(content);
  return first;
}

/** The waybills of a content, of whichever service. */
export function waybillsOf(content: Readonly<Record<string, unknown>>): readonly string[] {
  const { waybillNo, waybillNoList, subscribeInfoList } = content;
  const listed = Array.isArray(waybillNoList) ? waybillNoList : [];
  const subscribed = Array.isArray(subscribeInfoList) ? subscribeInfoList.filter(isRecord) : [];
  const all = [waybillNo, ...listed, ...subscribed.map((one) => one.waybillNo)];
  return all.filter((one): one is string => typeof one === 'string' && one !== '');
}

/** The gateway's checks in order: address, form, app, digest, service, content. Returns its refusal or the opened call. */
export function passGateway(options: StoOptions, answers: Answers, call: Call): Signed | Outcome {
  if (call.path !== PATH) return { ...answers.gatewayNo('TWIN_NO_API', 'bad_request'), status: 404 };
  const form = call.method === 'POST' ? readForm(call) : undefined;
  if (form === undefined) return answers.gatewayNo('TWIN_FORM', 'bad_request');
  if (form.from_appkey !== options['app-key'] || form.from_code !== options['from-code']) {
    return answers.gatewayNo('TWIN_APP', 'bad_signature');
  }
  if (!sameDigest(form.data_digest, stoDigest(form.content, options['app-secret']))) {
    return answers.gatewayNo('TWIN_SIGN', 'bad_signature');
  }
  const service = serviceOf(call);
  if (service === undefined || form.to_appkey !== SERVICES[service] || form.to_code !== SERVICES[service]) {
    return answers.gatewayNo('TWIN_NO_API', 'bad_request');
  }
  const content = readJsonObject(form.content);
  return content === undefined ? answers.gatewayNo('TWIN_CONTENT', 'bad_request') : { call, service, content };
}

/** The seven fields, each once and no others. */
function readForm({ headers, raw }: Call): Readonly<Record<(typeof FIELDS)[number], string>> | undefined {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return undefined;
  const form = new URLSearchParams(raw.toString('utf8'));
  const whole = form.size === FIELDS.length && FIELDS.every((name) => form.has(name));
  if (!whole) return undefined;
  const value = (name: (typeof FIELDS)[number]) => form.get(name) ?? '';
  return {
    content: value('content'),
    data_digest: value('data_digest'),
    api_name: value('api_name'),
    from_appkey: value('from_appkey'),
    from_code: value('from_code'),
    to_appkey: value('to_appkey'),
    to_code: value('to_code'),
  };
}
