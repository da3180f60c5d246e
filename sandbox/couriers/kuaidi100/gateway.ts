import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { readJsonObject, writeWireJson } from '../../frame/wire-json.js';
import { TWIN_CODES, type TwinCode } from './codes.js';
import type { Kuaidi100Options } from './options.js';
import { callSign, sameSign } from './sign.js';

export const ENDPOINT = 'label/order';
const METHOD = 'interceptOrder';

/** A call that passed the gateway: signed with our key, its param a JSON object. */
export interface Signed {
  readonly call: Call;
  readonly param: Readonly<Record<string, unknown>>;
}

export type Line = Omit<CallLine, 'verdict'>;

/** The parameters of a call, each with all its values: of a GET the query, of a POST the form. */
function parametersOf(call: Call): URLSearchParams {
  return call.method === 'GET' ? call.query : new URLSearchParams(call.raw.toString('utf8'));
}

function isForm(call: Call): boolean {
  const type = String(call.headers['content-type'] ?? '').split(';')[0];
  return call.method === 'GET' || (call.method === 'POST' && type?.trim().toLowerCase() === FORM);
}
const FORM = 'application/x-www-form-urlencoded';

/** The interface is named in the address or among the form fields; where it is in both, both say the same. */
function namesMethod(call: Call, given: URLSearchParams): boolean {
  const names = [...call.query.getAll('method'), ...given.getAll('method')];
  return names.length > 0 && names.every((name) => name === METHOD);
}

/** The gateway's checks in order: form, method, fields, key, sign, JSON. Returns its refusal or the opened call. */
export function passGateway(options: Kuaidi100Options, call: Call): Signed | Outcome {
  const given = parametersOf(call);
  if (!isForm(call) || !namesMethod(call, given)) return refusal('body', call, 'bad_request');
  const [key, t, sign, text] = ['key', 't', 'sign', 'param'].map((name) => {
    const values = given.getAll(name);
    return values.length === 1 ? values[0] : undefined;
  });
  if (key === undefined || sign === undefined || text === undefined || !/^\d{13}$/.test(t ?? '')) {
    return refusal('body', call, 'bad_request');
  }
  if (key !== options['app-key']) return refusal('key', call, 'bad_signature');
  if (!sameSign(sign, callSign(text, t ?? '', key, options['app-secret']))) {
    return refusal('sign', call, 'bad_signature');
  }
  const param = readJsonObject(text);
  return param === undefined ? refusal('body', call, 'bad_request') : { call, param };
}

/** What a call is about, read leniently. */
export function waybillOf(call: Call): string | undefined {
  const param = readJsonObject(parametersOf(call).get('param') ?? '') ?? {};
  return textField(param, 'kuaidinum') || undefined;
}

/** A no of the twin's own. */
export function refusal(name: TwinCode, { at }: Call, verdict: CallLine['verdict'], line: Line = {}): Outcome {
  const { code, text } = TWIN_CODES[name];
  return answer(code, text, at, { ...line, verdict, code: String(code) });
}

/** A no with a scripted code: a number where it is one. */
export function scriptedRefusal(code: string, { at }: Call, line: Line): Outcome {
  const written = /^[1-9]\d{0,14}$/.test(code) ? Number(code) : code;
  return answer(written, '模拟：业务处理失败', at, { ...line, verdict: 'refused', code });
}

/** A yes: what its data holds is not documented. */
export function done({ at }: Call, line: CallLine): Outcome {
  return answer(200, '提交成功', at, { ...line, code: '200' });
}

function answer(code: number | string, message: string, time: number, line: CallLine): Outcome {
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=UTF-8' },
    body: writeWireJson({ code, message, data: null, time }),
    line,
  };
}

export function textField(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
