import { createHash } from 'node:crypto';
import type { RawWebhook } from '../../src/domain/platform/port.js';
import { xiaohongshuPlugin } from '../../src/producers/platforms/xiaohongshu/adapter.js';
import type { Received, Reply } from '../support/scripted-server.js';
import type { PlatformHarness, Shown, Told } from './platform-harness.js';

const APP = 'xhs-app-21d6748be8de0';
const SECRET = 'xiaohongshu-secret-demo';
const SHOP = '5f1b2c3d4e5f6a7b8c9d0e1f';
const PATH = '/webhooks/xiaohongshu/red';
const TIMESTAMP = '1763607845';
const CHECK: RawWebhook = { body: Buffer.from('{"test":true}'), headers: {}, query: {}, path: PATH };

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const json = (body: string): Reply => ({ body });
const answer = (data: string): Reply => json(`{"success":true,"error_code":0,"error_msg":"","data":${data}}`);
const refused = (code: number, message: string): Reply =>
  json(JSON.stringify({ success: false, error_code: code, error_msg: message, data: null }));

/** A push to our address, signed as the document's example is. */
function pushed(text: string, change: Partial<RawWebhook['headers']> = {}, path = PATH): RawWebhook {
  const sign = md5(`${PATH}?app-key=${APP}&timestamp=${TIMESTAMP}${SECRET}`);
  const headers = { timestamp: TIMESTAMP, 'app-key': APP, sign, ...change };
  return { body: Buffer.from(text), headers, query: {}, path };
}

function message(msgTag: string, data: string): string {
  return `[{"msgTag":"${msgTag}","sellerId":"${SHOP}","data":${JSON.stringify(data)}}]`;
}

const TAGS = {
  open: 'msg_after_sale_create',
  refused: 'msg_after_sale_audit_reject',
  paid: 'msg_after_sale_refund_finished',
  closed: 'msg_after_sale_closed',
};

function told({ afterSaleId, orderId, status, refundFen, atMs }: Told): string {
  const data = `{"refundFee":${refundFen / 100},"orderId":"${orderId}","packageId":"${orderId}","returnsId":"${afterSaleId}","updateTime":${atMs},"returnType":4,"requestFrom":1}`;
  return message(TAGS[status], data);
}

const STATUS = { open: 1, refused: 9, paid: 4, closed: 5 };
const RETURN_TYPES: Readonly<Record<string, number>> = { refund_only: 4, return_refund: 1, refund_before_shipment: 5 };

/** Yuan with two digits, moved by hand. */
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

function record(one: Told & Partial<Shown>, amounts = true): string {
  const amount = amounts ? `,"expectedRefundAmountYuan":${yuan(one.refundFen)},"appliedShipFeeAmountYuan":0` : '';
  return `{"returnsId":"${one.afterSaleId}","returnType":${RETURN_TYPES[one.type ?? 'refund_only']},"status":${STATUS[one.status]},"orderId":"${one.orderId}","userId":"buyer-1","applyTime":${one.atMs - 1000},"updatedAt":${one.atMs},"expireTime":-1,"reasonNameZh":"不想要了"${amount}}`;
}

function detail(shown: Shown, amounts = true): Reply {
  const [first] = shown.parcels;
  const order = first
    ? `{"expressNo":"${first.waybillNo}","expressCompanyCode":"${first.word}","expressCompanyName":""}`
    : 'null';
  const info = record(shown, amounts).replace(/}$/, ',"skus":[{"skuId":"sku-1","boughtCount":1,"appliedCount":1}]}');
  return answer(
    `{"afterSaleInfo":${info},"logisticsInfo":{"order":${order},"afterSale":{"expressNo":"R1"},"exchange":null}}`,
  );
}

function order({ orderId, paidFen, parcels }: Shown, amounts = true): Reply {
  const sent = parcels.map(({ word, waybillNo }) => ({
    status: 6,
    expressTrackingNo: waybillNo,
    expressCompanyCode: word,
    skuIdList: ['sku-1'],
  }));
  const paid = amounts ? { totalPayAmount: paidFen, totalShippingFree: 0 } : {};
  const skuList = [{ skuId: 'sku-1', skuTag: 0, ...(amounts ? { totalPaidAmount: paidFen } : {}) }];
  return answer(JSON.stringify({ orderId, orderStatus: 6, ...paid, skuList, simpleDeliveryOrderList: sent }));
}

const methodOf = ({ body }: Received): string => JSON.parse(body).method;
const asksForOrder = (request: Received): boolean => methodOf(request) === 'order.getOrderDetail';

const page = (records: readonly string[], total: number): Reply =>
  answer(`{"afterSaleBasicInfos":[${records.join(',')}],"totalCount":${total},"pageNo":1,"pageSize":100}`);

export const xiaohongshuHarness: PlatformHarness = {
  plugin: xiaohongshuPlugin,
  credentials: { appKey: APP, appSecret: SECRET, accessToken: 'xiaohongshu-token-of-the-shop' },
  secrets: [SECRET, 'xiaohongshu-token-of-the-shop', APP],
  platformShopId: SHOP,
  longId: 'R6242141112658161000',
  orderId: 'P768291112062421411',
  states: { amount: false, status: [], moment: false },
  push: {
    genuine: (one) => pushed(told(one)),
    bodyUnsigned: true,
    forged: (one) => [
      pushed(told(one), { sign: md5(`${PATH}?app-key=${APP}&timestamp=${TIMESTAMP}another`) }),
      pushed(told(one), { sign: undefined }),
      pushed(told(one), { timestamp: '1763607846' }),
      pushed(told(one), { timestamp: undefined }),
      pushed(told(one), { 'app-key': 'another' }),
      pushed(told(one), {}, '/webhooks/xiaohongshu/blue'),
      { ...pushed(told(one)), query: { canshu: 'test' } },
      { ...CHECK, body: Buffer.from('{"test":true,"msgTag":"msg_after_sale_create"}') },
    ],
    unreadable: [
      pushed('[{"msgTag":"msg_after_sale_create","sellerId":"5f1b'),
      pushed('{"msgTag":"msg_after_sale_create"}'),
      pushed('[{"sellerId":"5f1b2c3d4e5f6a7b8c9d0e1f","data":"{}"}]'),
      pushed(message('msg_after_sale_create', '{"orderId":"P768291112062421411"}')),
      pushed(message('msg_after_sale_create', '{"returnsId":"售后单六二四二"}')),
      pushed(message('msg_after_sale_create', 'not json 13800138000')),
    ],
    ignored: [
      CHECK,
      pushed('[]'),
      pushed(message('msg_fulfillment_status_change', '{"orderId":"P768291112062421411","orderStatus":6}')),
      pushed(message('msg_item_buyable', '{}')),
    ],
  },
  poll: {
    states: { amount: true, status: ['open', 'refused', 'paid', 'closed'], moment: true },
    window: (all, perPage) => (request) => {
      const { pageNo, startTime, endTime } = JSON.parse(request.body);
      const within = all.filter(({ atMs }) => atMs >= startTime && atMs <= endTime);
      return page(
        within.slice((pageNo - 1) * perPage, pageNo * perPage).map((one) => record(one)),
        within.length,
      );
    },
    withUnreadable: (before, after) => () =>
      page([record(before), '{"returnsId":"R6242141112658161999","updatedAt":"十点"}', record(after)], 3),
    broken: [
      answer('{"totalCount":1}'),
      answer('{"afterSaleBasicInfos":{},"totalCount":1}'),
      answer('{"afterSaleBasicInfos":[]}'),
      refused(-9_999_999, '谁也不知道'),
    ],
  },
  detail: {
    of: (shown) => (request) => (asksForOrder(request) ? order(shown) : detail(shown)),
    withoutAmounts: (shown) => (request) => (asksForOrder(request) ? order(shown, false) : detail(shown, false)),
    ofAnother: (shown, other) => (request) =>
      asksForOrder(request) ? order(shown) : detail({ ...shown, afterSaleId: other }),
    throttled: refused(-1, '接口限流，请稍后'),
    badCredentials: refused(-2, 'accessToken xiaohongshu-token-of-the-shop 已过期'),
    broken: [
      answer('{}'),
      answer('null'),
      answer('{"afterSaleInfo":{"returnsId":"R6242141112658161000"}}'),
      json('{"success":true}'),
      json('{"success":"true","error_code":0,"data":{}}'),
      json('{"error_code":0,"data":{}}'),
      refused(-9_999_999, '谁也不知道'),
    ],
    couriers: {
      zto: 'zto',
      yuantong: 'yto',
      yunda: 'yunda',
      shentong: 'sto',
      shunfeng: 'sf',
      jd: 'jd',
      jtexpress: 'jtexpress',
      debangwuliu: 'deppon',
      ems: 'ems',
    },
  },
};
