import type { CarrierFact } from '../../../domain/carrier/port.js';

const MESSAGES = 'official page 401854 消息服务说明 (copy in AndersonBY/kwaixiaodian-python-sdk)';
const CALLS = 'official page 401853 API调用说明 (copy in AndersonBY/kwaixiaodian-python-sdk)';
const EVENTS = 'Go SDK files that quote the official message pages';
const SHAPES = 'declarations generated from the official API pages (crywolfx/kuaishou-merchant-open-api)';
const SUPPORT = 'official support pages K0003 K0004 K0006 K1004 K1008 (same copy)';
const NONE = 'searched for and not found';

/** What is known of Kuaishou Shop's interfaces, and what is not. */
export const KUAISHOU_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Delivery',
    value: 'POST, the body is base64 of AES-CBC (PKCS#5, 16 zero bytes as IV), key = base64 of the message key',
    confidence: 'documented',
    source: MESSAGES,
  },
  {
    fact: 'Proof that a message is genuine',
    value: 'none but the encryption: it decrypts, is UTF-8 and JSON, and names our app',
    confidence: 'not documented',
    source: `${NONE}: no header is signed`,
  },
  {
    fact: 'Heart-beat and address check',
    value: '`{"test":true}`, sent all the time; pushing stops while it is not answered',
    confidence: 'documented',
    source: MESSAGES,
  },
  {
    fact: 'Is the heart-beat encrypted?',
    value: 'taken both ways; a plain one is acknowledged and nothing else is',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Acknowledgement',
    value: 'HTTP 200 `{"result":1}` within 3000 ms; else 5 more tries after 5, 10, 20, 30 and 60 min',
    confidence: 'documented',
    source: MESSAGES,
  },
  {
    fact: 'Loss and duplicates',
    value: 'both happen, polling as a back-stop is advised; order is not promised',
    confidence: 'documented',
    source: MESSAGES,
  },
  {
    fact: 'Messages and their statuses',
    value: 'kwaishop_aftersales_addRefund, kwaishop_aftersales_updateRefund; no amount, no waybill',
    confidence: 'second-hand',
    source: EVENTS,
  },
  {
    fact: 'Signature of calls',
    value: 'base64(HMAC-SHA256(signSecret, sorted parameters + &signSecret=…)); no published vector',
    confidence: 'documented',
    source: `${CALLS}; WyntersN/go-kwai`,
  },
  {
    fact: 'Address of calls',
    value: 'https://openapi.kwaixiaodian.com, the method with slashes; parameters in the query of a GET',
    confidence: 'documented',
    source: `${CALLS}; which of them are GET: crywolfx/kuaishou-merchant-open-api`,
  },
  {
    fact: 'Answer',
    value: '`result` 1 is success; `error_msg`, `code`, `msg`, `sub_code`, `sub_msg` say why not',
    confidence: 'documented',
    source: SHAPES,
  },
  {
    fact: 'Refusals',
    value: '24 and the words 鉴权失败, TOKEN过期, scope, 验签失败: credentials; "Exceed qps/quota limit": throttled',
    confidence: 'documented',
    source: SUPPORT,
  },
  {
    fact: 'Full list of gateway codes',
    value: 'unknown; others break the contract',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Detail',
    value: 'open.seller.order.refund.detail, then open.order.detail for the parcels on their way to the buyer',
    confidence: 'documented',
    source: SHAPES,
  },
  {
    fact: 'Unit of `refundFee` and `totalFee`',
    value: 'fen: other amounts of the same interfaces are documented in fen, these are not',
    confidence: 'not documented',
    source: SHAPES,
  },
  {
    fact: 'What the buyer paid',
    value: '`totalFee` 订单商品总价; whether freight or subsidies are in it is unknown: `paidAmount` chooses',
    confidence: 'not documented',
    source: SHAPES,
  },
  {
    fact: 'Platform money in `refundFee`',
    value: 'subsidies and red packets that go back to the buyer are in it',
    confidence: 'documented',
    source: SHAPES,
  },
  {
    fact: "The platform's clock",
    value: '`expireTime`, until which the seller must act; read as unix ms, another unit is passed over',
    confidence: 'documented',
    source: `${SHAPES}; its unit is not documented`,
  },
  {
    fact: 'Poll',
    value: 'open.seller.order.refund.pcursor.list by update time, at most one day, 100 a page, until `nomore`',
    confidence: 'documented',
    source: SHAPES,
  },
  {
    fact: 'Couriers',
    value: 'numbers of the official table 物流公司编号',
    confidence: 'documented',
    source: 'official page (same copy as the messages)',
  },
  { fact: 'Intercept interface', value: 'there is none', confidence: 'not documented', source: NONE },
];
