import type { CarrierFact } from '../../../domain/carrier/port.js';

const CLIENTS =
  'clients that transcribe YTO documents (github tyut-pengkai/ruoyi-vue-new; github syships/php-logistic; package com.rookie.bigdata.yto)';
const PHP = 'real answers quoted in github syships/php-logistic';
const NEAR = 'a transcript of YTO documents and of a request made by its console (package ai.neargo.shop)';
const NONE = 'searched for and not found';

/** What is known of YTO's interface, and what is not. Shown in docs/carriers.md. */
export const YTO_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Address',
    value:
      '/open/{method}/{version}/{account segment}/{customer code}; address and secret are issued for each interface (`urls`, `secrets`)',
    confidence: 'documented',
    source: `${CLIENTS}; ${NEAR}`,
  },
  {
    fact: 'Envelope',
    value: 'JSON {timestamp (ms, text), param (JSON as text), sign, format: JSON}; one client sends the same as a form',
    confidence: 'documented',
    source: NEAR,
  },
  {
    fact: 'Signature',
    value: 'sign = base64(md5(param + method + version + secret)); the timestamp is not signed',
    confidence: 'documented',
    source: `${NEAR}; recomputed on three published requests`,
  },
  {
    fact: 'Wrong signature',
    value:
      '`{"success":false,"code":401,"reason":"请求加密校验失败"}`; with which HTTP status is not said, 200 and 4xx are read',
    confidence: 'documented',
    source: `${PHP}; ${NEAR}`,
  },
  {
    fact: 'Success of an intercept',
    value: '`statusCode` 0 (a number); the text of a success is unknown and not looked at',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'Refusal of an intercept',
    value:
      '`statusCode` 1, the reason only as words in `statusMessage`; words that nobody documented are a refusal we cannot explain, until `meanings` says more',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'Any other `statusCode`',
    value: 'unknown: leaves the outcome open',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Idempotency',
    value:
      'no request id; a repeat is answered 已有有效拦截件，不能重复发起拦截: an order stands and counts as accepted, never as refused',
    confidence: 'second-hand',
    source: PHP,
  },
  {
    fact: 'Query of an intercept',
    value: 'none is known: a lost answer is asked for by the track, which proves presence and never absence',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Push of an intercept result (拦截件推送)',
    value: 'exists in the menu of the documents, form unknown: TMS_RETURN in the track is read instead',
    confidence: 'not documented',
    source: NEAR,
  },
  {
    fact: 'Window',
    value:
      'every parcel on the road before the delivery scan (派件前); said of the redirect, taken for the return as well',
    confidence: 'second-hand',
    source: 'package com.rookie.bigdata.yto',
  },
  {
    fact: 'Codes 2000100xx and 2000170xx',
    value:
      'documented for placing orders only: on an intercept, those that speak of the system or of a repeat leave the outcome open',
    confidence: 'not documented',
    source: NEAR,
  },
  {
    fact: 'A code of the gateway that is not documented',
    value: 'leaves the outcome of a write open, until `meanings` says more',
    confidence: 'not documented',
    source: 'our rule',
  },
  {
    fact: 'Track query',
    value:
      'param {"NUMBER": waybill}, one waybill a call; a list, oldest first, or code 1001 with an empty map for no scan; an empty list is not documented and counts as a failed look',
    confidence: 'documented',
    source: NEAR,
  },
  {
    fact: 'Scan FAILED',
    value: 'delivery was tried: read as out for delivery, past the window and not delivered',
    confidence: 'not documented',
    source: 'our reading of 签收失败',
  },
  {
    fact: 'Scan FORWARDING',
    value: 'to another address, whose is not said: phase unknown, which blocks until the next scan (R70)',
    confidence: 'not documented',
    source: 'our reading of 转寄',
  },
  {
    fact: 'Back at the sender',
    value: 'no word of its own: SIGNED after TMS_RETURN (R68)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Track push',
    value:
      'form fields logistics_interface (XML, root UpdateInfo), data_digest = base64(md5(logistics_interface + secret)), clientId, type; the secret may be another one (`secrets.track_push`)',
    confidence: 'documented',
    source: 'github tyut-pengkai/ruoyi-vue-new',
  },
  {
    fact: 'Time in a push',
    value: 'Asia/Shanghai, as `yyyy-MM-dd HH:mm:ss` or with `.0 CST` behind it',
    confidence: 'second-hand',
    source: 'public test code for the push',
  },
  {
    fact: 'Acknowledgement of a push',
    value:
      'XML with logisticProviderID, txLogisticID, success, reason; root `Response` and whether YTO looks at more than `success` are guesses, txLogisticID is left empty',
    confidence: 'not documented',
    source: 'github tyut-pengkai/ruoyi-vue-new',
  },
  {
    fact: 'Repeats of a push',
    value: 'unknown',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Limits',
    value:
      'by customer code, numbers and the answer above them unknown (one report says 200 per minute for tracks); 20 per second is our default, HTTP 429 and what `meanings` calls throttled slow the lane down',
    confidence: 'not documented',
    source: NEAR,
  },
  {
    fact: 'IP allow-list',
    value: 'production takes calls from listed addresses only',
    confidence: 'second-hand',
    source: NEAR,
  },
  {
    fact: 'Upper and lower case in waybills',
    value: 'unknown; compared in upper case, sent as received',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Fee of an intercept',
    value: 'in no answer; booked from the tariff',
    confidence: 'not documented',
    source: NONE,
  },
];
