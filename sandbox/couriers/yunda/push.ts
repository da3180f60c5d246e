import type { PushForm } from '../../frame/scan-pusher.js';
import { readJsonObject } from '../../frame/wire-json.js';
import type { YundaOptions } from './options.js';
import { yundaSign } from './sign.js';
import { stepOf } from './track.js';

/** Not documented: as often as another courier pushes again. */
const RETRY = { firstMs: 1000, factor: 2, maxMs: 600_000, maxAttempts: 16 } as const;

/** `{data, appKey, sign}` as the one sample has it. The sign is made like that of a request, a guess; so is the ack. */
export function yundaPushForm(options: YundaOptions): PushForm {
  return {
    retry: RETRY,
    write(waybillNo, scan) {
      const data = JSON.stringify({ partner_id: '', orderid: '', mailno: waybillNo, ...stepOf(scan) });
      const body = JSON.stringify({
        data,
        appKey: options['app-key'],
        sign: yundaSign(data, options['app-secret']),
      });
      return { headers: { 'content-type': 'application/json; charset=utf-8' }, body };
    },
    acknowledges: (status, body) => status === 200 && readJsonObject(body)?.result === true,
  };
}
