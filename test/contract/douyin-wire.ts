import type { Received, Reply } from '../support/scripted-server.js';
import type { Shown, Told } from './platform-harness.js';

/** Douyin's wire as its documents show it, as text: int64 ids are bare numbers of 19 digits. */
export const APP = { appKey: '7012345678901234567', appSecret: '0f1e2d3c-aaaa-bbbb-cccc-1234567890ab' };
export const TOKEN = 'b6e2a4d0-token-of-the-shop';
export const SHOP = '10437917';

export const STATUS = { open: 6, refused: 27, paid: 12, closed: 28 } as const;
const REFUND_STATUS = { open: 1, refused: 1, paid: 3, closed: 1 } as const;
const TYPES: Readonly<Record<Shown['type'], number>> = {
  return_refund: 0,
  refund_only: 1,
  refund_before_shipment: 2,
  other: 3,
};

export const seconds = (ms: number): number => Math.floor(ms / 1000);

/** An answer of the gateway; `data` is JSON as text. */
export function gateway(data: string, code = 10000, subCode = '', subMsg = ''): Reply {
  const [msg, sub] = [code === 10000 ? 'success' : '业务处理失败', JSON.stringify(subMsg)];
  return {
    body: `{"log_id":"2021082708015801020815313500A1B2","code":${code},"msg":"${msg}","sub_code":"${subCode}","sub_msg":${sub},"data":${data}}`,
  };
}

export const refusal = (code: number, subCode: string, subMsg: string): Reply => gateway('null', code, subCode, subMsg);

/** One page of afterSale.List as the twin and the generated SDK have it. */
export function listPage(records: readonly string[], total: number): Reply {
  return gateway(`{"items":[${records.join(',')}],"page":0,"size":${records.length},"total":${total}}`);
}

/** One record of it; `waybills` are those of its parcels to the buyer. */
export function listRecord(
  { afterSaleId, orderId, status, refundFen, atMs }: Told,
  waybills: readonly string[] = [],
): string {
  const parcels = waybills.map((waybill) => `{"tracking_no":"${waybill}","company_code":"zhongtong"}`);
  return `{"aftersale_info":{"aftersale_id":"${afterSaleId}","aftersale_type":1,"aftersale_status":${STATUS[status]},"refund_amount":${refundFen},"update_time":${seconds(atMs)},"order_logistics":[${parcels.join(',')}]},"order_info":{"shop_order_id":"${orderId}"}}`;
}

/** The records of a list, cut into pages of `perPage` by the page that is asked for. */
export function listPages(records: readonly string[], perPage: number): (request: Received) => Reply {
  return ({ body }) => {
    const { page } = JSON.parse(body);
    return listPage(records.slice(page * perPage, (page + 1) * perPage), records.length);
  };
}

/** The data of afterSale.Detail. `amounts: false` leaves every amount out. */
export function detailData(shown: Shown, afterSaleId = shown.afterSaleId, amounts = true): string {
  const parcels = shown.parcels.map(
    ({ word, waybillNo }) =>
      `{"tracking_no":"${waybillNo}","company_name":"","company_code":"${word}","logistics_time":1630022000,"logistics_state":2,"value_added_services":[]}`,
  );
  const refund = amounts ? `"refund_total_amount":${shown.refundFen},"refund_post_amount":0,` : '';
  const paid = amounts ? `"pay_amount":${shown.paidFen},"post_amount":0,` : '';
  return `{"process_info":{"after_sale_info":{"after_sale_id":${afterSaleId},"after_sale_status":${STATUS[shown.status]},"after_sale_type":${TYPES[shown.type]},"refund_status":${REFUND_STATUS[shown.status]},${refund}"apply_time":1630022518,"update_time":${seconds(shown.atMs)},"reason":"不想要了"},"arbitrate_info":{"arbitrate_id":"","arbitrate_status":0},"logistics_info":{"return":null,"order":[${parcels.join(',')}]}},"order_info":{"shop_order_id":${shown.orderId},"sku_order_infos":[{"sku_order_id":4835804142146757002,"order_status":3,${paid}"item_quantity":1}]}}`;
}
