import { createHash } from 'node:crypto';
import type { RawWebhook } from '../../src/domain/platform/port.js';
import { douyinPlugin } from '../../src/producers/platforms/douyin/adapter.js';
import {
  APP,
  detailData,
  gateway,
  listPage,
  listPages,
  listRecord,
  refusal,
  SHOP,
  STATUS,
  seconds,
  TOKEN,
} from './douyin-wire.js';
import type { PlatformHarness, Told } from './platform-harness.js';

/** The message that tells of each status, and its own time field. */
const TAGS = {
  open: ['200', 'apply_time'],
  refused: ['204', 'refuse_time'],
  paid: ['206', 'success_time'],
  closed: ['207', 'close_time'],
} as const;

const digest = (body: string, keys = APP): string =>
  createHash('md5').update(keys.appKey).update(body).update(keys.appSecret).digest('hex');

function posted(body: string, headers: Readonly<Record<string, string>> = {}): RawWebhook {
  return {
    body: Buffer.from(body),
    headers: { 'app-id': APP.appKey, 'event-sign': digest(body), ...headers },
    query: {},
  };
}

function element(tag: string, data: string, id: string): string {
  return `{"tag":"${tag}","msg_id":"${id}","data":${JSON.stringify(data)}}`;
}

function message({ afterSaleId, orderId, status, refundFen, atMs }: Told): string {
  const [tag, time] = TAGS[status];
  const data = `{"aftersale_id":${afterSaleId},"aftersale_status":${STATUS[status]},"aftersale_type":1,"${time}":${seconds(atMs)},"p_id":${orderId},"reason_code":1,"refund_amount":${refundFen},"refund_post_amount":0,"refund_voucher_num":0,"s_id":${orderId},"shop_id":${SHOP}}`;
  return `[${element(tag, data, `0428800000001::${tag}:${seconds(atMs)}:${afterSaleId}`)}]`;
}

const UNREADABLE = [
  message({ afterSaleId: '7000893114000949517', orderId: '1', status: 'open', refundFen: 1, atMs: 0 }).slice(0, -40),
  '{"tag":"200","msg_id":"m","data":"{}"}',
  `[${element('200', '{"aftersale_status":6,"p_id":4835804142146757001}', 'no-id')}]`,
  `[${element('200', '{"aftersale_id":"七百万","p_id":4835804142146757001}', 'no-number')}]`,
  `[${element('200', '{"aftersale_id":7000893114000949517,"refund_amount":"八十九元"}', 'no-amount')}]`,
  `[${element('200', '{"aftersale_id":7000893114000949517', 'half')}]`,
];

const IGNORED = [
  '[{"tag":"0","msg_id":"0","data":"2020-09-10T16:27:56.52842897+08:00"}]',
  `[${element('102', '{"p_id":4835804142146757001}', 'ship')}]`,
  `[${element('999', '{}', 'nobody-knows')}]`,
];

export const douyinHarness: PlatformHarness = {
  plugin: douyinPlugin(),
  credentials: { ...APP, accessToken: TOKEN },
  secrets: [APP.appSecret, TOKEN],
  platformShopId: SHOP,
  longId: '7000893114000949517',
  orderId: '4835804142146757001',
  states: { amount: true, status: ['open', 'refused', 'paid', 'closed'], moment: true },
  push: {
    genuine: (told) => posted(message(told)),
    forged: (told) => {
      const body = message(told);
      return [
        posted(body, { 'event-sign': digest(body, { ...APP, appSecret: 'another' }) }),
        posted(body, { 'event-sign': '' }),
        posted(body, { 'app-id': '7012345678901234568' }),
        posted(body, { 'event-sign': digest(`${body} `) }),
      ];
    },
    unreadable: UNREADABLE.map((body) => posted(body)),
    ignored: IGNORED.map((body) => posted(body)),
  },
  poll: {
    // A record says that something changed; the detail says what.
    states: { amount: false, status: [], moment: true },
    window: (told, perPage) =>
      listPages(
        told.map((one) => listRecord(one)),
        perPage,
      ),
    withUnreadable: (before, after) => () =>
      listPage(
        [listRecord(before), '{"aftersale_info":{"update_time":1630022518,"remark":"加急"}}', listRecord(after)],
        3,
      ),
    broken: [
      gateway('null'),
      gateway('{}'),
      gateway('[]'),
      gateway('{"items":{},"total":1}'),
      gateway('{"items":null,"total":3}'),
      gateway('{"items":[],"total":"many"}'),
      gateway('{"items":[],"others":[],"total":0}'),
      refusal(12345, 'isv.nobody-knows', ''),
    ],
  },
  detail: {
    of: (shown) => () => gateway(detailData(shown)),
    withoutAmounts: (shown) => () => gateway(detailData(shown, shown.afterSaleId, false)),
    types: ['return_refund', 'refund_only', 'refund_before_shipment', 'other'],
    ofAnother: (shown, other) => () => gateway(detailData(shown, other)),
    throttled: refusal(60000, '', '触发限流，请稍后重试'),
    badCredentials: refusal(40003, 'isv.access-token-expired', 'access_token已过期'),
    unavailable: refusal(50002, 'isv.business-failed:10000', '信息获取失败，请稍后重试'),
    broken: [
      gateway('null'),
      gateway('{}'),
      gateway('{"process_info":{"after_sale_info":[]}}'),
      refusal(12345, 'isv.nobody-knows', ''),
    ],
    couriers: { zhongtong: 'zto', yuantong: 'yto', 中通快递: 'zto', 圆通速递: 'yto', 韵达快递: 'yunda' },
  },
};
