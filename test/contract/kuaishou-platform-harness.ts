import { createCipheriv } from 'node:crypto';
import type { RawWebhook } from '../../src/domain/platform/port.js';
import { kuaishouPlugin } from '../../src/producers/platforms/kuaishou/adapter.js';
import type { Received, Reply } from '../support/scripted-server.js';
import type { PlatformHarness, Shown, Told } from './platform-harness.js';

const KEY = 'ABEiM0RVZneImaq7zN3u/w==';
const APP = 'ks669064233797003102';
const SHOP = '12342323';

const json = (body: string): Reply => ({ body });
/** Numbers are written by hand, so that every digit of an id stays. */
const answer = (data: string): Reply =>
  json(`{"result":1,"code":"1","msg":"success","error_msg":"SUCCESS","data":${data}}`);
const refused = (result: number, errorMsg: string): Reply => json(JSON.stringify({ result, error_msg: errorMsg }));

function encrypt(text: string, key = KEY): RawWebhook {
  const cipher = createCipheriv('aes-128-cbc', Buffer.from(key, 'base64'), Buffer.alloc(16));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  return { body: Buffer.from(body), headers: { 'content-type': 'text/plain;charset=utf-8' }, query: {} };
}

const MESSAGE_STATUS = { open: 10, refused: 12, paid: 60, closed: 70 };

function message(
  { afterSaleId, orderId, status, atMs }: Told,
  eventId = `268_${afterSaleId}_${atMs}_${status}`,
): string {
  const info = `{"orderId":${orderId},"refundId":${afterSaleId},"handlingWay":10,"specialRefundType":0,"status":${MESSAGE_STATUS[status]},"eventType":4,"updateTime":${atMs}}`;
  return event('kwaishop_aftersales_updateRefund', JSON.stringify(info), eventId);
}

function event(name: string, info: string, eventId = '267_2345_147402', appKey = APP): string {
  return `{"eventId":"${eventId}","bizId":201560025620985,"userId":${SHOP},"openId":"dafagkncislgga","appKey":"${appKey}","event":"${name}","info":${info},"createTime":1591274070333,"test":false}`;
}

/** A refund in the API: refused is told by `negotiateStatus`. */
const API_STATUS = { open: [10, 1], refused: [10, 3], paid: [60, 2], closed: [70, 1] } as const;

function refund(told: Told & Partial<Shown>, amounts = true): string {
  const way = told.type === 'return_refund' ? 1 : 10;
  const [status, negotiated] = API_STATUS[told.status];
  const fee = amounts ? `"refundFee":${told.refundFen},` : '';
  return `{"refundId":${told.afterSaleId},"oid":${told.orderId},"handlingWay":${way},"status":${way === 1 && status === 10 ? 11 : status},"negotiateStatus":${negotiated},${fee}"refundType":1,"receiptStatus":1,"refundReasonDesc":"不想要了","createTime":${told.atMs - 1000},"updateTime":${told.atMs},"expireTime":${told.atMs + 172_800_000},"logisticsInfo":{"expressNo":"R1","expressCode":4}}`;
}

function order({ orderId, type, paidFen, parcels }: Shown, amounts = true): string {
  const entries = parcels.map(
    ({ word, waybillNo }, at) => `{"expressNo":"${waybillNo}","expressCode":${word},"logisticsId":${at + 1}}`,
  );
  const fees = amounts ? `,"totalFee":${paidFen},"expressFee":0,"discountFee":0` : '';
  const status = type === 'refund_before_shipment' ? 30 : 40;
  return `{"orderBaseInfo":{"oid":${orderId},"status":${status}${fees}},"orderItemInfo":{"num":1},"orderLogisticsInfo":[${entries.join(',')}]}`;
}

const asksForOrder = ({ path }: Received) => path.startsWith('/open/order/detail?');

function param({ path }: Received): { beginTime: number; endTime: number; pcursor: string } {
  return JSON.parse(new URL(path, 'http://kuaishou').searchParams.get('param') ?? '');
}

const page = (records: readonly string[], total: number, cursor: string) =>
  answer(`{"totalSize":${total},"pcursor":"${cursor}","refundOrderInfoList":[${records.join(',')}]}`);

export const kuaishouHarness: PlatformHarness = {
  plugin: kuaishouPlugin,
  credentials: {
    appKey: APP,
    appSecret: 'kuaishou-app-secret',
    signSecret: 'kuaishou-sign-secret',
    accessToken: 'kuaishou-token-of-the-shop',
    messageKey: KEY,
  },
  secrets: ['kuaishou-app-secret', 'kuaishou-sign-secret', 'kuaishou-token-of-the-shop', KEY, APP],
  platformShopId: SHOP,
  longId: '2015600256209850123',
  orderId: '2015600256209857777',
  states: { amount: false, status: ['open', 'refused', 'paid', 'closed'], moment: true },
  push: {
    genuine: (told) => encrypt(message(told)),
    forged: (told) => [
      encrypt(message(told), 'AREiM0RVZneImaq7zN3u/w=='),
      { body: Buffer.from(message(told)), headers: {}, query: {} },
      { body: Buffer.from('{"test":true,"event":"kwaishop_aftersales_addRefund"}'), headers: {}, query: {} },
      encrypt(event('kwaishop_aftersales_addRefund', '"{}"', '1', 'ks000000000000000000')),
      encrypt('{"eventId":"267_2345_147402","event":"kwaishop_after'),
    ],
    unreadable: [
      encrypt('[1,2]'),
      encrypt('{"eventId":"267_2345_147402","userId":12342323}'),
      encrypt(event('kwaishop_aftersales_addRefund', '"{\\"orderId\\":201560025620985"')),
      encrypt(
        event('kwaishop_aftersales_addRefund', '"{\\"orderId\\":201560025620985,\\"createTime\\":1591274070333}"'),
      ),
      encrypt(
        event(
          'kwaishop_aftersales_updateRefund',
          '"{\\"refundId\\":\\"退款二〇一五\\",\\"updateTime\\":1591274070333}"',
        ),
      ),
      encrypt(event('kwaishop_aftersales_updateRefund', '"{\\"refundId\\":201560025620985,\\"updateTime\\":159127}"')),
    ],
    ignored: [
      encrypt('{"test":true}'),
      { body: Buffer.from('{"test":true}'), headers: {}, query: {} },
      encrypt(event('kwaishop_order_addOrder', '"{\\"oid\\":201560025620985,\\"sellerId\\":12342323}"')),
    ],
  },
  poll: {
    states: { amount: true, status: ['open', 'refused', 'paid', 'closed'], moment: true },
    window: (told, perPage) => (request) => {
      const { beginTime, endTime, pcursor } = param(request);
      const within = told.filter(({ atMs }) => atMs >= beginTime && atMs <= endTime);
      const start = Number(pcursor === '' ? 0 : pcursor);
      const end = start + perPage;
      const records = within.slice(start, end).map((one) => refund(one));
      return page(records, within.length, end >= within.length ? 'nomore' : String(end));
    },
    withUnreadable: (before, after) => () =>
      page([refund(before), '{"refundId":2015600256209850999,"updateTime":"十点"}', refund(after)], 3, 'nomore'),
    broken: [
      answer('{"totalSize":1,"pcursor":"nomore","refundOrderInfoList":{}}'),
      answer(`{"totalSize":1,"refundOrderInfoList":[${'{"refundId":1}'}]}`),
      answer('[]'),
      refused(300_019, 'SEARCH TIME RANGE EXPAND LIMIT'),
      refused(4711, '谁也不知道'),
    ],
  },
  detail: {
    of: (shown) => (request) => (asksForOrder(request) ? answer(order(shown)) : answer(refund(shown))),
    withoutAmounts: (shown) => (request) =>
      asksForOrder(request) ? answer(order(shown, false)) : answer(refund(shown, false)),
    ofAnother: (shown, other) => (request) =>
      asksForOrder(request) ? answer(order(shown)) : answer(refund({ ...shown, afterSaleId: other })),
    throttled: refused(11, `Exceed qps limit, KEY [apiId:open.order.detail;appkey:${APP}], MAX_QPS [300.0]`),
    badCredentials: refused(24, 'AUTHORIZATION_REVOKED'),
    broken: [
      answer('{}'),
      answer('null'),
      answer('{"refundId":2015600256209850123}'),
      json('{"result":1}'),
      json('{"result":"成功"}'),
      refused(4711, '谁也不知道'),
    ],
    couriers: {
      '2': 'ems',
      '3': 'sto',
      '4': 'sf',
      '6': 'yto',
      '9': 'zto',
      '11': 'yunda',
      '14': 'jd',
      '17': 'deppon',
      '53': 'deppon',
      '109': 'jtexpress',
    },
  },
};
