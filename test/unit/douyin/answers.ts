/** Answers of afterSale.Detail after the documented shape, as raw JSON text: int64 ids are bare 19-digit numbers. */

export const DETAIL = `{"log_id":"2021082708015801020815313500A1B2","code":10000,"msg":"success","sub_code":"","sub_msg":"","data":{
  "process_info":{
    "after_sale_info":{"after_sale_id":7000893114000949517,"after_sale_status":6,"after_sale_type":1,"refund_status":1,
      "refund_total_amount":8900,"refund_post_amount":600,"real_refund_amount":0,"part_type":0,
      "apply_time":1630022518,"update_time":1630022530,"status_deadline":1630195318,"got_pkg":0,
      "reason":"不想要了","reason_code":1,"reason_remark":"","aftersale_tags":[{"tag_detail":"运费险","tag_detail_en":"freight_insurance"}],
      "after_sale_apply_count":2},
    "arbitrate_info":{"arbitrate_id":"","arbitrate_status":0},
    "logistics_info":{
      "return":{"tracking_no":"","company_name":"","company_code":""},
      "order":[
        {"tracking_no":"75417914223203","company_name":"中通快递","company_code":"zhongtong","logistics_time":1630022000,"logistics_state":3,"value_added_services":[]},
        {"tracking_no":"YT2534891234567","company_name":"圆通快递","company_code":"yuantong","logistics_time":1630022000,"logistics_state":2,"value_added_services":null}]}},
  "order_info":{"shop_order_id":4835804142146757001,"sku_order_infos":[
    {"sku_order_id":4835804142146757002,"order_status":3,"pay_amount":5900,"post_amount":600,"sku_pay_amount":5300,"item_quantity":1,"is_oversea_order":0},
    {"sku_order_id":4835804142146757003,"order_status":3,"pay_amount":3000,"post_amount":0,"sku_pay_amount":3000,"item_quantity":1,"is_oversea_order":0}]}}}`;

/** The same answer with one piece of its text exchanged; throws where the piece is not in it. */
export function detailWith(...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the answer holds no ${from}`);
    return text.replace(from, to);
  }, DETAIL);
}

/** A refusal of the gateway. */
export function refusal(code: number, subCode: string, subMsg: string): string {
  return JSON.stringify({ log_id: 'x', code, msg: '业务处理失败', sub_code: subCode, sub_msg: subMsg, data: null });
}
