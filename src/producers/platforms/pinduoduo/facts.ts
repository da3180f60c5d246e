import type { CarrierFact } from '../../../domain/carrier/port.js';

const SDK = 'official Java SDK, com.pdd.pop.sdk.message.*';
const PAGE = 'public copy of the official API page, captured 2026-04-09';
const CAPTURED = "a message captured in 2021 in a seller's public code";
const MODEL = 'C# model of the message in public code';
const HANDLERS = 'public code of several sellers that subscribes to it';
const SELLER = "a seller's public production code and notes, 2026";
const NODE_SDK = 'github lywzx/pdd-node-sdk';
const NONE = 'searched for and not found';

/** Every fact of Pinduoduo's wire formats that we rely on, and what is not known. Shown in docs/platforms.md. */
export const PINDUODUO_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Message service (PMC)',
    value:
      'text WebSocket wss://message-api.pinduoduo.com/message/{client_id}/{ms}/{sign}; backup message-api.yangkeduo.com',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Sign in the address',
    value:
      'base64 of the text of md5hex(client_id + ms + client_secret); our vector is computed, the platform publishes none',
    confidence: 'documented',
    source: `${SDK} (DigestUtil); the same in github Cherrs/pdd-rs`,
  },
  {
    fact: 'Frame of a message',
    value: '{id, appId, commandType Common, time, sendTime, message: {type, mallID, content}}, content is JSON as text',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Keeping the connection',
    value: 'HeartBeat from us every 5 s; without one from the platform for 3 min the connection is made anew',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Sign that the connection is accepted',
    value:
      'none is known: the first heart-beat of the platform counts, and ours is sent as soon as the connection is open',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Acknowledgement',
    value: 'Ack, or Fail with failReason (1000 characters), echoing id, sendTime, type and mallID',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Redelivery and order',
    value: 'unknown, taken as at least once in any order; what waits is kept for 7 days (pdd.pmc.accrue.query)',
    confidence: 'not documented',
    source: `${NONE}; the 7 days: ${NODE_SDK}`,
  },
  {
    fact: 'Refund messages',
    value: 'pdd_refund_RefundCreated, RefundAgreeAgreement, RefundClosed, RefundBuyerReturnGoods',
    confidence: 'second-hand',
    source: HANDLERS,
  },
  {
    fact: 'Messages of modified, refused, paid and arbitrated after-sales',
    value: 'none is known: the poll finds them',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Content of RefundCreated',
    value: '{mall_id, refund_id, tid (the order), refund_fee in fen, bill_type, modified in ms, operation}',
    confidence: 'second-hand',
    source: `${CAPTURED}; ${MODEL}`,
  },
  {
    fact: 'Content of the other refund messages',
    value: 'read like RefundCreated; one without `modified` fills gaps and never overrules',
    confidence: 'not documented',
    source: `one public handler reads RefundAgreeAgreement with the same model; ${NONE}`,
  },
  {
    fact: 'Type in messages',
    value: 'bill_type 1 仅退款 2 退货退款 3 换货 4 补寄 5 维修; whether it was shipped is only in the detail',
    confidence: 'second-hand',
    source: MODEL,
  },
  {
    fact: 'Gateway',
    value: 'POST https://gw-api.pinduoduo.com/api/router; timestamp in s, at most 10 minutes off',
    confidence: 'documented',
    source: PAGE,
  },
  {
    fact: 'Gateway sign',
    value: 'upper-case hex of md5(secret + sorted names and values + secret); our vector is computed',
    confidence: 'second-hand',
    source: `${NODE_SDK} pdd-client.ts`,
  },
  {
    fact: 'Body of a call',
    value: 'a form; JSON is sent by others',
    confidence: 'second-hand',
    source: `${SELLER}; JSON: ${NODE_SDK}`,
  },
  {
    fact: 'Refusals',
    value: '{"error_response": {error_code, error_msg, sub_code, sub_msg, request_id}} and the table of error_code',
    confidence: 'documented',
    source: PAGE,
  },
  {
    fact: 'An order that is not ours',
    value: '45001',
    confidence: 'second-hand',
    source: SELLER,
  },
  {
    fact: 'Reasons behind 50001 业务服务错误',
    value: 'unknown: it is asked again later',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Detail of an after-sale',
    value: 'pdd.refund.information.get {order_sn, after_sales_id}; the answer has no root of its own',
    confidence: 'documented',
    source: `${PAGE}; ${NODE_SDK}`,
  },
  {
    fact: 'Unit of refund_amount in the detail',
    value:
      'not stated; fen in the one code that was seen. `detailAmountUnit` sets it, without it the amount is not taken',
    confidence: 'not documented',
    source: `${PAGE}; fen: ${SELLER}`,
  },
  {
    fact: 'Form of updated_time',
    value: 'not stated: unix seconds, ms, China time and RFC 3339 are read; left out, the moment of the read counts',
    confidence: 'not documented',
    source: `${PAGE} shows unix seconds in the list; ${SELLER} shows the others`,
  },
  {
    fact: "The platform's clock",
    value: 'expire_time in ms, only while the seller has to act',
    confidence: 'documented',
    source: PAGE,
  },
  {
    fact: 'Status codes',
    value: 'after_sales_status 0, 2 to 18, 21, 22, 24, 25, 27, 31, 32, 33; 33 is 同意召回后退款，待商家召回',
    confidence: 'documented',
    source: PAGE,
  },
  {
    fact: 'Has the platform joined?',
    value: 'join_or_not 1; whether it is still at it is unknown, so only status 8 平台处理中 counts as arbitration',
    confidence: 'documented',
    source: PAGE,
  },
  {
    fact: 'Order and parcels',
    value:
      'pdd.order.information.get: logistics_id, tracking_number, extra_delivery_list, gift_delivery_list, order_status',
    confidence: 'documented',
    source: `${NODE_SDK}; the lists: ${PAGE} of order interfaces with the same order_info`,
  },
  {
    fact: 'What the buyer paid',
    value:
      'pay_amount in yuan = goods - discounts (the platform’s included) + postage; subsidies paid by a third may be in it',
    confidence: 'documented',
    source: `${NODE_SDK}; ${PAGE}`,
  },
  {
    fact: 'List of changes',
    value: 'pdd.refund.list.increment.get: window up to 30 min, 100 a page, total_count, amounts in yuan as text',
    confidence: 'documented',
    source: PAGE,
  },
  {
    fact: 'Type in the list',
    value: '2 仅退款 3 退货退款 4 换货 5 缺货补寄 6 维修: other numbers than in the detail; 1 says nothing',
    confidence: 'second-hand',
    source: `documented as a filter: ${PAGE}; in records: ${SELLER}`,
  },
  {
    fact: 'One status a call of the list',
    value: 'after_sales_status is required and has no "all" any more (1 全部 stood in older copies): `pollStatuses`',
    confidence: 'documented',
    source: PAGE,
  },
  {
    fact: 'Limits',
    value: 'the list 100 calls in 10 s from a seller; the detail 1400 in 1 s for all callers',
    confidence: 'documented',
    source: PAGE,
  },
  {
    fact: 'Couriers',
    value: '44 SF 顺丰, 85 YTO 圆通, 131 DB 德邦, 384 JTSD 极兔; the table is the API pdd.logistics.companies.get',
    confidence: 'second-hand',
    source: SELLER,
  },
  {
    fact: 'Intercept interface',
    value: 'there is none among the 288 interfaces of the official index; status 33 is all there is of a recall',
    confidence: 'not documented',
    source: `${NONE}; copy of the index, 2026-04`,
  },
];
