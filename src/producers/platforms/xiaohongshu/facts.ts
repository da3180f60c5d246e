import type { CarrierFact } from '../../../domain/carrier/port.js';

const COPY = 'copy in AndersonBY/xiaohongshu-ecommerce-python-sdk';
const PUSHES = `official page 041 应用消息推送 (${COPY})`;
const MESSAGES = 'official message pages file/119 to file/131';
const API = `official API pages 售后API (${COPY})`;
const ORDER = `official API page order.getOrderDetail (${COPY})`;
const SIGN = `official pages 039 签名算法 and 040 系统参数说明 (${COPY})`;
const NONE = 'searched for and not found';

/** What is known of Xiaohongshu's interfaces, and what is not. */
export const XIAOHONGSHU_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Delivery',
    value: 'POST, JSON array of `{msgTag, sellerId, data}`, `data` is JSON as text; one address an app',
    confidence: 'documented',
    source: PUSHES,
  },
  {
    fact: 'Signature of pushes',
    value:
      'header `sign` = md5(path?all parameters with app-key and timestamp, sorted + secret); the example reproduces',
    confidence: 'documented',
    source: PUSHES,
  },
  {
    fact: 'The body',
    value: 'not signed: a message is a hint, states nothing, and the after-sale is read again',
    confidence: 'documented',
    source: PUSHES,
  },
  {
    fact: 'Age of a push',
    value: 'how old a signed `timestamp` may be is not said; it is not looked at',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Address check',
    value: '`{"test":true}`, answered with HTTP 200; whether it is signed is not said, so it needs no signature',
    confidence: 'documented',
    source: `${PUSHES}; its signature is not documented`,
  },
  {
    fact: 'Acknowledgement',
    value: '`{"success":true,"error_code":0,"error_msg":""}`; one more try 5 min after a failure',
    confidence: 'documented',
    source: PUSHES,
  },
  {
    fact: 'Loss',
    value: 'messages are lost while the access token is expired; no message id, so tag, after-sale and time make one',
    confidence: 'documented',
    source: PUSHES,
  },
  { fact: 'Messages', value: 'ten tags about after-sales, one form', confidence: 'documented', source: MESSAGES },
  {
    fact: 'Type',
    value: '`returnType` 4 is refund-only on a shipped order, 5 the same before shipment',
    confidence: 'documented',
    source: `${MESSAGES}; ${API}`,
  },
  {
    fact: 'Calls',
    value: 'POST JSON to /ark/open_api/v3/common_controller; sign = md5(method?appId&timestamp&version=2.0 + secret)',
    confidence: 'documented',
    source: SIGN,
  },
  {
    fact: 'Answer',
    value: '`success` true and `error_code` (the after-sale pages write `code`) 0, `data`',
    confidence: 'documented',
    source: `${SIGN}; ${API}`,
  },
  {
    fact: 'Error codes',
    value: 'none is published: words of the text, and `throttleCodes` and `credentialCodes` of the shop',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Detail',
    value: 'afterSale.getAfterSaleInfo; `logisticsInfo.order` is the parcel to the buyer; amounts in yuan',
    confidence: 'documented',
    source: API,
  },
  {
    fact: 'What the buyer paid',
    value: 'order.getOrderDetail: `totalPayAmount` (freight and deposit included), `skuList[].totalPaidAmount`, fen',
    confidence: 'documented',
    source: ORDER,
  },
  {
    fact: 'Several parcels of one order',
    value: 'order.getOrderDetail: `simpleDeliveryOrderList[]` with the goods in each',
    confidence: 'documented',
    source: ORDER,
  },
  {
    fact: "The platform's clock",
    value: '`expireTime` while the seller must act, else -1; read as unix ms, another unit is passed over',
    confidence: 'documented',
    source: `${API}; its unit is not documented`,
  },
  {
    fact: 'Poll',
    value: 'afterSale.listAfterSaleInfos by update time, at most 30 min, both ends included; pages of at most 100',
    confidence: 'documented',
    source: API,
  },
  {
    fact: 'How often a shop may be polled',
    value: 'at intervals of 5 min or more',
    confidence: 'documented',
    source: `official page 048 售后接入说明 (${COPY})`,
  },
  {
    fact: 'Limits',
    value: '100 calls a second for a new app, 200 a method',
    confidence: 'documented',
    source: `official page 292 接口限流说明 (${COPY})`,
  },
  { fact: 'Couriers', value: 'codes of appendix 1', confidence: 'documented', source: `official page 295 (${COPY})` },
  { fact: 'Intercept interface', value: 'there is none', confidence: 'not documented', source: NONE },
];
