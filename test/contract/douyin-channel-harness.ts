import { douyinPlugin } from '../../src/producers/platforms/douyin/adapter.js';
import { commandOf } from '../support/command.js';
import type { Reply } from '../support/scripted-server.js';
import type { CarrierHarness } from './carrier-harness.js';
import { APP, gateway, listPage, listRecord, refusal, TOKEN } from './douyin-wire.js';

const WAYBILL = '75417914223203';
const AFTER_SALE = '7000893114000949517';
const OTHER_AFTER_SALE = '7000893114000949518';

const { channel } = douyinPlugin();
if (!channel) throw new Error('Douyin has its own intercept API');

/** The result of one parcel. `waybill` as it is written on the wire, so that an answer can name whatever parcel it likes. */
function result(fields: string, waybill: string): string {
  return `{"company_code":"zhongtong","company_name":"中通快递","tracking_no":"${waybill}","value_amount":8900,"cur_product":{"order_id":"4835804142146757001","product_name":"奶瓶"},"other_products":[],"other_product_amount":0,"settlement_mode":0,${fields}}`;
}

function answered(results: readonly string[], success: number, failed: number, msg = 'success'): Reply {
  const data = `{"intercept_results":[${results.join(',')}],"success_count":${success},"failed_count":${failed},"refund_amount":8900}`;
  return gateway(data, 10000, '', msg);
}

/** The parcels that the suite sends: its answers know nothing of the request, so a yes names them all. */
const SENT = [WAYBILL, '7000893114000949517', '0073100130019486'];

function yes(waybills: readonly string[], msg: string): Reply {
  const results = waybills.map((waybill) => result('"is_success":true,"intercept_cost":300', waybill));
  return answered(results, results.length, 0, msg);
}

const no = (code: string, reason: string): Reply =>
  answered(
    [result(`"is_success":false,"unavailable_reason_code":${code || 0},"unavailable_reason":"${reason}"`, WAYBILL)],
    0,
    1,
  );

const GATEWAY_CODE = /^\d{5}( |$)/;

/** A code of the gateway, or one of the reasons why a parcel cannot be intercepted. */
function failed(code: string): Reply {
  if (!GATEWAY_CODE.test(code)) return no(code, '该快递暂不支持拦截');
  const [gatewayCode, subCode = ''] = code.split(' ');
  return refusal(Number(gatewayCode), subCode, '业务处理失败');
}

const told = (afterSaleId: string) =>
  ({ afterSaleId, orderId: '4835804142146757001', status: 'open', refundFen: 8900, atMs: 1_630_022_518_000 }) as const;

export const douyinChannelHarness: CarrierHarness = {
  plugin: channel,
  credentials: { ...APP, accessToken: TOKEN },
  secrets: [APP.appSecret, TOKEN],
  command: commandOf({
    waybillNo: WAYBILL,
    carrier: 'zto',
    requestId: '4711-1',
    bizNo: '4711-1',
    asKnownThere: {
      rawCarrier: 'zhongtong',
      wantedBy: [{ afterSaleId: AFTER_SALE, orderId: '4835804142146757001', version: '1630022518' }],
    },
  }),
  wire: {
    accepted: (carrierRef) => yes([...SENT, carrierRef.replace('of-', '')], carrierRef),
    numberIn: 'rawText',
    failed,
    unknownCodes: ['-10006', '-99999', '7', ''],
    almostAccepted: [
      answered([], 1, 0),
      answered([result('"is_success":true', '75417914223204')], 1, 0),
      answered([result('"is_success":"true"', WAYBILL)], 1, 0),
      answered([result('"is_success":1', WAYBILL)], 1, 0),
      answered([result('"can_intercept":true', WAYBILL)], 1, 0),
      answered([result('"is_success":true', WAYBILL)], 0, 1),
      answered([result('"is_success":false,"unavailable_reason":"超时"', WAYBILL)], 1, 0),
      answered([result('"is_success":true,"unavailable_reason_code":-10006', WAYBILL)], 1, 0),
      answered([result('"is_success":true', WAYBILL), result('"is_success":false', WAYBILL)], 1, 1),
      answered([result('"is_success":false', WAYBILL)], 0, 1),
      gateway('null'),
      gateway('{"success_count":1}'),
      gateway('[]'),
      refusal(20001, '', '内部服务超时'),
      refusal(12345, 'isv.nobody-knows', ''),
    ],
    // The text names the parcel, as every answer of the suite does: what is kept of a call must say what it was about.
    badCredentials: refusal(40003, 'isv.access-token-expired', `access_token已过期 ${WAYBILL}`),
    throttled: refusal(60000, '', '触发限流，请稍后重试'),
    status: {
      known: {
        returning: [
          listPage([listRecord(told(AFTER_SALE), [WAYBILL])], 1),
          listPage([listRecord(told(OTHER_AFTER_SALE), []), listRecord(told(AFTER_SALE), [WAYBILL, WAYBILL])], 2),
        ],
      },
      unknown: [
        listPage([], 0),
        listPage([listRecord(told(AFTER_SALE), [])], 1),
        listPage([listRecord(told(AFTER_SALE), [WAYBILL, '75417914223204'])], 1),
        listPage([listRecord(told(AFTER_SALE), ['75417914223204'])], 1),
        listPage([listRecord(told(OTHER_AFTER_SALE), [WAYBILL])], 1),
      ],
    },
  },
};
