import { jd } from '../../src/workers/carriers/jd/adapter.js';
import { jdJosManifest } from '../../src/workers/carriers/jd/manifest.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness, Scan } from './carrier-harness.js';

const WAYBILL = 'JDV000000000001';
const KEYS = {
  appKey: 'jd-app-key-demo',
  appSecret: 'jd-secret-demo',
  accessToken: 'jd-token-demo',
  customerCode: '010K000001',
  // JD documents no code for either.
  meanings: { '990401': 'credentials', '990429': 'throttled' },
};
const SECRETS = ['jd-app-key-demo', 'jd-secret-demo', 'jd-token-demo', '010K000001'];
const COMMAND = commandOf({ waybillNo: WAYBILL, carrier: 'jd', requestId: '4711-1', bizNo: '4711-1' });

const json = (value: unknown): Reply => ({ body: JSON.stringify(value) });
const gateway = (code: string): Reply => json({ error_response: { code, zh_desc: '网关失败' } });

/** JD's local time; written here by hand, not with the adapter's code. */
function shanghai(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

// ---- LOP

const lop = (data: unknown, more: object = {}): Reply =>
  json({ code: 0, msg: '成功', subMsg: '', success: true, requestId: 'r-1', mills: 12, data, ...more });
const result = (resultType: unknown, more: object = {}): Reply =>
  lop({ orderCode: 'ESL0001', waybillCode: '', resultType, ...more });
const status = (number: unknown): Reply => lop({ waybillCode: WAYBILL, status: number });

/** `resultType N` is the answer of the interface itself, a number one of the service around it, the rest the gateway's. */
function lopFailed(code: string): Reply {
  const [, type] = /^resultType (\d+)$/.exec(code) ?? [];
  if (type !== undefined) return result(Number(type));
  if (/^-?\d{1,5}$/.test(code)) return lop(null, { code: Number(code), msg: '业务失败', success: false });
  return gateway(code);
}

function lopFound(scans: readonly Scan[]): Reply {
  const traceDetails = scans.map(({ code, at }) => ({
    operationTitle: '节点',
    operatorName: '京东快递',
    operationTime: shanghai(at),
    waybillCode: WAYBILL,
    operationRemark: '货物已到达【示例分拣中心】',
    // Three digits are a status, which stands alone in some scans.
    ...(/^\d{3}$/.test(code) ? { category: Number(code) } : { state: code }),
  }));
  return lop({ collectorName: '李四', collectorPhone: '13000000000', traceDetails });
}

const LOP_PHASES = {
  '100': 'announced',
  '390': 'announced',
  '403': 'unknown',
  '420': 'picked_up',
  '430': 'moving',
  '440': 'out_for_delivery',
  '480': 'returning',
  '500': 'unknown',
  '510': 'delivered',
  '530': 'returning',
  '690': 'unknown',
  '700': 'unknown',
  '10010': 'announced',
  '200001': 'picked_up',
  '10032': 'moving',
  '10054': 'moving',
  '200017': 'moving',
  '200076': 'moving',
  '10033': 'at_branch',
  '200075': 'at_branch',
  '11000': 'out_for_delivery',
  '10034': 'delivered',
  '10035': 'returning',
  '200003': 'out_for_delivery',
  '200023': 'out_for_delivery',
  '200010': 'unknown',
  '200020': 'unknown',
  '200033': 'returning',
  '200052': 'unknown',
  '200054': 'unknown',
  '200060': 'unknown',
} as const;

export const jdHarness: CarrierHarness = {
  plugin: jd,
  credentials: KEYS,
  secrets: SECRETS,
  command: COMMAND,
  wire: {
    accepted: (orderCode) => result(1, { orderCode }),
    failed: lopFailed,
    unknownCodes: ['1001', '-1', '990777', '', 'constructor'],
    almostAccepted: [
      result('1'),
      result(true),
      result(4),
      result(11),
      result(null),
      lop(null),
      lop([{ resultType: 1 }]),
      lop({ resultType: 1 }, { success: 'true' }),
      lop({ resultType: 1 }, { success: 1 }),
      lop({ resultType: 1 }, { success: undefined }),
      lop({ resultType: 1 }, { success: false }),
      lop({ resultType: 1 }, { success: false, code: 1001 }),
      lop({ resultType: 0 }, { success: false, code: 1001 }),
      lop({ resultType: 1 }, { code: 1001 }),
      lop({ resultType: 1 }, { code: '0' }),
      lop({ resultType: 1 }, { code: undefined }),
      lop({ resultType: 1 }, { error_response: { zh_desc: '系统繁忙' } }),
      result(1, { waybillCode: 'JDV000000000002' }),
      json([{ code: 0, success: true, data: { resultType: 1 } }]),
      json({ resultType: 1, success: true, code: 0 }),
    ],
    badCredentials: gateway('990401'),
    throttled: gateway('990429'),
    status: {
      known: { stopped: [status(480), status('480')], never_left: [status(690)] },
      unknown: [
        ...[100, 390, 403, 420, 430, 440, 500, 510, 530, 700, 481, '480 ', '', null, [480], { status: 480 }],
        'constructor',
      ].map(status),
    },
    track: { found: lopFound, empty: lop({ traceDetails: [] }), phases: LOP_PHASES },
  },
};

// ---- JOS

const INTERCEPT = 'jingdong_ldop_receive_order_intercept_responce';
const josResult = (stateCode: unknown, stateMessage = ''): Reply =>
  json({ [INTERCEPT]: { resultInfo: { stateCode, stateMessage } } });
const look = (data: unknown, more: object = {}): Reply =>
  json({ jingdong_ldop_receive_trace_get_responce: { querytrace_result: { code: 100, messsage: '', data, ...more } } });

function josFailed(code: string): Reply {
  const [, state] = /^stateCode (\d+)$/.exec(code) ?? [];
  return state === undefined ? gateway(code) : josResult(Number(state), '失败');
}

const JOS_PHASES = {
  已接单: 'announced',
  揽收: 'picked_up',
  分拣验货: 'moving',
  分拣发货: 'moving',
  站点收货: 'at_branch',
  派件: 'out_for_delivery',
  妥投: 'delivered',
  拒收: 'returning',
  再投后退回: 'returning',
  已拦截: 'returning',
  换单打印: 'unknown',
  取消完成: 'unknown',
} as const;

/** The same courier with an account of its older platform. */
export const jdJosHarness: CarrierHarness = {
  plugin: { ...jd, manifest: jdJosManifest },
  credentials: { ...KEYS, gateway: 'jos' },
  secrets: SECRETS,
  command: COMMAND,
  wire: {
    accepted: (text) => josResult(100, text),
    numberIn: 'rawText',
    failed: josFailed,
    unknownCodes: ['stateCode 101', 'stateCode 0', 'stateCode 200', '990777', '', 'constructor'],
    almostAccepted: [
      josResult('100'),
      josResult(true),
      josResult(null),
      json({ [INTERCEPT]: { stateCode: 100 } }),
      json({ [INTERCEPT]: { resultInfo: [{ stateCode: 100 }] } }),
      json({ [INTERCEPT]: { resultInfo: { code: 100 } } }),
      json({ jingdong_ldop_receive_order_intercept_response: { resultInfo: { stateCode: 100 } } }),
      json({ resultInfo: { stateCode: 100 } }),
      json({ [INTERCEPT]: { resultInfo: { stateCode: 100 } }, error_response: { zh_desc: '系统繁忙' } }),
      look([]),
    ],
    badCredentials: gateway('990401'),
    throttled: gateway('990429'),
    track: {
      found: (scans) =>
        look(
          scans.map(({ code, at }) => ({
            opeTitle: code,
            opeRemark: '货物已完成分拣',
            opeName: '京东快递',
            opeTime: shanghai(at).replaceAll('-', '/'),
            waybillCode: WAYBILL,
            courier: '张三',
            courierTel: '13000000000',
          })),
        ),
      empty: look([]),
      phases: JOS_PHASES,
    },
  },
};
