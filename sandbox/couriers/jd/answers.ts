import type { CallLine, Outcome } from '../../frame/twin.js';
import { type WireValue, writeWireJson } from '../../frame/wire-json.js';
import { type TwinCode, textOf } from './codes.js';

export type Line = Omit<CallLine, 'verdict'>;

export function answer(body: WireValue, line: CallLine): Outcome {
  return {
    status: 200,
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: writeWireJson(body),
    line,
  };
}

/** A failure in front of the service, the same on both platforms: of its keys only `zh_desc` was ever seen. */
export function gatewayNo(code: TwinCode, verdict: CallLine['verdict'], line: Line = {}): Outcome {
  const body = { error_response: { code: String(code), zh_desc: textOf(code) } };
  return answer(body, { ...line, verdict, code: String(code) });
}

export function textField(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

/** A timestamp as both platforms want it. */
export function isTimestamp(text: string): boolean {
  return /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text);
}
