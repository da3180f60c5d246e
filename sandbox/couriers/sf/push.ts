import type { PushForm } from '../../frame/scan-pusher.js';
import { readJsonObject } from '../../frame/wire-json.js';
import type { SfSwitches } from './options.js';
import { routeOf } from './track.js';

/** Not documented: as often as another courier pushes again. */
const RETRY = { firstMs: 1000, factor: 2, maxMs: 600_000, maxAttempts: 16 } as const;

/** `{"Body":{"WaybillRoute":[…]}}`, unsigned, again until `return_code` 0000. */
export function sfPushForm(switches: SfSwitches): PushForm {
  return {
    retry: RETRY,
    write(waybillNo, scan) {
      const { mailNo, ...route } = routeOf(waybillNo, scan, switches.values.returnLeg === 'new_number');
      const pushed = {
        mailno: mailNo,
        orderid: `OD${waybillNo}`,
        ...route,
        id: scan.key,
        reasonName: '',
        reasonCode: '',
      };
      return {
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ Body: { WaybillRoute: [pushed] } }),
      };
    },
    acknowledges: (status, body) => status === 200 && readJsonObject(body)?.return_code === '0000',
  };
}
