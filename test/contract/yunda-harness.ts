import { createHash } from 'node:crypto';
import type { RawPush } from '../../src/domain/carrier/port.js';
import { yunda } from '../../src/workers/carriers/yunda/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness, Scan } from './carrier-harness.js';

const WAYBILL = '4301814981782';
const SECRET = 'yunda-secret-demo';

const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });
const failed = (code: string): Reply => json({ result: false, code, message: '业务失败', data: null });
const track = (data: unknown): Reply => json({ result: true, code: '0000', message: '请求成功', data });

/** Yunda writes local time; written here by hand, not with the adapter's code. */
function shanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function found(scans: readonly Scan[]): Reply {
  const steps = scans.map(({ code, at }) => ({
    time: shanghai(at),
    station: '430103',
    station_name: '武汉江夏公司',
    station_type: '1',
    action: code,
    description: '快件在途中',
    city: '武汉市',
  }));
  return track({ mailno: WAYBILL, result: 'true', time: '', remark: '', status: 'TRANSIT', steps });
}

function signedPush(data: string): RawPush {
  const sign = createHash('md5').update(`${data}_${SECRET}`).digest('hex');
  return { body: Buffer.from(JSON.stringify({ data, appKey: '999999', sign })), headers: {}, query: {} };
}

const PUSHED = { mailno: WAYBILL, action: 'GOT', time: '2025-01-01 10:00:00' };

const PHASES = {
  ACCEPT: 'picked_up',
  GOT: 'picked_up',
  ARRIVAL: 'moving',
  DEPARTURE: 'moving',
  SENT: 'out_for_delivery',
  INBOUND: 'out_for_delivery',
  OUTBOUND: 'unknown',
  SIGNED: 'delivered',
  SIGNFAIL: 'out_for_delivery',
  RETURN: 'returning',
  REJECTION: 'returning',
  ISSUE: 'unknown',
  TRANSFER: 'unknown',
  OTHER: 'unknown',
  OVERSEA_IN: 'unknown',
  CLEARANCE_FAIL: 'unknown',
} as const;

export const yundaHarness: CarrierHarness = {
  plugin: yunda,
  credentials: {
    appKey: 'yunda-app-demo',
    appSecret: SECRET,
    enableIntercept: true,
    inteType: '7',
    tracksSubscribed: true,
    // Yunda documents no code; these stand for what an account was told.
    meanings: { SIGN_ERROR: 'credentials', TOO_FAST: 'throttled' },
  },
  secrets: [SECRET, 'yunda-app-demo'],
  command: commandOf({ waybillNo: WAYBILL, carrier: 'yunda', requestId: '4711-1', bizNo: '4711-1', phoneTail: '0000' }),
  wire: {
    accepted: (message) => json({ result: true, code: '0', message, data: null }),
    numberIn: 'rawText',
    failed,
    unknownCodes: ['E01', '1001', '', 'constructor'],
    almostAccepted: [
      json({ result: 'true', code: '0', message: '请求成功' }),
      json({ result: 1, code: '0', message: '请求成功' }),
      json({ code: '0', message: '请求成功', data: {} }),
      json({ success: true, code: '0' }),
      json({ result: true, code: 'SIGN_ERROR', message: '签名错误' }),
      json({ result: false }),
      json([{ result: true, code: '0' }]),
    ],
    badCredentials: failed('SIGN_ERROR'),
    throttled: failed('TOO_FAST'),
    track: {
      found,
      empty: track({ mailno: WAYBILL, result: 'false', time: '', remark: '无数据', status: '', steps: [] }),
      phases: PHASES,
    },
    push: {
      genuine: ({ code, at }) =>
        signedPush(
          JSON.stringify({
            ...PUSHED,
            action: code,
            time: shanghai(at),
            orderid: '9987765544332',
            station_name: '武汉江夏公司',
            city: '武汉市',
            description: '正在派件 "100%"',
          }),
        ),
      unreadable: [
        signedPush('not json'),
        signedPush('[]'),
        signedPush(JSON.stringify({ ...PUSHED, mailno: '' })),
        signedPush(JSON.stringify({ ...PUSHED, time: '2025-02-31 10:00:00' })),
        signedPush(JSON.stringify({ ...PUSHED, time: undefined })),
      ],
      phases: PHASES,
    },
  },
};
