import { createHash } from 'node:crypto';
import type { RawPush } from '../../src/domain/carrier/port.js';
import { jtexpress } from '../../src/workers/carriers/jtexpress/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness, Scan } from './carrier-harness.js';

const WAYBILL = 'JT0000000000001';
const SECRET = '0123456789abcdef0123456789abcdef';

const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });
const failed = (code: string): Reply => json({ code, msg: '业务失败', data: null });
const track = (data: unknown): Reply => json({ code: '1', msg: 'success', data });

/** J&T writes local time; written here by hand, not with the adapter's code. */
function shanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

function details(scans: readonly Scan[]) {
  return scans.map(({ code, at }) => ({
    scanTime: shanghai(at),
    desc: '【杭州市】快件离开【杭州转运中心】 "100%"',
    scanType: code,
    scanNetworkTypeName: '集散点',
    scanNetworkName: '杭州转运中心',
    scanNetworkId: 571,
    scanNetworkProvince: '浙江省',
    scanNetworkCity: '杭州市',
    scanNetworkArea: '余杭区',
    scanNetworkDetailAddress: null,
  }));
}

/** In a form like J&T's requests, with their digest in the header. */
function signedPush(bizContent: string): RawPush {
  const digest = createHash('md5').update(`${bizContent}${SECRET}`).digest('base64');
  const body = Buffer.from(`bizContent=${encodeURIComponent(bizContent)}`);
  return { body, headers: { apiaccount: 'jt-account-demo', digest, timestamp: '1735696800000' }, query: {} };
}

const pushed = (fields: unknown): RawPush => signedPush(JSON.stringify(fields));

const PHASES = {
  '1': 'picked_up',
  '2': 'unknown',
  '3': 'moving',
  '4': 'moving',
  '5': 'unknown',
  '6': 'unknown',
  '7': 'out_for_delivery',
  '8': 'unknown',
  '9': 'out_for_delivery',
  '10': 'delivered',
  '11': 'unknown',
  '12': 'moving',
  '13': 'unknown',
  '14': 'returning',
  快件揽收: 'picked_up',
  发件: 'moving',
  '出库(派件)': 'out_for_delivery',
  快件签收: 'delivered',
  退件扫描: 'returning',
  // As the account taught it.
  派送中: 'out_for_delivery',
} as const;

export const jtexpressHarness: CarrierHarness = {
  plugin: jtexpress,
  credentials: {
    apiAccount: 'jt-account-demo',
    privateKey: SECRET,
    scanTypes: { 派送中: 'out_for_delivery' },
    callbacks: { verifiedBy: 'signature' },
    // J&T's gateway documents no code; these stand for what an account was told.
    meanings: { SIGN_ERROR: 'credentials', TOO_FAST: 'throttled' },
  },
  secrets: [SECRET, 'jt-account-demo'],
  command: commandOf({ waybillNo: WAYBILL, carrier: 'jtexpress' }),
  wire: {
    accepted: (msg) => json({ code: '1', msg, data: null }),
    numberIn: 'rawText',
    failed,
    unknownCodes: ['145000000', '0', '', 'constructor', '-1'],
    almostAccepted: [
      json({ code: 1, msg: 'success', data: null }),
      json({ code: true, msg: 'success', data: null }),
      json({ code: '1', msg: 'success', success: false }),
      json({ code: '1', msg: 'success', success: 'true' }),
      json({ code: null, msg: 'success', data: { code: '1' } }),
      json({ msg: 'success', data: '1' }),
      json({ success: true, code: 200 }),
      json({ code: '', msg: '' }),
      json([{ code: '1', msg: 'success' }]),
    ],
    badCredentials: failed('SIGN_ERROR'),
    throttled: failed('TOO_FAST'),
    track: {
      found: (scans) => track([{ billCode: WAYBILL, details: details(scans) }]),
      empty: track([{ billCode: WAYBILL, details: [] }]),
      phases: PHASES,
    },
    push: {
      genuine: (scan) => pushed({ billCode: WAYBILL, details: details([scan]) }),
      unreadable: [
        signedPush('not json'),
        signedPush('[]'),
        pushed({ billCode: WAYBILL }),
        pushed({ billCode: '', details: details([{ code: '1', at: new Date(0) }]) }),
        pushed({ billCode: WAYBILL, details: [] }),
        pushed({ billCode: WAYBILL, details: [{ scanType: '1', scanTime: '2025-02-31 10:00:00' }] }),
        pushed({ billCode: WAYBILL, details: [{ scanType: '1' }] }),
        pushed({ mailNo: WAYBILL, interceptResult: '' }),
        pushed({ interceptResult: '1', feedbackTime: '2025-01-01 10:00:00' }),
      ],
      phases: PHASES,
    },
  },
};
