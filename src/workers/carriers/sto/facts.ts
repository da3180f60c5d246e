import type { CarrierFact } from '../../../domain/carrier/port.js';

const CLIENTS = 'five clients that agree (github syships/php-logistic, fuzui/aggregatelogistics and others)';
const PHP = 'one source: github syships/php-logistic';
const ANSWERS = 'three clients (github syships/php-logistic, fuzui/aggregatelogistics; Go package shentong)';
const SCANS =
  'github open-logistics-tracking/OLTS (transcribed from STO documents 2026-05); package com.cmhq.core.api; github fuzui/aggregatelogistics';
const PUSHED = 'package com.cmhq.core.api, which quotes the text of STO documents';
const NONE = 'searched for and not found';

/** What is known of STO's interface, and what is not. Shown in docs/carriers.md. */
export const STO_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Address',
    value:
      'one for all services, POST /gateway/link.do; the test system (cloudinter-linkgatewaytest.sto.cn) has http only, which a baseUrl outside this machine may not be',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Form',
    value: 'content, data_digest, api_name, from_appkey, from_code, to_appkey, to_code; url-encoded, content is JSON',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Signature',
    value: 'data_digest = base64(md5(content + secretKey)), over the text before it is url-encoded',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Intercept',
    value: 'INTERCEPT_CREATE_STANDARD to reverse-center: {waybillNo, interceptForAct: "DEFAULT"}',
    confidence: 'second-hand',
    source: PHP,
  },
  {
    fact: 'Other values of `interceptForAct`, other fields, which are required',
    value: 'unknown: `interceptForAct` can be set, nothing else is sent',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Where an intercepted parcel goes',
    value:
      'back to the sender; the same service with a receiver is a change of address (拦截改址), so the return address of the shop is never sent',
    confidence: 'second-hand',
    source: PHP,
  },
  {
    fact: 'Cancelling an intercept',
    value: 'INTERCEPT_DEL_STANDARD to reverse-center: {waybillNo}',
    confidence: 'second-hand',
    source: PHP,
  },
  {
    fact: 'Answer',
    value:
      '{success, errorCode, errorMsg, needRetry, requestId, expInfo, data}; success is "true" or "false" as text, bare booleans are read as well',
    confidence: 'second-hand',
    source: ANSWERS,
  },
  {
    fact: 'Answer in XML',
    value:
      '<response> with the same names; when the gateway chooses it and how it writes `data` are unknown, so a track in XML is a failed look',
    confidence: 'second-hand',
    source: PHP,
  },
  {
    fact: 'Success with an `errorCode`, or with `needRetry`',
    value: 'never seen: leaves the outcome open, unless the code is one of `successCodes`',
    confidence: 'not documented',
    source: 'our rule',
  },
  {
    fact: '`needRetry` in a failure',
    value:
      'a hint of the gateway to call again; whether something was done is not said, so a write is asked for and not sent again, unless `retryMeansNotDone`; a read is made again',
    confidence: 'second-hand',
    source: 'github fuzui/aggregatelogistics',
  },
  {
    fact: 'Codes',
    value:
      'no list, not even for a wrong signature or for too many calls: `meanings` takes those you have seen; a no with a code or words is a refusal we cannot explain until then',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'HTTP status of a failure',
    value: 'unknown: 200 is read, and 4xx if the account knows the failure',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Idempotency',
    value: 'no request id, no answer to a repeat known: never sent again by itself',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Query of an intercept, push of its result',
    value:
      'none is known: a lost answer is asked for by the track, which proves presence and never absence; 退回件 is the sign of a success',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Order cancellation EDI_MODIFY_ORDER_CANCEL',
    value: 'cancels a shipment before its pick-up; no intercept, not used',
    confidence: 'second-hand',
    source: PHP,
  },
  {
    fact: 'Track query',
    value:
      'STO_TRACE_QUERY_COMMON to sto_trace_query: {order, waybillNoList}; data is {"<waybillNo>": [route, …]}; more than one waybill a call is possible and not done',
    confidence: 'second-hand',
    source: 'three clients (github syships/php-logistic, fuzui/aggregatelogistics and another)',
  },
  {
    fact: 'Fields of a route',
    value: 'taken to be those of a pushed trace: opTime, scanType, memo, opOrgName, opOrgCityName, issueName',
    confidence: 'not documented',
    source: 'our reading; the list of scan types is the same for both',
  },
  {
    fact: 'A track without a scan',
    value:
      'unknown: an empty list under the waybill is "no scan"; an answer that does not name it counts as a failed look, unless `noTraceWhenAbsent`',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Window',
    value: 'open after 收件 until 派件, 第三方代派, 柜机代收, 驿站代收 or 签收',
    confidence: 'not documented',
    source: 'our reading of the scans',
  },
  {
    fact: 'Scan types',
    value: 'Chinese words: 收件 发件 到件 派件 签收 退回件 and others, the same in query and push',
    confidence: 'documented',
    source: SCANS,
  },
  {
    fact: 'Scans 快件取出, 驿站出库, 问题件, 改地址件, 转邮, 转同行, 留仓件, 代取快递',
    value:
      'do not say who has the parcel or where it goes: phase unknown, which blocks until the next scan (R70); 问题件 also with 拒收, which is no return yet',
    confidence: 'not documented',
    source: 'our reading of the words',
  },
  {
    fact: 'Back at the sender',
    value: 'no word of its own: 签收 after 退回件 (R68)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Track push',
    value:
      'STO_TRACE_PLATFORM_PUSH: {waybillNo, linkCode, trace: {outBizCode, scanType, opTime (yyyy-MM-dd HH:mm:ss, Asia/Shanghai), memo, opOrgName, opOrgCityName, issueName, …}}; waybills have to be subscribed at STO (STO_TRACE_PLATFORM_SUBSCRIBE)',
    confidence: 'documented',
    source: PUSHED,
  },
  {
    fact: 'Form and signature of a push',
    value:
      'one source reads a form field `content`, another the bare message: the form is taken to be signed as requests are (`pushSecretKey`), the bare message is let in only with `pushToken` in the address; else 401, and the track is polled',
    confidence: 'not documented',
    source: 'Kooboo STOLogistics.cs; package com.cmhq.core.api',
  },
  {
    fact: 'Repeats of a push',
    value:
      'pushed again when we answer late, the same `trace.outBizCode` telling that it is one; a scan that is known by parcel, time and phase changes nothing. How often is unknown',
    confidence: 'documented',
    source: PUSHED,
  },
  {
    fact: 'Acknowledgement of a push',
    value: '{success, errorCode, errorMsg}; success is seen as text and bare, text is sent',
    confidence: 'documented',
    source: PUSHED,
  },
  {
    fact: 'Limits',
    value: 'unknown; 20 per second is our default, HTTP 429 and what `meanings` calls throttled slow the lane down',
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
    fact: 'Fee of an intercept',
    value: 'in no answer; booked from the tariff',
    confidence: 'not documented',
    source: NONE,
  },
];
