import type { CarrierRequest, CarrierResponse } from '../../../src/domain/carrier/port.js';
import { XIAOHONGSHU_CREDENTIALS } from '../../../src/producers/platforms/xiaohongshu/manifest.js';

/** The official page's own example of a signed push (6.1). */
export const EXAMPLE = {
  path: '/open_api/msg',
  query: { canshu: 'test' },
  appKey: 'xhs',
  appSecret: '9a539709cafc1efc9ef05838be468a28',
  timestamp: '1625475843',
  sign: 'a7b7430de338783293443133ab9b9357',
} as const;

export const CREDENTIALS = XIAOHONGSHU_CREDENTIALS.parse({
  appKey: EXAMPLE.appKey,
  appSecret: EXAMPLE.appSecret,
  accessToken: 'token-of-the-shop',
});

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One element of a push; `data` is raw JSON text. */
export function element(msgTag: string, data: string): string {
  return `{"msgTag":"${msgTag}","sellerId":"seller-1","data":${JSON.stringify(data)}}`;
}

/** A real sample of a message's data (6.2). */
export const SAMPLE =
  '{"refundFee":0.1,"orderId":"P768291112062421411","packageId":"P768291112062421411","returnsId":"R6242141112658161","updateTime":1752812658321,"returnType":5,"requestFrom":1}';

export const ID = 'R6242141112658161';
export const INFO = `{"returnsId":"${ID}","returnType":4,"status":1,"orderId":"P768291112062421411","userId":"buyer-1","applyTime":1752812650000,"updatedAt":1752812658321,"expireTime":1752985458321,"reasonNameZh":"不想要了","skus":[{"skuId":"sku-1","boughtCount":1,"appliedCount":1}],"appliedShipFeeAmountYuan":6,"appliedSkusAmountYuan":83,"expectedRefundAmountYuan":89.0,"refundAmountYuan":0,"refundStatus":101,"cargoStatus":1}`;
export const AFTER_SALE = `{"afterSaleInfo":${INFO},"logisticsInfo":{"order":{"expressNo":" 73100130019486 ","expressCompanyCode":"zto","expressCompanyName":"中通"},"afterSale":{"expressNo":"RETURN1","expressCompanyCode":"shunfeng","expressCompanyName":"顺丰"},"exchange":null}}`;
export const ORDER =
  '{"orderId":"P768291112062421411","orderStatus":6,"totalPayAmount":8900,"totalShippingFree":600,"skuList":[{"skuId":"sku-1","totalPaidAmount":8300,"skuTag":0},{"skuId":"gift-1","totalPaidAmount":0,"skuTag":1}],"simpleDeliveryOrderList":[{"status":6,"expressTrackingNo":"73100130019486","expressCompanyCode":"zto","skuIdList":["sku-1"]}]}';

export const answer = (data: string): string => `{"success":true,"error_code":0,"error_msg":"","data":${data}}`;

/** A text with one piece exchanged; throws where the piece is not in it. */
export function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return text.replace(from, to);
}

/** A gateway that answers by method and remembers what it was asked. */
export function gateway(answers: { readonly afterSale?: string; readonly order?: string; readonly list?: string }) {
  const asked: CarrierRequest[] = [];
  const send = async (request: CarrierRequest): Promise<CarrierResponse> => {
    asked.push(request);
    const { method } = JSON.parse(request.body);
    const { afterSale = '', order = '', list = '' } = answers;
    const text =
      method === 'order.getOrderDetail' ? order : method === 'afterSale.listAfterSaleInfos' ? list : afterSale;
    return { status: 200, headers: {}, text };
  };
  return { asked, send };
}
