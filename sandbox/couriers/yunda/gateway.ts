import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { readJsonObject, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import { type TWIN_CODES, textOf } from './codes.js';
import type { YundaOptions } from './options.js';
import { sameSign, yundaSign } from './sign.js';

/** A call that passed the gateway: signed by our app, JSON. */
export interface Signed {
  readonly call: Call;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type Line = Omit<CallLine, 'verdict'>;

/** The gateway's checks in order: content type, app, sign, JSON. Returns its refusal or the opened call. */
export function passGateway(options: YundaOptions, call: Call): Signed | Outcome {
  const type = headerOf(call, 'content-type').split(';')[0]?.trim().toLowerCase();
  if (call.method !== 'POST' || type !== 'application/json') return gatewayNo('TWIN_BODY', 'bad_request');
  if (headerOf(call, 'app-key') !== options['app-key']) return gatewayNo('TWIN_APP', 'bad_signature');
  if (!/^(\d{10}|\d{13})?$/.test(headerOf(call, 'req-time'))) return gatewayNo('TWIN_BODY', 'bad_request');
  if (!sameSign(headerOf(call, 'sign'), yundaSign(call.raw, options['app-secret']))) {
    return gatewayNo('TWIN_SIGN', 'bad_signature');
  }
  const fields = readJsonObject(call.raw.toString('utf8'));
  return fields === undefined ? gatewayNo('TWIN_BODY', 'bad_request') : { call, fields };
}

export function gatewayNo(code: keyof typeof TWIN_CODES, verdict: CallLine['verdict'], line: Line = {}): Outcome {
  return answer({ result: false, code, message: textOf(code), data: null }, { ...line, verdict, code });
}

/** A business no. */
export function refusal(code: string, line: Line): Outcome {
  return answer({ result: false, code, message: textOf(code), data: null }, { ...line, verdict: 'refused', code });
}

/** A yes, with what it carries. */
export function done(data: WireValue, line: CallLine): Outcome {
  return answer({ result: true, code: '0', message: '请求成功', data }, { ...line, code: '0' });
}

function answer(body: WireValue, line: CallLine): Outcome {
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

function headerOf(call: Call, name: string): string {
  const value = call.headers[name];
  return typeof value === 'string' ? value : '';
}
