import { createHash } from 'node:crypto';
import type { RawPush } from '../../src/domain/carrier/port.js';
import { zto } from '../../src/workers/carriers/zto/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness, Scan } from './carrier-harness.js';

const WAYBILL = '73100130019486';
const SECRET = 'zto-secret-demo';

const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });
const failed = (statusCode: string): Reply => json({ status: false, statusCode, message: '业务失败', result: null });
const word = (status: string): Reply =>
  json({
    status: true,
    statusCode: 'SYS000',
    message: '操作成功',
    data: { billCode: WAYBILL, serviceCode: 'S1', status, statusName: '中文描述' },
  });

/** ZTO writes local time; written here by hand, not with the adapter's code. */
function shanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function signedPush(data: string, msgType = 'Traces'): RawPush {
  const digest = createHash('md5')
    .update(data + SECRET)
    .digest('base64');
  const body = new URLSearchParams({
    data,
    data_digest: digest,
    msg_type: msgType,
    company_id: 'app-key-demo',
    token: '',
  });
  return { body: Buffer.from(body.toString()), headers: {}, query: {} };
}

function track(scans: readonly Scan[]): Reply {
  const result = scans.map(({ code, at }) => ({
    billCode: WAYBILL,
    scanType: code,
    scanDate: at.getTime(),
    scanSite: { name: '武汉藏龙岛', city: '武汉市', prov: '湖北省' },
    desc: '快件在途中',
  }));
  return json({ status: true, statusCode: 'SYS000', message: '操作成功', result });
}

export const ztoHarness: CarrierHarness = {
  plugin: zto,
  credentials: { appKey: 'app-key-demo', appSecret: SECRET, noInterceptCodes: ['E23999'], noInterceptWhenEmpty: true },
  secrets: [SECRET, 'app-key-demo'],
  command: commandOf({ waybillNo: WAYBILL, carrier: 'zto', requestId: '4711-1', bizNo: '4711-1', phoneTail: '0000' }),
  wire: {
    accepted: (centerBizNo) => json({ status: true, statusCode: 'SYS000', message: '操作成功', data: { centerBizNo } }),
    failed,
    unknownCodes: ['E99999', 'S299', '', 'constructor'],
    almostAccepted: [
      json({ status: 'true', statusCode: 'SYS000', message: '操作成功', data: { centerBizNo: '1' } }),
      json({ status: 1, statusCode: 'SYS000', data: { centerBizNo: '1' } }),
      json({ statusCode: 'SYS000', message: '操作成功', data: { centerBizNo: '1' } }),
      json({ success: true, data: { centerBizNo: '1' } }),
      json({ status: true, statusCode: 'E23120', message: '有派件扫描不允许拦截' }),
      json({ status: false, statusCode: 'SYS000', message: '操作成功', data: { centerBizNo: '1' } }),
      json([{ status: true, data: { centerBizNo: '1' } }]),
    ],
    badCredentials: failed('S211'),
    throttled: failed('S221'),
    cancelled: json({ status: true, statusCode: 'SYS000', message: '操作成功', data: null }),
    status: {
      known: {
        pending: [word('INTERCEPTING')],
        stopped: [word('INTERCEPT_SUCCESS')],
        returning: [word('PACKAGE_DELIVERYING')],
        finished: [word('INTERCEPT_DISCONTINUE')],
        failed: [word('INTERCEPT_FAIL')],
        cancelled: [word('INTERCEPT_CANCEL')],
        no_record: [failed('E23999'), json({ status: true, statusCode: 'SYS000', message: '操作成功', data: null })],
      },
      unknown: [word('INTERCEPT_PAUSED'), word('toString'), word(''), json({ status: true, data: {} })],
    },
    track: {
      found: track,
      empty: track([]),
      phases: {
        收件: 'picked_up',
        发件: 'moving',
        到件: 'moving',
        安检: 'moving',
        派件: 'out_for_delivery',
        签收: 'delivered',
        退件: 'returning',
        退件签收: 'returned',
        问题件: 'unknown',
        事件: 'unknown',
        转单: 'unknown',
        ARRIVAL: 'out_for_delivery',
        SIGNED: 'delivered',
        DELIVERY: 'out_for_delivery',
        DEPARTURE: 'unknown',
        '4': 'out_for_delivery',
        '8': 'returning',
        '44': 'out_for_delivery',
      },
    },
    push: {
      genuine: ({ code, at }) =>
        signedPush(
          JSON.stringify({
            billCode: WAYBILL,
            action: code,
            actionTime: shanghai(at),
            city: '武汉市',
            facilityCode: '02729',
            facilityName: '武汉藏龙岛',
            desc: '正在派件 + 100%',
          }),
        ),
      unreadable: [
        signedPush('not json'),
        signedPush('[]'),
        signedPush('{"action":"GOT","actionTime":"2025-01-01 10:00:00"}'),
        signedPush(`{"billCode":"${WAYBILL}","action":"GOT","actionTime":"2025-02-31 10:00:00"}`),
        signedPush(`{"billCode":"${WAYBILL}","action":"GOT"}`),
        signedPush(`{"billCode":"${WAYBILL}","action":"GOT","actionTime":"2025-01-01 10:00:00"}`, 'Intercept'),
      ],
      phases: {
        GOT: 'picked_up',
        DEPARTURE: 'moving',
        ARRIVAL: 'moving',
        DISPATCH: 'out_for_delivery',
        INBOUND: 'out_for_delivery',
        HANDOVERSCAN_SIGNED: 'delivered',
        DEPARTURE_SIGNED: 'delivered',
        SIGNED: 'delivered',
        RETURN_SCAN: 'returning',
        RETURN_SIGNED: 'returned',
        PROBLEM: 'unknown',
      },
    },
  },
};
