import { createHash } from 'node:crypto';
import type { Scan } from '../../frame/parcel.js';
import type { PushForm } from '../../frame/scan-pusher.js';
import { readJsonObject } from '../../frame/wire-json.js';
import type { StoOptions, StoSwitches } from './options.js';
import { stoDigest } from './sign.js';
import { traceOf } from './track.js';

/** Not documented: as often as another courier pushes again. */
const RETRY = { firstMs: 1000, factor: 2, maxMs: 600_000, maxAttempts: 16 } as const;
const API_NAME = 'STO_TRACE_PLATFORM_PUSH';
const SENDER = 'sto_trace_platform';

/**
 * Track pushes, again until an answer says `success`, bare or as text. The seven fields of the gateway around `content`
 * and their digest are a guess; `pushBody: "json"` sends the message alone, as another source has it.
 */
export function stoPushForm(options: StoOptions, switches: StoSwitches): PushForm {
  return {
    retry: RETRY,
    write(waybillNo, scan) {
      const content = JSON.stringify(messageOf(waybillNo, scan));
      if (switches.values.pushBody === 'json') {
        return { headers: { 'content-type': 'application/json; charset=UTF-8' }, body: content };
      }
      const form = {
        content,
        data_digest: stoDigest(content, options['push-secret'] ?? options['app-secret']),
        api_name: API_NAME,
        from_appkey: SENDER,
        from_code: SENDER,
        to_appkey: options['app-key'],
        to_code: options['from-code'],
      };
      return {
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' },
        body: new URLSearchParams(form).toString(),
      };
    },
    acknowledges: (status, body) => status === 200 && String(readJsonObject(body)?.success) === 'true',
  };
}

/** `outBizCode` is the same in every repeat of one scan, over a restart too: receivers tell repeats by it. */
function messageOf(waybillNo: string, scan: Scan) {
  const outBizCode = createHash('sha256').update(`${waybillNo} ${scan.key} ${scan.at}`).digest('hex').slice(0, 24);
  return { waybillNo, linkCode: `ORDER-${waybillNo}`, trace: { outBizCode, ...traceOf(scan) } };
}
