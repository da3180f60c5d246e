import type { CarrierFact } from '../../../domain/carrier/port.js';

const PAGES = "Kuaidi100's pages 拦截改址 (api.kuaidi100.com/document/dianzimiandanlanjie…, stored copies)";
const DEMOS = 'github kuaidi100-api java-demo (InterceptOrderReq), php-demo, nodejs-demo';
const SIBLING = 'the page of the sibling callback 打印状态回调 (apifox project-514987); for interceptOrder by analogy';
const DICTIONARY = `参数字典 of ${PAGES}`;
const NONE = 'searched for and not found';

/** What is known of Kuaidi100's interceptOrder, and what is not. Shown in docs/carriers.md. */
export const KUAIDI100_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Intercept',
    value:
      'POST /label/order, method=interceptOrder (sent in the address and in the form, both are shown); form fields method, key, t (ms), sign, param (JSON as text)',
    confidence: 'documented',
    source: `${PAGES}; ${DEMOS}`,
  },
  {
    fact: 'Signature',
    value: 'sign = upper-case hex of md5(param + t + key + secret), param before it is url-encoded',
    confidence: 'documented',
    source: `${PAGES}; ${DEMOS}`,
  },
  {
    fact: 'Back to the sender',
    value:
      'interceptType RETURN_SEND_ADDR (退回寄件地址), or RETURN_SEND_STATION (退回寄件网点); MODIFY_ADDR is never sent',
    confidence: 'documented',
    source: PAGES,
  },
  {
    fact: 'Window',
    value:
      '「运输中且未签收」: in transit and not signed. Whether out for delivery still counts is not said; Kuaidi100 decides',
    confidence: 'documented',
    source: PAGES,
  },
  {
    fact: 'Company codes',
    value:
      'deppon debangwuliu (also debangkuaidi), ems ems, chinapost youzhengguonei (邮政快递包裹), chinapostec youzhengdsbk (邮政电商标快), zto zhongtong, jtexpress jtexpress, jd jd; `companyCodes` replaces one. The two slugs of China Post are ours, matched by the order of the names',
    confidence: 'documented',
    source: DICTIONARY,
  },
  {
    fact: 'Account at the courier',
    value:
      'deppon, ems and China Post need the waybill alone (partnerId is required on one page and optional on the other); jtexpress the monthly account, jd the merchant code as partnerId: `partners`',
    confidence: 'documented',
    source: DICTIONARY,
  },
  {
    fact: 'Account at ZTO',
    value:
      '合作方代码, 网点编码, appKey and appSecret; in which field 网点编码 goes (partnerKey or net) cannot be read, the row of the stored copy is shifted: whatever `partners.zto` holds is sent',
    confidence: 'second-hand',
    source: DICTIONARY,
  },
  {
    fact: 'Name of the order number',
    value: '`orderid` on the pages, `orderId` in the demos: `orderIdField`, orderid by default',
    confidence: 'documented',
    source: `${PAGES}; ${DEMOS}`,
  },
  {
    fact: 'Answer to an intercept',
    value: '{"code":200,"message","data","time"}; code 200 is the only success, anything else a failure',
    confidence: 'documented',
    source: `${DEMOS} (labelV2/Result.java)`,
  },
  {
    fact: 'Number of the order in `data`',
    value: 'unknown, so an accepted order has none',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Codes',
    value:
      'no list for interceptOrder, not even for a wrong signature: `meanings` takes those you have seen; others are a refusal we cannot explain',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Result',
    value: '「所有快递公司的拦截状态均通过回调返回」: only by callback, so nothing is sent without `callbackUrl`',
    confidence: 'documented',
    source: PAGES,
  },
  {
    fact: 'Callback',
    value:
      'POST form with param (JSON as text) and sign = hex of md5(param + salt); its case is not said, both are taken',
    confidence: 'second-hand',
    source: SIBLING,
  },
  {
    fact: 'Fields of the callback',
    value:
      'unknown: kuaidinum, kuaidicom, status, message, time are guesses after request and answer, `callback.fields` names others; without waybill or status the message is set aside and can be read again',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Statuses in the callback',
    value: 'unknown: `callback.statuses` says which word means what, to the letter; every other word is unclear',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'How soon the callback comes',
    value: 'unknown: a person is told after 30 minutes without one',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Acknowledgement of a callback, and its repeats',
    value:
      '{"result":true,"returnCode":"200","message":"提交成功"}; else called again after 30 minutes, given up after three failures',
    confidence: 'second-hand',
    source: SIBLING,
  },
  {
    fact: 'Idempotency',
    value: 'whether a second order for a waybill is told from the first is unknown: never sent again by itself',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Cancelling an intercept, query of its state',
    value:
      'none is known: a withdrawn refund goes to a person (R80), a lost answer is waited for, then a person decides',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Track query',
    value:
      'not connected: it is at another host (poll.kuaidi100.com), asks for a further key (customer), and of its answer only the states are known',
    confidence: 'documented',
    source: 'the page of the real-time query (apifox api-8575995); java-demo SignUtils',
  },
  {
    fact: 'Limits',
    value: 'unknown; 10 per second is our default, HTTP 429 and what `meanings` calls throttled slow the lane down',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Upper and lower case in waybills',
    value: 'unknown; compared in upper case, sent as received',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Price of an intercept',
    value: 'in no answer; booked from the tariff',
    confidence: 'not documented',
    source: NONE,
  },
];
