import { createHash } from 'node:crypto';
import type { RawPush } from '../../src/domain/carrier/port.js';
import { sf } from '../../src/workers/carriers/sf/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness, Scan } from './carrier-harness.js';

const WAYBILL = 'SF0000000000001';
const CHECK_WORD = 'TESTCHECKWORD0123456789abcdefgh';
const PARTNER = 'DEMOPARTNER';
const CARD = '7550001234';

const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });
/** The gateway let the call through; `data` is what the service said, as text. */
const passed = (data: unknown): Reply =>
  json({ apiErrorMsg: '', apiResponseID: '00016FDF', apiResultCode: 'A1000', apiResultData: JSON.stringify(data) });
const gateway = (code: string): Reply =>
  json({ apiErrorMsg: '网关失败', apiResponseID: '00016FDF', apiResultCode: code, apiResultData: null });
const done = (msgData: unknown): Reply => passed({ success: true, errorCode: 'S0000', errorMsg: null, msgData });

function failed(code: string): Reply {
  return /^A\d+$/.test(code)
    ? gateway(code)
    : passed({ success: false, errorCode: code, errorMsg: '业务失败', msgData: null });
}

/** SF writes local time; written here by hand, not with the adapter's code. */
function shanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function track(scans: readonly Scan[]): Reply {
  const routes = scans.map(({ code, at }) => ({
    acceptTime: shanghai(at),
    acceptAddress: '深圳市',
    remark: '顺丰速运 快件在途中',
    opCode: code,
    firstStatusCode: '2',
    firstStatusName: '运送中',
  }));
  return done({ routeResps: [{ mailNo: WAYBILL, routes, reasonCode: [], reasonRemark: [] }] });
}

/** The form that one receiver verifies, signed as a request is: url-encoded as Java does it, then md5. */
function signedPush(msgData: string): RawPush {
  const timestamp = '1700000000000';
  const encoded = encodeURIComponent(msgData + timestamp + CHECK_WORD)
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const msgDigest = createHash('md5').update(encoded).digest('base64');
  const form = { partnerID: PARTNER, requestID: 'r-1', serviceCode: 'ROUTES', timestamp, msgDigest, msgData };
  return { body: Buffer.from(new URLSearchParams(form).toString()), headers: {}, query: {} };
}

const ROUTE = { mailno: WAYBILL, acceptTime: '2025-01-01 10:00:00', opCode: '50' };
const routes = (...given: unknown[]): string => JSON.stringify({ Body: { WaybillRoute: given } });

const PHASES = {
  '50': 'picked_up',
  '54': 'picked_up',
  '43': 'picked_up',
  '30': 'moving',
  '31': 'moving',
  '302': 'moving',
  '304': 'moving',
  '3036': 'moving',
  '105': 'moving',
  '106': 'moving',
  '77': 'moving',
  '36': 'moving',
  '33': 'unknown',
  '44': 'out_for_delivery',
  '204': 'out_for_delivery',
  '70': 'out_for_delivery',
  '123': 'out_for_delivery',
  '130': 'out_for_delivery',
  '125': 'out_for_delivery',
  '658': 'out_for_delivery',
  '126': 'unknown',
  '128': 'delivered',
  '607': 'unknown',
  '80': 'delivered',
  '8000': 'delivered',
  '99': 'unknown',
  '648': 'returning',
  '631': 'returning',
  '660': 'returning',
} as const;

export const sfHarness: CarrierHarness = {
  plugin: sf,
  credentials: { partnerId: PARTNER, checkWord: CHECK_WORD, monthlyCard: CARD },
  secrets: [CHECK_WORD, PARTNER, CARD],
  command: commandOf({
    waybillNo: WAYBILL,
    carrier: 'sf',
    carrierRef: 'ZL7000893114000949517',
    returnAddress: {
      name: '测试收件人',
      phone: '13000000000',
      province: '广东省',
      city: '深圳市',
      district: '南山区',
      detail: '测试路1号',
    },
    requestId: '4711-1',
    bizNo: '4711-1',
    phoneTail: '0000',
  }),
  wire: {
    accepted: (cusId) =>
      done({ cusId, amount: 12.5, freightAdditionInfoResp: { interceptionDeptCode: '755WQ', transferFlg: '1' } }),
    failed,
    unknownCodes: ['9001', '99', 'S0008', 'A1012', 'E1', '', 'constructor', '__proto__'],
    almostAccepted: [
      passed({ success: 'true', errorCode: 'S0000', msgData: null }),
      passed({ success: 1, errorCode: 'S0000', msgData: null }),
      passed({ errorCode: 'S0000', msgData: null }),
      passed({ success: true, msgData: null }),
      passed({ success: true, errorCode: null, msgData: null }),
      passed({ success: true, errorCode: 'S0003', errorMsg: '系统异常', msgData: null }),
      passed({ success: true, errorCode: '8191', msgData: null }),
      passed({ success: false, errorCode: 'S0000', msgData: null }),
      passed({ success: false, errorCode: '', errorMsg: '', msgData: null }),
      passed([{ success: true, errorCode: 'S0000' }]),
      json({ apiErrorMsg: '', apiResultCode: 'A1000', apiResultData: null }),
      json({ apiErrorMsg: '', apiResultCode: 'A1000' }),
      json({ apiErrorMsg: '', apiResultCode: 'A1000', apiResultData: '{"success":true,"errorCode":"S00' }),
      json({ apiResultCode: 1000, apiResultData: '{"success":true,"errorCode":"S0000","msgData":null}' }),
      json({ apiResultCode: 'A1005', apiResultData: '{"success":true,"errorCode":"S0000","msgData":null}' }),
      json({ apiResultCode: '', apiResultData: '{"success":true,"errorCode":"S0000","msgData":null}' }),
      json({ success: true, errorCode: 'S0000', errorMsg: null, msgData: null }),
      json({ apiResultCode: 'A1000', accessToken: 'abc' }),
    ],
    badCredentials: gateway('A1006'),
    throttled: gateway('A1005'),
    cancelled: done(null),
    track: { found: track, empty: track([]), phases: PHASES },
    push: {
      genuine: ({ code, at }) =>
        signedPush(
          routes({
            ...ROUTE,
            id: '16773',
            orderid: 'QIAO-1',
            opCode: code,
            acceptTime: shanghai(at),
            acceptAddress: '深圳市',
            remark: '快件 (张三) ~ 100% *在途中*',
          }),
        ),
      unreadable: [
        signedPush('not json'),
        signedPush('[]'),
        signedPush('{"Body":{}}'),
        signedPush(routes()),
        signedPush(JSON.stringify({ Body: { WaybillRoute: ROUTE } })),
        signedPush(routes(ROUTE, null)),
        signedPush(routes(ROUTE, { ...ROUTE, mailno: '' })),
        signedPush(routes({ ...ROUTE, acceptTime: '2025-02-31 10:00:00' })),
        signedPush(routes({ ...ROUTE, acceptTime: undefined })),
      ],
      phases: PHASES,
    },
  },
};
