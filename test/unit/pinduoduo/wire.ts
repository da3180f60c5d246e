import type { CallContext, CarrierRequest, CarrierResponse } from '../../../src/domain/carrier/port.js';
import { pinduoduoPlugin } from '../../../src/producers/platforms/pinduoduo/adapter.js';

/** The keys of the vectors in the project's reference on selling platforms. */
export const KEYS = {
  appKey: 'dc0000000000000000000000000000aa',
  appSecret: 'de00000000000000000000000000000000000000',
} as const;

export const CREDENTIALS = pinduoduoPlugin.manifest.credentials.parse({ ...KEYS, accessToken: 'tok' });

export const ID = '7381745730114950123';
export const ORDER_SN = '210707-339507978993455';

/** A message that was captured in 2021; whole numbers as they came. */
export const CAPTURED =
  '{"mall_id":171504183,"refund_fee":1990,"bill_type":1,"modified":1625637425016,"refund_id":7381745730,"operation":1000,"tid":"210707-339507978993455"}';

/** A detail after the documented shape, without a root; the id is longer than a JavaScript number holds. */
export const REFUND = `{"after_sales_reason":"不想要了","after_sales_status":2,"after_sales_type":1,"confirm_time":1625630000000,"discount_amount":0,
  "dispute_refund_status":0,"exchange_shipping_detail":null,"expire_time":1625810225000,"express_no":"R1","goods_number":1,"goods_price":1990,
  "id":${ID},"images":["https://example.com/x.jpg"],"join_or_not":"0","order_amount":1990,"order_sn":"${ORDER_SN}","recreated_at":1625637425016,
  "refund_amount":1990,"remark":"","shipping_name":"申通快递","shipping_status":1,"sku_id":"1","speed_refund_flag":0,
  "updated_time":"1625637425","user_shipping_status":"1"}`;

export const ORDER = `{"order_info_get_response":{"order_info":{"order_sn":"${ORDER_SN}","order_status":2,"refund_status":2,"after_sales_status":2,
  "pay_amount":19.9,"goods_amount":25.0,"discount_amount":10.1,"platform_discount":5.1,"seller_discount":5.0,"postage":5.0,
  "logistics_id":85,"tracking_number":" YT2534891234567 ","receiver_name":"","extra_delivery_list":[{"logistics_id":384,"tracking_number":"JT0001"}],
  "gift_delivery_list":[{"logistics_id":85,"tracking_number":"YT2534891234567"},{"logistics_id":0,"tracking_number":"G1"}],
  "resend_delivery_list":[{"logistics_id":44,"tracking_number":"SF0001"}]}}}`;

export const RECORD = `{"id":${ID},"order_sn":"${ORDER_SN}","after_sales_status":2,"after_sales_type":2,"refund_amount":"19.90","order_amount":"19.90",
  "after_sale_reason":"不想要了","goods_name":"测试商品","tracking_number":"R1","shipping_name":"申通快递","created_time":"2021-07-07 13:57:05","updated_time":"1625637425"}`;

/** The text with pieces of it exchanged; throws where a piece is not in it. */
export function changed(text: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((given, [from, to]) => {
    if (!given.includes(from)) throw new Error(`the text holds no ${from}`);
    return given.replace(from, to);
  }, text);
}

export function refusal(code: unknown, subCode: unknown = null): string {
  return JSON.stringify({ error_response: { error_code: code, error_msg: 'x', sub_code: subCode, request_id: '1' } });
}

/** A platform that answers by the method asked and remembers what it was asked. */
export function answering(
  texts: Readonly<Record<string, string>>,
  response: Partial<CarrierResponse> = {},
): CallContext & { readonly asked: readonly CarrierRequest[]; readonly forms: readonly URLSearchParams[] } {
  const asked: CarrierRequest[] = [];
  const forms: URLSearchParams[] = [];
  return {
    asked,
    forms,
    send: async (request) => {
      asked.push(request);
      const form = new URLSearchParams(request.body);
      forms.push(form);
      return { status: 200, headers: {}, text: texts[form.get('type') ?? ''] ?? texts['*'] ?? '', ...response };
    },
  };
}
