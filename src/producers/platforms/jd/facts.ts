import type { CarrierFact } from '../../../domain/carrier/port.js';

const NOTES = 'notes of a third party on joshome.jd.com/api/detail 13148 and 13151';
const CLIENTS = 'public clients in PHP, C#, Java and Python, some citing open.jd.com apiId 922, 923 and 925';
const ONE = 'one public client';
const NONE = 'searched for and not found';
const OURS = 'our reading';

/** What is known of JD POP's refund review before delivery (取消订单退款审核), and what is not. */
export const JD_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Delivery of messages',
    value:
      'no topic, envelope or signature of a push is public: refunds are read by polling, nothing pushed is believed',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Two families of after-sales',
    value:
      'refundapply: before delivery, shipped or not, which is read; asc (售后服务单): after delivery, which is never intercepted and is not read',
    confidence: 'second-hand',
    source: NOTES,
  },
  {
    fact: 'Gateway',
    value:
      'POST https://api.jd.com/routerjson as a form: method, app_key, access_token, timestamp (yyyy-MM-dd HH:mm:ss, China), v=2.0, format=json, 360buy_param_json, sign',
    confidence: 'second-hand',
    source: `${CLIENTS}; jos.jd.com/commondoc?listId=33`,
  },
  {
    fact: 'Signature of a call',
    value: 'upper-case md5 of secret + names and values of all parameters, sorted, not url-encoded, + secret; UTF-8',
    confidence: 'second-hand',
    source: `${CLIENTS}; the test vector is computed, not published`,
  },
  {
    fact: 'Answer',
    value:
      '{"<method>_responce": {"code": "0", …}}, misspelt; `_response` is read too. A result says `success`, true alone is a yes',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Failures of the gateway',
    value:
      '{"error_response": {code, zh_desc, en_desc}}; 12 signature, 15 method, 19 access_token, 21 app_key. Every other code, also the one for too many calls, is unknown: `meanings`',
    confidence: 'second-hand',
    source: `${CLIENTS}; no list is public`,
  },
  {
    fact: 'Codes of a business failure',
    value: 'unknown; `errorCode` or `code` is shown to a person as `errorCode …`, `meanings` explains it',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'List',
    value:
      'refundapply.queryPageList by applyTimeStart/End or checkTimeStart/End, pageIndex 1 to 100, pageSize at most 50; queryResult{success, totalCount, result[]}',
    confidence: 'second-hand',
    source: `${NOTES}; ${CLIENTS}`,
  },
  {
    fact: 'How a change of an old application is seen',
    value:
      'a window is walked twice, by application and by review time; the event is id + status + modified, so a record on both axes is one event and counts once in the total. Notes speak of a condition on the update time without naming it',
    confidence: 'not documented',
    source: OURS,
  },
  {
    fact: 'Changes that no axis shows',
    value:
      'whether the review time moves with 7, 8 and 11 (用户撤销) is unknown: the look before sending and the status of the channel see them, the list may not',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Widest window and delay of the list',
    value: 'unknown: 30 min a window, every minute, 5 min of overlap; ends are included, whole seconds',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'A record',
    value:
      'id, orderId, applyRefundSum, status, applyTime, checkTime, modified, reason; in queryById inside refundApplyVo, which is read wherever it comes',
    confidence: 'second-hand',
    source: `${NOTES}; refundApplyVo: two public clients`,
  },
  {
    fact: 'Form of times in a record',
    value:
      'yyyy-MM-dd HH:mm:ss in China as in requests; a number is read as unix ms; without `modified` the later of the other two',
    confidence: 'not documented',
    source: OURS,
  },
  {
    fact: 'Amount asked back',
    value: 'applyRefundSum in fen; how much of it is freight is unknown',
    confidence: 'second-hand',
    source: NOTES,
  },
  {
    fact: 'Statuses 0 to 9',
    value:
      '0 open; 1, 3, 5, 6, 7, 9 agreed; 2 refused; 4 and 8 unknown. None says that the money has arrived: approval by JD finance (3) is not a paid refund',
    confidence: 'second-hand',
    source: `jos.jd.com api id=925 in two clients; what they mean for us: ${OURS}, after ${NOTES}`,
  },
  {
    fact: 'Statuses 10 and 11',
    value: '10 物流待跟进: unknown, a person is at it; 11 用户撤销: closed',
    confidence: 'second-hand',
    source: `${ONE} that cites open.jd.com apiId=925`,
  },
  {
    fact: 'Type',
    value:
      'INFERRED: an application of an order with a waybill is refund_only, without one refund_before_shipment; orderState is not used, its words are not documented',
    confidence: 'not documented',
    source: OURS,
  },
  {
    fact: 'Order',
    value: 'pop.order.get {order_id, optional_fields}; orderDetailInfo.orderInfo with waybill, logisticsId, orderState',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Several parcels of an order',
    value:
      'couriers parted by |, waybills of one courier by commas, as documented for shipping; couriers that do not fit are left out',
    confidence: 'second-hand',
    source: 'jos.jd.com api id=411 in one client; that the order has the same form: our reading',
  },
  {
    fact: 'What the buyer paid',
    value:
      'unknown until the shop names the field (`paidAmountField`, in yuan; two clients call orderPayment what the buyer paid): without it every refund waits for a person (R60)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Value of a parcel, category, pick-up time',
    value: 'in no field: what the buyer paid is taken as the value, the rest is not stated',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: "The platform's clock",
    value: 'how long a seller has for a review is unknown: no deadline is stated',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Couriers',
    value:
      'logisticsId 463, 465, 467, 470, 1327, 1499; the full table is an API. JD’s own courier is not among them: the shop’s carrierAliases must name its number (R66)',
    confidence: 'second-hand',
    source: `${ONE}; a second agrees on 467 and differs on YTO`,
  },
  {
    fact: 'Limits of calls',
    value: 'unknown: 10 a second per shop; we give up a read after 5 s and ask again',
    confidence: 'not documented',
    source: NONE,
  },
];
