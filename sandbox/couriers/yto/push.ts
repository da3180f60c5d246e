import { chinaTime } from '../../frame/clock.js';
import type { Scan } from '../../frame/parcel.js';
import type { PushForm } from '../../frame/scan-pusher.js';
import type { YtoOptions, YtoSwitches } from './options.js';
import { ytoPushDigest } from './sign.js';
import { INFO_CONTENTS } from './track.js';

/** Not documented: as often as another courier pushes again. */
const RETRY = { firstMs: 1000, factor: 2, maxMs: 600_000, maxAttempts: 16 } as const;

/** Track pushes: form fields logistics_interface (XML), data_digest, clientId, type, again until `<success>true</success>`. */
export function ytoPushForm(options: YtoOptions, switches: YtoSwitches): PushForm {
  const secret = options['push-secret'] ?? options['app-secret'];
  return {
    retry: RETRY,
    write(waybillNo, scan) {
      const xml = updateInfo(waybillNo, scan, options['customer-code'], switches.values.pushTimeTail);
      const form = {
        logistics_interface: xml,
        data_digest: ytoPushDigest(xml, secret),
        clientId: options['customer-code'],
        type: 'online',
      };
      return {
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
        body: new URLSearchParams(form).toString(),
      };
    },
    acknowledges: (status, body) => status === 200 && /<success>\s*true\s*<\/success>/.test(body),
  };
}

/** The children as documented; the ones a scan does not have are left out. */
function updateInfo(waybillNo: string, scan: Scan, clientId: string, timeTail: string): string {
  const children = {
    logisticProviderID: 'YTO',
    clientID: clientId,
    mailNo: waybillNo,
    txLogisticID: `LP${waybillNo}`,
    infoType: 'STATUS',
    infoContent: INFO_CONTENTS[scan.action],
    acceptTime: `${chinaTime(scan.at)}${timeTail}`,
    remark: scan.desc ?? `${scan.facilityName} ${INFO_CONTENTS[scan.action]}`,
    orgName: scan.facilityName,
    orgCode: scan.facilityCode,
    city: scan.city,
    signedName: scan.signer,
    questionCause: scan.problemCode,
  };
  const given = Object.entries(children).filter(([, text]) => text !== undefined);
  return `<UpdateInfo>${given.map(([name, text]) => `<${name}>${escaped(text ?? '')}</${name}>`).join('')}</UpdateInfo>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
