import type { Received, Reply } from '../support/scripted-server.js';
import type { Shown, Told } from './platform-harness.js';

/** JD's wire as public clients show it, as text: ids are bare numbers of 19 digits. */
export const APP = { appKey: 'jd-pop-app-key-demo', appSecret: 'jd-pop-secret-demo', accessToken: 'jd-pop-token-demo' };

const PREFIX = 'jingdong_pop_afs_soa_refundapply';
export type Method = 'queryPageList' | 'queryById' | 'replyRefund' | 'order';
const WRAPPER = {
  queryPageList: `${PREFIX}_queryPageList_responce`,
  queryById: `${PREFIX}_queryById_responce`,
  replyRefund: `${PREFIX}_replyRefund_responce`,
  order: 'jingdong_pop_order_get_responce',
} as const;

/** `0` 未审核, `2` 审核不通过, `11` 用户撤销: a review that passed is not paid yet, so nothing is. */
const STATUS: Readonly<Record<Told['status'], number>> = { open: 0, refused: 2, closed: 11, paid: 3 };
const DAY_MS = 86_400_000;

/** JD's local time; written by hand, not with the adapter's code. */
function shanghai(ms: number): string {
  return new Date(ms + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** What a request asks for, by its method. */
export function askedOf({ body }: Pick<Received, 'body'>): { method: Method; content: Record<string, unknown> } {
  const form = new URLSearchParams(body);
  const method = form.get('method') ?? '';
  const names: readonly Method[] = ['queryPageList', 'queryById', 'replyRefund'];
  return {
    method: names.find((name) => method.endsWith(`refundapply.${name}`)) ?? 'order',
    content: JSON.parse(form.get('360buy_param_json') ?? '{}'),
  };
}

export function wrapped(method: Method, inner: string, code = '"0"'): Reply {
  return { body: `{"${WRAPPER[method]}":{"code":${code},${inner}}}` };
}

export function gatewayFailure(code: string, zh = '网关失败'): Reply {
  return { body: JSON.stringify({ error_response: { code, zh_desc: zh, en_desc: 'failure' } }) };
}

/** One refundapply as text. What is not open was reviewed at its moment and made the day before. */
export function record(told: Told, more = ''): string {
  const reviewed = told.status !== 'open';
  const applied = shanghai(told.atMs - (reviewed ? DAY_MS : 0));
  const checked = reviewed ? `"checkTime":"${shanghai(told.atMs)}","checkUserName":"小王",` : '';
  return `{"id":${told.afterSaleId},"buyerId":"jd_张三","buyerName":"张三",${checked}"applyTime":"${applied}","applyRefundSum":${told.refundFen},"status":${STATUS[told.status]},"orderId":${told.orderId},"reason":"不想要了","modified":"${shanghai(told.atMs)}"${more}}`;
}

export function listPage(records: readonly string[], total: number): Reply {
  return wrapped(
    'queryPageList',
    `"queryResult":{"success":true,"totalCount":${total},"result":[${records.join(',')}]}`,
  );
}

/** The records of a list, found by the axis that is asked for and cut into pages of `perPage`. */
export function listPages(told: readonly Told[], perPage: number): (request: Received) => Reply {
  return (request) => {
    const { content } = askedOf(request);
    const axis = content.checkTimeStart === undefined ? 'apply' : 'check';
    const [from, to, page] = [
      String(content[`${axis}TimeStart`]),
      String(content[`${axis}TimeEnd`]),
      content.pageIndex,
    ];
    const found = told.filter((one) => {
      const isOnAxis = (one.status === 'open') === (axis === 'apply');
      return isOnAxis && shanghai(one.atMs) >= from && shanghai(one.atMs) <= to;
    });
    const start = (Number(page) - 1) * perPage;
    return listPage(
      found.slice(start, start + perPage).map((one) => record(one)),
      found.length,
    );
  };
}

export function refundOf(records: readonly string[]): Reply {
  const items = records.map((one) => `{"refundApplyVo":${one}}`);
  return wrapped('queryById', `"queryResult":{"success":true,"result":[${items.join(',')}]}`);
}

/** An order; `amounts: false` leaves every amount out. */
function orderOf({ orderId, parcels, paidFen }: Shown, amounts = true): Reply {
  const waybill = parcels.map((parcel) => parcel.waybillNo).join('|');
  const logisticsId = parcels.map((parcel) => parcel.word).join('|');
  const yuan = `${Math.floor(paidFen / 100)}.${String(paidFen % 100).padStart(2, '0')}`;
  const paid = amounts ? `,"orderPayment":"${yuan}"` : '';
  return wrapped(
    'order',
    `"orderDetailInfo":{"orderInfo":{"orderId":"${orderId}","orderState":"WAIT_GOODS_RECEIVE_CONFIRM","waybill":"${waybill}","logisticsId":"${logisticsId}"${paid}}}`,
  );
}

/** The answers to both calls of a detail. */
export function detailOf(shown: Shown, amounts = true, id = shown.afterSaleId): (request: Received) => Reply {
  const whole = record({ ...shown, afterSaleId: id });
  const refund = amounts ? whole : whole.replace(`"applyRefundSum":${shown.refundFen},`, '');
  return (request) => (askedOf(request).method === 'order' ? orderOf(shown, amounts) : refundOf([refund]));
}
