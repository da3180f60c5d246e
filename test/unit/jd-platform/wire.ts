import type { CallContext, CarrierRequest } from '../../../src/domain/carrier/port.js';
import { JD_CREDENTIALS } from '../../../src/producers/platforms/jd/credentials.js';

export const KEYS = { appKey: 'appk', appSecret: 'sec', accessToken: 'tok' } as const;
export const CREDENTIALS = JD_CREDENTIALS.parse({ ...KEYS, paidAmountField: 'orderPayment' });

export const ID = '7000893114000949517';
export const ORDER_ID = '4835804142146757001';
/** 2026-11-20 11:04:05 in China. */
export const AT_MS = Date.parse('2026-11-20T03:04:05Z');

/** A refundapply that waits for its review; `more` is JSON that is put in its place at the end. */
export function record(more = '', id = ID): string {
  return `{"id":${id},"orderId":${ORDER_ID},"applyRefundSum":8900,"status":0,"applyTime":"2026-11-20 11:04:05","modified":"2026-11-20 11:04:05","buyerName":"张三","buyerId":"jd_zhangsan","reason":"不想要了"${more}}`;
}

const root = (method: string) => `jingdong_pop_afs_soa_refundapply_${method}_responce`;
export const list = (total: number, ...records: readonly string[]): string =>
  `{"${root('queryPageList')}":{"code":"0","queryResult":{"success":true,"totalCount":${total},"result":[${records.join(',')}]}}}`;
export const refund = (...records: readonly string[]): string =>
  `{"${root('queryById')}":{"code":"0","queryResult":{"success":true,"result":[${records.map((one) => `{"refundApplyVo":${one}}`).join(',')}]}}}`;
export const reply = (result: string): string => `{"${root('replyRefund')}":{"code":"0","replyResult":${result}}}`;
export const order = (fields: string): string =>
  `{"jingdong_pop_order_get_responce":{"code":"0","orderDetailInfo":{"orderInfo":{"orderId":"${ORDER_ID}",${fields}}}}}`;

/** What a request asks for. */
export function contentOf({ body }: Pick<CarrierRequest, 'body'>): Record<string, unknown> {
  return JSON.parse(new URLSearchParams(body).get('360buy_param_json') ?? 'null');
}

/** A way to JD on which these answers come, one after the other, the last for ever. */
export function wayOf(...answers: readonly string[]): CallContext & { readonly asked: readonly CarrierRequest[] } {
  const asked: CarrierRequest[] = [];
  return {
    asked,
    send: async (request) => {
      asked.push(request);
      const text = answers[Math.min(asked.length, answers.length) - 1] ?? '';
      return { status: 200, headers: {}, text };
    },
  };
}
