import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { readJsonObject, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import { textOf } from './codes.js';
import type { ZtoOptions } from './options.js';
import { sameDigest, ztoDigest } from './sign.js';

/** A call that passed the gateway: signed by our app, JSON. */
export interface Signed {
  readonly call: Call;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The gateway's checks in order: content type, app, timestamp, sign, JSON. Returns its refusal or the opened call. */
export function passGateway(options: ZtoOptions, call: Call): Signed | Outcome {
  const type = headerOf(call, 'content-type').split(';')[0]?.trim().toLowerCase();
  if (call.method !== 'POST' || type !== 'application/json') return gatewayNo('PARAM_ERROR', 'bad_request');
  const appKey = headerOf(call, 'x-companyid') || headerOf(call, 'x-appkey');
  if (appKey !== options['app-key']) return gatewayNo('S210', 'bad_signature');
  const timestamp = headerOf(call, 'x-timestamp');
  if (options.timestamp && !/^\d{13}$/.test(timestamp)) return gatewayNo('S214', 'bad_signature');
  const given = headerOf(call, 'x-datadigest');
  const forbidden = !options.timestamp && timestamp !== '';
  if (forbidden || !sameDigest(given, ztoDigest(digestSetup(options), call.raw, timestamp))) {
    return gatewayNo('S211', 'bad_signature');
  }
  const fields = readJsonObject(call.raw.toString('utf8'));
  return fields === undefined ? gatewayNo('PARAM_ERROR', 'bad_request') : { call, fields };
}

/** A refusal of the gateway: payload key `result`, null. */
export function gatewayNo(code: string, verdict: CallLine['verdict'], message = textOf(code)): Outcome {
  return answer({ status: false, statusCode: code, message, result: null }, { verdict, code });
}

/** `XX不能为空` for the first of these fields that is missing or empty. */
export function missingField(
  fields: Readonly<Record<string, unknown>>,
  wanted: readonly string[],
): Outcome | undefined {
  const missing = wanted.find((name) => fields[name] === undefined || fields[name] === null || fields[name] === '');
  return missing === undefined ? undefined : gatewayNo('S208', 'bad_request', `${missing}不能为空`);
}

/** Any answer of ZTO: HTTP 200 whatever it says. */
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

function digestSetup(options: ZtoOptions) {
  const { digest, 'digest-base64': base64, 'app-secret': appSecret, 'hmac-key': hmacKey } = options;
  return { digest, base64, appSecret, hmacKey };
}

function headerOf(call: Call, name: string): string {
  const value = call.headers[name];
  return typeof value === 'string' ? value : '';
}
