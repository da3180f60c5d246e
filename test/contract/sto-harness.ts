import { createHash } from 'node:crypto';
import type { RawPush } from '../../src/domain/carrier/port.js';
import { sto } from '../../src/workers/carriers/sto/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness, Scan } from './carrier-harness.js';

const WAYBILL = '777031922725111';
const SECRET = 'sto-secret-demo';

const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });
const yes = { success: 'true', errorCode: '', errorMsg: '', needRetry: 'false', requestId: 'r-1', expInfo: '' };
const no = { ...yes, success: 'false', errorMsg: '业务失败' };
const failed = (errorCode: string): Reply => json({ ...no, errorCode, data: {} });

/** STO writes local time; written here by hand, not with the adapter's code. */
function shanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

const route = ({ code, at }: Scan) => ({
  opOrgName: '河南郑州转运中心',
  opOrgCode: '450001',
  opOrgType: '2',
  opOrgCityName: '郑州市',
  opTime: shanghai(at),
  scanType: code,
  memo: '快件在途中',
});

function signedPush(content: string): RawPush {
  const form = {
    content,
    data_digest: createHash('md5')
      .update(content + SECRET)
      .digest('base64'),
    api_name: 'STO_TRACE_PLATFORM_PUSH',
  };
  return { body: Buffer.from(new URLSearchParams(form).toString()), headers: {}, query: {} };
}

const message = (trace: unknown, waybillNo = WAYBILL) =>
  signedPush(JSON.stringify({ waybillNo, linkCode: 'LP00012345', trace }));

const PUSHED = { outBizCode: 'b-1', opTime: '2025-01-01 10:00:00', scanType: '收件' };

const PHASES = {
  收件: 'picked_up',
  发件: 'moving',
  到件: 'moving',
  装袋: 'moving',
  派件: 'out_for_delivery',
  第三方代派: 'out_for_delivery',
  柜机代收: 'out_for_delivery',
  驿站代收: 'out_for_delivery',
  派件入柜: 'out_for_delivery',
  第三方代收: 'out_for_delivery',
  快件取出: 'unknown',
  驿站出库: 'unknown',
  签收: 'delivered',
  客户签收: 'delivered',
  退回件: 'returning',
  改地址件: 'unknown',
  问题件: 'unknown',
  转邮: 'unknown',
  转同行: 'unknown',
  留仓件: 'unknown',
  代取快递: 'unknown',
} as const;

export const stoHarness: CarrierHarness = {
  plugin: sto,
  credentials: {
    fromAppkey: 'sto-app-demo',
    fromCode: 'sto-code-demo',
    secretKey: SECRET,
    // No code of STO is public; these stand for what an account was told.
    meanings: { SIGN_ERROR: 'credentials', TOO_FAST: 'throttled' },
  },
  secrets: [SECRET, 'sto-app-demo', 'sto-code-demo'],
  command: commandOf({ waybillNo: WAYBILL, carrier: 'sto', requestId: '4711-1', bizNo: '4711-1', phoneTail: '0000' }),
  wire: {
    accepted: (errorMsg) => json({ ...yes, errorMsg, data: {} }),
    numberIn: 'rawText',
    failed,
    unknownCodes: ['S01', '1001', '', 'constructor'],
    almostAccepted: [
      json({ ...yes, success: 'TRUE' }),
      json({ ...yes, success: 1 }),
      json({ ...yes, success: ['true'] }),
      json({ ...yes, success: null }),
      json({ ...yes, success: undefined, result: true }),
      json({ ...yes, errorCode: 'SIGN_ERROR', errorMsg: '签名错误' }),
      json({ ...yes, errorCode: 'S01' }),
      json({ ...yes, errorCode: 0 }),
      json({ ...yes, needRetry: 'true' }),
      json({ ...yes, needRetry: 'maybe' }),
      json({ success: 'false' }),
      json({ ...no, errorCode: 'S02', needRetry: 'true' }),
      json([yes]),
      { body: '<response><success>yes</success><errorCode></errorCode></response>' },
      { body: '<result><success>true</success></result>' },
      { body: '<response><success>true</success><success>false</success></response>' },
      { body: '<response><success>true</success><needRetry>true</needRetry></response>' },
    ],
    badCredentials: failed('SIGN_ERROR'),
    throttled: failed('TOO_FAST'),
    cancelled: json({ ...yes, data: {} }),
    track: {
      found: (scans) => json({ ...yes, data: { [WAYBILL]: scans.map(route) } }),
      empty: json({ ...yes, data: { [WAYBILL]: [] } }),
      phases: PHASES,
    },
    push: {
      genuine: ({ code, at }) =>
        message({ ...PUSHED, scanType: code, opTime: shanghai(at), memo: '正在派件 "100%" + 联系', issueName: '' }),
      unreadable: [
        signedPush('not json'),
        signedPush('[]'),
        signedPush(JSON.stringify({ waybillNo: WAYBILL, linkCode: 'LP00012345' })),
        message(PUSHED, ''),
        message({ ...PUSHED, opTime: '2025-02-31 10:00:00' }),
        message({ ...PUSHED, opTime: undefined }),
        message([PUSHED]),
      ],
      phases: PHASES,
    },
  },
};
