import type { Call, Outcome } from '../../frame/twin.js';
import { isRecord } from '../../frame/wire-json.js';
import { gatewayNo, isTimestamp } from './answers.js';
import type { JdOptions } from './options.js';
import { lopSign, sameSign } from './sign.js';

/** A LOP call that passed the gateway: signed by our app, a list of one object. */
export interface Opened {
  readonly call: Call;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The gateway's checks in order: form, domain and version, app and token, sign, body. Its refusal or the opened call. */
export function passLop(options: JdOptions, call: Call): Opened | Outcome {
  const type = (call.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  const zone = call.headers['lop-tz'] ?? '8';
  if (call.method !== 'POST' || type !== 'application/json' || zone !== '8') return gatewayNo(990400, 'bad_request');
  const of = (name: string): string => call.query.get(name) ?? '';
  const timestamp = of('timestamp');
  if (of('LOP-DN') !== 'ECAP' || of('v') !== '2.0' || !isTimestamp(timestamp)) {
    return gatewayNo(990400, 'bad_request');
  }
  const [appKey, token] = [of('app_key'), of('access_token')];
  if (appKey !== options['app-key'] || token !== options['access-token']) return gatewayNo(990403, 'bad_signature');
  const signed = { token, appKey, path: call.path, timestamp, raw: call.raw };
  const wanted = lopSign(signed, options['app-secret'], of('algorithm'));
  if (wanted === undefined || !sameSign(of('sign'), wanted)) return gatewayNo(990401, 'bad_signature');
  const fields = onlyItem(call.raw);
  return fields === undefined ? gatewayNo(990400, 'bad_request') : { call, fields };
}

/** The object of a JSON list of one; undefined if the body is anything else. */
export function onlyItem(raw: Buffer): Record<string, unknown> | undefined {
  try {
    const list: unknown = JSON.parse(raw.toString('utf8'));
    return Array.isArray(list) && list.length === 1 && isRecord(list[0]) ? list[0] : undefined;
  } catch {
    return undefined;
  }
}
