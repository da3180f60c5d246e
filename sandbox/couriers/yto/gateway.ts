import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { isRecord, readJsonObject, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import type { YtoOptions } from './options.js';
import { sameSign, ytoSign } from './sign.js';

/** YTO's names of its interfaces, and whose secret signs each. */
export const METHODS = {
  wanted_report_adapter: 'report-secret',
  wanted_cancel_adapter: 'cancel-secret',
  track_query_adapter: 'track-secret',
  subscribe_adapter: 'subscribe-secret',
} as const satisfies Record<string, keyof YtoOptions>;
export type Method = keyof typeof METHODS;

/** A call that passed the gateway: to an address of ours, signed, its `param` a JSON object. */
export interface Signed {
  readonly call: Call;
  readonly method: Method;
  readonly param: Readonly<Record<string, unknown>>;
}

/** Where an interface is, without the first `/`: the name of the endpoint in faults and in the ledger. */
export function endpointOf(options: YtoOptions, method: Method): string {
  return `open/${method}/${options.version}/${options['app-key']}/${options['customer-code']}`;
}

/** The gateway's checks in order: address, envelope, sign, param. Returns its refusal or the opened call. */
export function passGateway(options: YtoOptions, call: Call): Signed | Outcome {
  const method = methodOf(options, call);
  if (method === undefined) return gatewayNo(404, '接口不存在', 'bad_request', 404);
  const envelope = call.method === 'POST' ? readEnvelope(call) : undefined;
  if (envelope === undefined) return malformed();
  const secret = options[METHODS[method]] ?? options['app-secret'];
  if (!sameSign(envelope.sign, ytoSign(envelope.param, method, options.version, secret))) {
    return gatewayNo(401, '请求加密校验失败', 'bad_signature', options['bad-sign-status']);
  }
  const param = readJsonObject(envelope.param);
  return param === undefined ? malformed() : { call, method, param };
}

function methodOf(options: YtoOptions, call: Call): Method | undefined {
  return (Object.keys(METHODS) as Method[]).find((method) => call.endpoint === endpointOf(options, method));
}

/** `{timestamp, param, sign, format}` and nothing else, as JSON or as the same fields of a form. */
function readEnvelope({ headers, raw }: Call): { param: string; sign: string } | undefined {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const text = raw.toString('utf8');
  const fields =
    type === 'application/x-www-form-urlencoded'
      ? Object.fromEntries(new URLSearchParams(text))
      : type === 'application/json' && readJsonObject(text);
  if (!isRecord(fields)) return undefined;
  const { timestamp, param, sign, format, ...more } = fields;
  const timed = /^\d{13}$/.test(String(timestamp));
  if (!timed || format !== 'JSON' || typeof param !== 'string' || typeof sign !== 'string') return undefined;
  return Object.keys(more).length > 0 ? undefined : { param, sign };
}

/** `{"success":false,"code":…,"reason":"…"}`. */
export function gatewayNo(code: number, reason: string, verdict: CallLine['verdict'], status = 200): Outcome {
  return { ...answer({ success: false, code, reason }, { verdict, code: String(code) }), status };
}

function malformed(): Outcome {
  return gatewayNo(200017004, '报文不合法', 'bad_request');
}

/** 入参不规范, if one of these fields is missing, empty or not a text. */
export function missingField(param: Readonly<Record<string, unknown>>, wanted: readonly string[]): Outcome | undefined {
  const missing = wanted.some((name) => textField(param, name).trim() === '');
  return missing ? gatewayNo(200010003, '入参不规范', 'bad_request') : undefined;
}

/** Any answer of YTO that is no error of the gateway. */
export function answer(body: WireValue, line: CallLine): Outcome {
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: writeWireJson(body),
    line,
  };
}

export function textField(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

export function withLine(outcome: Outcome, line: Omit<CallLine, 'verdict'>): Outcome {
  return { ...outcome, line: { ...line, ...outcome.line } };
}
