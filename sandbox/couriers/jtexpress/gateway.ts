import type { Call, CallLine, Outcome } from '../../frame/twin.js';
import { readJsonObject, type WireValue, writeWireJson } from '../../frame/wire-json.js';
import { type Code, textOf } from './codes.js';
import type { JtexpressOptions } from './options.js';
import { jtexpressDigest, sameDigest } from './sign.js';

/** A call that passed the gateway: signed by our account, its content a JSON object. */
export interface Signed {
  readonly call: Call;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type Line = Omit<CallLine, 'verdict'>;

/** The gateway's checks in order: form, uuid, account, timestamp, digest, JSON. Returns its refusal or the opened call. */
export function passGateway(options: JtexpressOptions, call: Call): Signed | Outcome {
  const content = call.method === 'POST' ? contentOf(call) : undefined;
  if (content === undefined) return gatewayNo('TWIN_BODY', 'bad_request');
  if (options.uuid !== undefined && call.query.get('uuid') !== options.uuid) {
    return gatewayNo('TWIN_UUID', 'bad_request');
  }
  if (headerOf(call, 'apiaccount') !== options['api-account']) return gatewayNo('TWIN_ACCOUNT', 'bad_signature');
  if (!/^\d{13}$/.test(headerOf(call, 'timestamp'))) return gatewayNo('TWIN_BODY', 'bad_request');
  if (!sameDigest(headerOf(call, 'digest'), jtexpressDigest(content, options['private-key']))) {
    return gatewayNo('TWIN_SIGN', 'bad_signature');
  }
  const fields = readJsonObject(content);
  return fields === undefined ? gatewayNo('TWIN_BODY', 'bad_request') : { call, fields };
}

/** The one field of the form; undefined: no form, or other fields beside it. */
export function contentOf({ headers, raw }: Call): string | undefined {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return undefined;
  const fields = [...new URLSearchParams(raw.toString('utf8'))];
  const [name, content] = fields[0] ?? [];
  return fields.length === 1 && name === 'bizContent' ? content : undefined;
}

export function gatewayNo(code: Code, verdict: CallLine['verdict'], line: Line = {}): Outcome {
  return answer({ code, msg: textOf(code), data: null }, { ...line, verdict, code });
}

/** A business no. */
export function refusal(code: string, line: Line): Outcome {
  return answer({ code, msg: textOf(code), data: null }, { ...line, verdict: 'refused', code });
}

/** A yes, with what it carries. */
export function done(data: WireValue, line: CallLine): Outcome {
  return answer({ code: '1', msg: 'success', data }, { ...line, code: '1' });
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
