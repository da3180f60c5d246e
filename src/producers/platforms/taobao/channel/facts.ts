import type { CarrierFact } from '../../../../domain/carrier/port.js';

const METADATA = 'github bububa/opentaobao@3a362f9, metadata/assets/json';
const COPIES = "public copies of the platform's error table that agree";
const NONE = 'searched for and not found';

/** What is known of the platform's intercept APIs, and what is not. Shown in docs/carriers.md. */
export const CHANNEL_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Intercept by after-sale',
    value: 'taobao.rp.refund.intercept (卖家发起拦截): refund_id and refund_version, both required numbers',
    confidence: 'documented',
    source: `${METADATA}/tbrefund/taobao_rp_refund_intercept.json`,
  },
  {
    fact: 'Answer by after-sale',
    value:
      '{"rp_refund_intercept_response": {"request_id"}} and nothing else; anything beside it leaves the outcome open. A no is an error of the gateway',
    confidence: 'documented',
    source: `${METADATA}/tbrefund/taobao_rp_refund_intercept.json`,
  },
  {
    fact: 'Intercept by waybill (`interceptBy: delivery_cut`)',
    value:
      'taobao.logistics.erp.delivery.cut (ERP发起配拦截): cut_off_delivery_process_request {mail_no, tms_cp_code, intercept_time, intercept_reason, outer_order_id}',
    confidence: 'documented',
    source: `${METADATA}/logistic/taobao_logistics_erp_delivery_cut.json`,
  },
  {
    fact: 'Answer by waybill',
    value:
      'suc true is the only success. suc false with retry true (是否需要重试) is asked again; with retry false it is a refusal by biz_error_code',
    confidence: 'documented',
    source: `${METADATA}/logistic/taobao_logistics_erp_delivery_cut.json`,
  },
  {
    fact: 'How the request object travels, and the form of intercept_time',
    value: 'as JSON in one form field; yyyy-MM-dd HH:mm:ss in China (the type is String, no form is given)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'tms_cp_code',
    value:
      'no public table: `cpCodes` of the credentials, by our courier slug; a courier without one is refused here and nothing is sent',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Which of the two a seller may use',
    value: '`interceptBy`, default refund: it needs nothing but what the after-sale says',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Codes of a refused intercept, a stale refund_version and a repeat among them',
    value:
      'no list: a no with isv.… is a refusal we cannot explain, until `meanings` says more (`stale_version`: the refund is read and asked for once more with its new version)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Codes of the gateway',
    value:
      'error_response {code, msg, sub_code, sub_msg}; 4-8 are limits, 11-13, 25-29, 42, 53 are keys and permissions; isp.… is its own failure and leaves a write open',
    confidence: 'second-hand',
    source: COPIES,
  },
  {
    fact: 'Result of an intercept',
    value:
      'taobao.logistics.express.delivery.cut.notify (1 拦截成功, 2 拦截失败, 3 拦截取消) is called by the courier; no topic and no call tells the seller: the track decides',
    confidence: 'documented',
    source: `${METADATA}; 633 topics of tmc.js searched`,
  },
  {
    fact: 'Track',
    value: 'taobao.logistics.orders.get states one status of an order, no scans: not used as a track',
    confidence: 'documented',
    source: `${METADATA}/tblogistics/taobao_logistics_orders_get.json`,
  },
  {
    fact: 'Cancel, idempotency, fee, rate limit',
    value: 'none known: never sent again by itself, not cancelled, 20 calls a second, the fee by the tariff',
    confidence: 'not documented',
    source: NONE,
  },
];
