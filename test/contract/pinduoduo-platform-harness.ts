import { pinduoduoPlugin } from '../../src/producers/platforms/pinduoduo/adapter.js';
import type { Received, Reply } from '../support/scripted-server.js';
import type { PlatformHarness, Shown, Told } from './platform-harness.js';

const APP = 'dc0000000000000000000000000000aa';
const SHOP = '171504183';

const json = (body: string): Reply => ({ body });
const refused = (code: number, msg: string, subCode: number | null = null): Reply =>
  json(JSON.stringify({ error_response: { error_code: code, error_msg: msg, sub_code: subCode, request_id: '1544' } }));
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

const MESSAGE_TYPE = { open: 'RefundCreated', closed: 'RefundClosed', refused: 'RefundRefused', paid: 'RefundPaid' };

/** A frame as the platform sends it: every id is a bare number. */
function common(id: string, type: string, content: string): string {
  const message = `{"type":"${type}","mallID":${SHOP},"content":${JSON.stringify(content)}}`;
  return `{"id":${id},"appId":5031,"commandType":"Common","time":1625637425100,"sendTime":1625637425101,"message":${message}}`;
}

function message({ afterSaleId, orderId, status, refundFen, atMs }: Told, messageId: string): string {
  const content = `{"mall_id":${SHOP},"refund_fee":${refundFen},"bill_type":1,"modified":${atMs},"refund_id":${afterSaleId},"operation":1000,"tid":"${orderId}"}`;
  return common(messageId, `pdd_refund_${MESSAGE_TYPE[status]}`, content);
}

const STATUS = { open: 2, refused: 6, paid: 10, closed: 11 };

function listed({ afterSaleId, orderId, status, refundFen, atMs }: Told): string {
  const amount = yuan(refundFen);
  return `{"id":${afterSaleId},"order_sn":"${orderId}","after_sales_status":${STATUS[status]},"after_sales_type":2,"refund_amount":"${amount}","order_amount":"${amount}","after_sale_reason":"不想要了","goods_name":"测试商品","tracking_number":"","created_time":"${atMs / 1000 - 60}","updated_time":"${atMs / 1000}"}`;
}

const page = (records: readonly string[], total: number): Reply =>
  json(`{"refund_increment_get_response":{"refund_list":[${records.join(',')}],"total_count":${total}}}`);
const form = ({ body }: Received) => new URLSearchParams(body);

/** One status a call: the others have no record. */
function window(told: readonly Told[], perPage: number) {
  return (request: Received): Reply => {
    const asked = form(request);
    const [from, to] = [Number(asked.get('start_updated_at')), Number(asked.get('end_updated_at'))];
    const found = told.filter(({ status, atMs }) => {
      const isAsked = String(STATUS[status]) === asked.get('after_sales_status');
      return isAsked && atMs / 1000 >= from && atMs / 1000 <= to;
    });
    const start = (Number(asked.get('page')) - 1) * perPage;
    return page(found.slice(start, start + perPage).map(listed), found.length);
  };
}

const TYPE: Readonly<Record<string, number>> = { refund_only: 1, return_refund: 2, refund_before_shipment: 1 };

function refund({ afterSaleId, orderId, type, status, refundFen, atMs }: Shown, amounts = true): string {
  const shipped = type === 'refund_before_shipment' ? 0 : 1;
  const amount = amounts ? `"refund_amount":${refundFen},` : '';
  return `{"id":${afterSaleId},"order_sn":"${orderId}","after_sales_status":${STATUS[status]},"after_sales_type":${TYPE[type]},${amount}"shipping_status":${shipped},"express_no":"R1","shipping_name":"申通快递","join_or_not":"0","expire_time":null,"recreated_at":${atMs - 60_000},"updated_time":"${atMs / 1000}","after_sales_reason":"不想要了","speed_refund_flag":0}`;
}

function order({ orderId, type, paidFen, parcels }: Shown, amounts = true): string {
  const parts = parcels.map(({ word, waybillNo }) => `"logistics_id":${word},"tracking_number":"${waybillNo}"`);
  const [first = '"logistics_id":0,"tracking_number":""', ...rest] = parts;
  const extra = rest.map((part) => `{${part}}`).join(',');
  const amount = amounts ? `"pay_amount":${yuan(paidFen)},"postage":0.0,` : '';
  const status = type === 'refund_before_shipment' ? 1 : 2;
  return `{"order_info_get_response":{"order_info":{"order_sn":"${orderId}","order_status":${status},"refund_status":2,${amount}${first},"extra_delivery_list":[${extra}],"gift_delivery_list":[]}}}`;
}

const asksForOrder = (request: Received) => form(request).get('type') === 'pdd.order.information.get';

function answers(command: string) {
  return (frame: string | Uint8Array, messageId: string) => {
    const text = String(frame);
    return text.startsWith(`{"id":${messageId},`) && text.includes(`"commandType":"${command}"`);
  };
}

export const pinduoduoHarness: PlatformHarness = {
  plugin: pinduoduoPlugin,
  credentials: {
    appKey: APP,
    appSecret: 'de00000000000000000000000000000000000000',
    accessToken: 'pinduoduo-token-of-the-shop',
    detailAmountUnit: 'fen',
  },
  secrets: ['de00000000000000000000000000000000000000', 'pinduoduo-token-of-the-shop'],
  platformShopId: SHOP,
  longId: '7381745730114950123',
  orderId: '210707-339507978993455',
  states: { amount: true, status: ['open', 'closed'], moment: true },
  socket: {
    ready: ['{"id":0,"commandType":"HeartBeat","time":1625637425000,"sendTime":1625637425000}'],
    message,
    nothing: [
      '{"commandType":"HeartBeat","time":1625637425000}',
      '{"id":1,"commandType":"Ack","time":1625637425000}',
      '{"commandType":"SomethingNew","time":1625637425000}',
    ],
    broken: [
      '',
      'null',
      '[]',
      '{"time":1625637425000}',
      '{"commandType":7}',
      '{"commandType":"Common","message":{"type":"pdd_refund_RefundCreated","mallID":1,"content":"{}"}}',
      '{"commandType":"Common","id":"七","message":null}',
      Buffer.from('{"commandType":"HeartBeat"}'),
    ],
    isConfirmation: answers('Ack'),
    isRefusal: answers('Fail'),
  },
  poll: {
    states: { amount: true, status: ['open', 'refused', 'paid', 'closed'], moment: true },
    window,
    withUnreadable: (before, after) => (request) =>
      form(request).get('after_sales_status') === '2'
        ? page([listed(before), '{"id":7381745730114950999,"updated_time":"十点"}', listed(after)], 3)
        : page([], 0),
    broken: [
      json('{"refund_increment_get_response":{"refund_list":{},"total_count":1}}'),
      json('{"refund_increment_get_response":{"refund_list":[]}}'),
      json('{"refund_list":[],"total_count":0}'),
      refused(10000, '参数错误'),
      refused(4711, '谁也不知道'),
    ],
  },
  detail: {
    of: (shown) => (request) => json(asksForOrder(request) ? order(shown) : refund(shown)),
    withoutAmounts: (shown) => (request) => json(asksForOrder(request) ? order(shown, false) : refund(shown, false)),
    ofAnother: (shown, other) => (request) =>
      json(asksForOrder(request) ? order(shown) : refund({ ...shown, afterSaleId: other })),
    throttled: refused(70031, '调用过于频繁，请调整调用频率', 70031),
    badCredentials: refused(10019, 'access_token已过期', 10019),
    unavailable: refused(52103, '服务暂时不可用，请稍后重试'),
    broken: [
      json('{"id":7381745730114950123}'),
      json('{"error_response":"no"}'),
      refused(45001, '订单不属于当前店铺或订单不存在'),
      refused(50001, '业务服务错误', 45001),
      refused(4711, '谁也不知道'),
    ],
    couriers: { '44': 'sf', '85': 'yto', '131': 'deppon', '384': 'jtexpress' },
  },
};
