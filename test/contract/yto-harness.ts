import { createHash } from 'node:crypto';
import type { RawPush } from '../../src/domain/carrier/port.js';
import { yto } from '../../src/workers/carriers/yto/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness, Scan } from './carrier-harness.js';

const WAYBILL = 'YT2819007867584';
const SECRET = 'yto-secret-demo';

const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });
const gateway = (code: unknown): Reply => json({ success: false, code, reason: '网关失败' });

/** `1` and `1 <words>` are refusals of the intercept itself, which names its reason in words; the rest is the gateway's. */
function failed(code: string): Reply {
  const [statusCode, words] = code.split(' ');
  if (statusCode === '1')
    return json({ statusCode: 1, statusMessage: words ? `${words}，不能重复发起拦截` : '业务失败' });
  return gateway(/^\d+$/.test(code) ? Number(code) : code);
}

/** YTO writes local time; written here by hand, not with the adapter's code. */
function shanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function signedPush(xml: string): RawPush {
  const digest = createHash('md5')
    .update(xml + SECRET)
    .digest('base64');
  const form = { logistics_interface: xml, data_digest: digest, clientId: 'K99', type: 'online' };
  return { body: Buffer.from(new URLSearchParams(form).toString()), headers: {}, query: {} };
}

function updateInfo(children: Readonly<Record<string, string>>): string {
  const inner = Object.entries(children).map(([name, text]) => `<${name}>${text}</${name}>`);
  return `<UpdateInfo><logisticProviderID>YTO</logisticProviderID>${inner.join('')}</UpdateInfo>`;
}

const PUSHED = { mailNo: WAYBILL, infoType: 'STATUS', infoContent: 'GOT', acceptTime: '2025-01-01 10:00:00' };

function found(scans: readonly Scan[]): Reply {
  return json(
    scans.map(({ code, at }) => ({
      waybill_No: WAYBILL,
      upload_Time: shanghai(at),
      infoContent: code,
      processInfo: '快件在途中',
      city: '武汉市',
      district: '江夏区',
      weight: 0.68,
    })),
  );
}

const PHASES = {
  GOT: 'picked_up',
  ARRIVAL: 'moving',
  DEPARTURE: 'moving',
  AIRSEND: 'moving',
  AIRPICK: 'moving',
  SENT_SCAN: 'out_for_delivery',
  INBOUND: 'out_for_delivery',
  FAILED: 'out_for_delivery',
  SIGNED: 'delivered',
  TMS_RETURN: 'returning',
  FORWARDING: 'unknown',
} as const;

export const ytoHarness: CarrierHarness = {
  plugin: yto,
  credentials: {
    appKey: 'HtpG1F-demo',
    customerCode: 'K9991024989',
    appSecret: SECRET,
    meanings: { '429001': 'throttled' },
  },
  secrets: [SECRET, 'HtpG1F-demo', 'K9991024989'],
  command: commandOf({ waybillNo: WAYBILL, carrier: 'yto', requestId: '4711-1', bizNo: '4711-1', phoneTail: '0000' }),
  wire: {
    accepted: (text) => json({ statusCode: 0, statusMessage: text }),
    numberIn: 'rawText',
    failed,
    unknownCodes: ['999', '200019999', '', 'constructor', '1 该运单已过拦截时效'],
    almostAccepted: [
      json({ statusCode: '0', statusMessage: '成功' }),
      json({ statusCode: false, statusMessage: '成功' }),
      json({ statusCode: null, statusMessage: '成功' }),
      json({ statusMessage: '成功' }),
      json({ statusCode: 2, statusMessage: '成功' }),
      json({ statusCode: 0, success: false, code: 401, reason: '请求加密校验失败' }),
      json({ statusCode: 0, statusMessage: '成功', code: 401 }),
      json({ waybillNo: WAYBILL, success: true }),
      json({ map: { [WAYBILL]: [] }, code: '1001', success: 'true', message: '查询结果为空。' }),
      json([{ statusCode: 0, statusMessage: '成功' }]),
    ],
    badCredentials: json({ success: false, code: 401, reason: '请求加密校验失败' }),
    throttled: gateway(429001),
    cancelled: json({ statusCode: 0, statusMessage: '成功' }),
    track: {
      found,
      empty: json({ map: { [WAYBILL]: [] }, code: '1001', success: 'true', message: '查询结果为空。' }),
      phases: PHASES,
    },
    push: {
      genuine: ({ code, at }) =>
        signedPush(
          updateInfo({
            ...PUSHED,
            infoContent: code,
            acceptTime: shanghai(at),
            remark: '正在派件 &lt;张三&gt; &amp; 100%',
            city: '武汉市',
          }),
        ),
      unreadable: [
        signedPush('not xml'),
        signedPush(updateInfo(PUSHED).replaceAll('UpdateInfo', 'Update')),
        signedPush(updateInfo({ ...PUSHED, mailNo: '' })),
        signedPush(updateInfo({ ...PUSHED, acceptTime: '' })),
        signedPush(updateInfo({ ...PUSHED, acceptTime: '2025-02-31 10:00:00' })),
        signedPush(updateInfo({ ...PUSHED, infoType: 'WANTED' })),
        signedPush(`<!DOCTYPE x [<!ENTITY e "GOT">]>${updateInfo({ ...PUSHED, infoContent: '&e;' })}`),
        signedPush(updateInfo(PUSHED).slice(0, -4)),
      ],
      phases: { ...PHASES, ACCEPT: 'announced', ORDER_BOOKING: 'announced', NOT_SEND: 'announced' },
    },
  },
};
