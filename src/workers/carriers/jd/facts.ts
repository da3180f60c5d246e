import type { CarrierFact } from '../../../domain/carrier/port.js';

const CLIENTS = 'clients that transcribe JD documents in C#, Python, PHP and Java';
const DOCS = 'a stored copy of api-doc/267/846 of open.jdl.com (commonCancelOrderV1)';
const OLTS = 'github open-logistics-tracking/OLTS, mappings/cn/jdl.csv, after open.jdl.com access-guide/267/54018';
const JOS = 'clients of the older platform in Java and PHP';
const NONE = 'searched for and not found';

/** What is known of JD's two platforms, and what is not. Shown in docs/carriers.md. */
export const JD_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Two platforms',
    value: 'open.jdl.com (LOP, the default) and the older JOS at api.jd.com (`gateway: jos`), each with its own form',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'LOP: signature',
    value:
      'sign over secret + names and values of access_token, app_key, method (the path), param_json (the body), timestamp, v + secret; lower-case hex for md5-salt, base64 HMAC for HMacMD5, HMacSHA1, HMacSHA256, HMacSHA512 (`algorithm`)',
    confidence: 'documented',
    source: `${CLIENTS}; one PHP client writes the hex in upper case`,
  },
  {
    fact: 'LOP: time',
    value: 'timestamp yyyy-MM-dd HH:mm:ss, in China with the header lop-tz: 8; how old it may be is unknown',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'LOP: intercept',
    value:
      'POST /ecap/v1/orders/cancel, a JSON list of one: before the pick-up it cancels the shipment, after it intercepts; B2C and C2B, never C2C',
    confidence: 'documented',
    source: DOCS,
  },
  {
    fact: 'LOP: is `cancelReasonCode` required, and which `cancelType` has KY-B2C',
    value: 'the first is always sent (1 unless `cancelReasonCode`), the second is left out for `orderOrigin` 4',
    confidence: 'not documented',
    source: CLIENTS,
  },
  {
    fact: 'LOP: answer to an intercept',
    value:
      '`success` true, code 0 and data.resultType: 0 取消成功, 1 拦截成功, 2 取消失败, 3 拦截失败; anything else leaves the outcome open',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'LOP: what resultType 1 promises',
    value: 'not said whether the order is taken or the parcel stopped: taken, until status 480 or the track says more',
    confidence: 'not documented',
    source: 'our reading: the older platform answers before the result is known',
  },
  {
    fact: 'LOP: resultType 0 (R53)',
    value: 'the shipment was cancelled before its pick-up: nothing travels, nothing comes back, no fee of ours',
    confidence: 'documented',
    source: DOCS,
  },
  {
    fact: 'LOP: why a resultType of 2 or 3, and all business codes',
    value: 'no list: a refusal we cannot explain, until `meanings` says more',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Failure of the gateway',
    value:
      '{"error_response":{"zh_desc":…}}, `code` beside it by analogy; no list of codes, not even for a wrong key or too many calls: leaves the outcome of a write open, until `meanings` says more',
    confidence: 'second-hand',
    source: 'one client that reads zh_desc',
  },
  {
    fact: 'LOP: status query',
    value:
      'POST /ecap/v1/orders/status/get; the field of the answer that holds the number is unknown (`statusField`, default status)',
    confidence: 'not documented',
    source: CLIENTS,
  },
  {
    fact: 'LOP: numbers of a status',
    value:
      '480 已拦截 is a stop that took, 690 已取消 a shipment that was cancelled before pick-up; all others say where it is and nothing of an intercept',
    confidence: 'second-hand',
    source: OLTS,
  },
  {
    fact: 'LOP: track query',
    value: 'POST /ecap/v1/orders/trace/query; data.traceDetails with state, category, operationTime, operationRemark',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'LOP: words of a scan',
    value: '`state` is the event, `category` the status; where both are known the graver one holds',
    confidence: 'second-hand',
    source: OLTS,
  },
  {
    fact: 'Time of a scan',
    value: 'form unknown: yyyy-MM-dd HH:mm:ss, also with slashes, Asia/Shanghai; any other is a failed look',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'A track without a scan',
    value: 'an empty list is taken for "no scan"; what JD answers for an unknown waybill is unknown (`meanings`)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'The way back',
    value:
      'status 480; a new label (200020 换单打印, new waybill in the remark) is thought to begin it and is unknown until `scanPhases` says returning; scans under another waybill are a failed look',
    confidence: 'not documented',
    source: 'our reading of the names',
  },
  {
    fact: 'Back at the sender',
    value: 'no word of its own: 妥投 after the first scan of the way back (R68)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Scans 控单中, 异常终止, 已取消, 退款, 取消完成, 终止揽收 and those of returns that JD fetches',
    value: 'say too little: phase unknown, which blocks until the next scan (R70) or until `scanPhases` says more',
    confidence: 'not documented',
    source: 'our reading of the names',
  },
  {
    fact: 'Scans 拒收 and 再投后退回',
    value: 'read as returning',
    confidence: 'not documented',
    source: 'our reading of the names',
  },
  {
    fact: 'JOS: form and signature',
    value:
      'POST /routerjson, a form of method, access_token, app_key, timestamp, v, 360buy_param_json and sign: upper-case hex of md5(secret + sorted names and values + secret), not url-encoded',
    confidence: 'documented',
    source: `${JOS}; the name 360buy_param_json is that of JD's shop interfaces at the same address; that all travels in the body is inferred`,
  },
  {
    fact: 'JOS: intercept',
    value:
      'jingdong.ldop.receive.order.intercept {deliveryId, interceptReason, vendorCode}; cancels before the pick-up, intercepts after it, and does not say which',
    confidence: 'documented',
    source: JOS,
  },
  {
    fact: 'JOS: answer',
    value:
      'jingdong_ldop_receive_order_intercept_responce (sic).resultInfo.stateCode: 100 sent, any other number a failure; the result is to be polled',
    confidence: 'documented',
    source: JOS,
  },
  {
    fact: 'JOS: stateCode 108',
    value:
      'one source: cancelled before; another: a failure like any other. Treated as an intercept that exists: asked, never a success and never a refusal',
    confidence: 'second-hand',
    source: 'two clients that contradict each other',
  },
  {
    fact: 'JOS: track query',
    value:
      'jingdong.ldop.receive.trace.get {customerCode, waybillCode}; querytrace_result.code 100 and data of opeTitle, opeRemark, opeTime',
    confidence: 'second-hand',
    source: `${JOS}; the names of the wrappers are inferred`,
  },
  {
    fact: 'JOS: words of a scan',
    value:
      'no list of `opeTitle`: one that is to the letter the name of a known event or status is read as that, every other is unknown until `scanPhases` says more',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Idempotency',
    value: 'no request id at either platform; what a repeat does is unknown: never sent again by itself',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Query of an intercept',
    value:
      'LOP: by the status of the shipment; JOS: none, by the track. Both prove a stop and never that nothing was ordered',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Cancelling an intercept',
    value: 'none is known: a withdrawn refund goes to a person (R80)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Push of tracks and intercepts',
    value:
      'exists (`subscribeIntercept`, trace/subscribe); body, signature and acknowledgement are unknown: not subscribed, turned away',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Window',
    value:
      'from the pick-up; its end is not documented (R50 says sorting centres and the last station): JD draws it itself',
    confidence: 'not documented',
    source: DOCS,
  },
  {
    fact: 'Access token',
    value: 'OAuth at oauth.jdl.com; how long it holds is unknown, it is renewed there and put into `accessToken`',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'Limits',
    value: 'unknown; 20 per second is our default, HTTP 429 and what `meanings` calls throttled slow the lane down',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Test system',
    value: 'https://uat-api.jdl.com; one source says that express has none of general use',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Upper and lower case in waybills',
    value: 'unknown; compared in upper case, sent as received',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Fee of an intercept',
    value: 'in no answer, by weight and distance in the contract; booked from the tariff',
    confidence: 'not documented',
    source: 'fee queries exist (actualfee, standardfee); a table was searched for and not found',
  },
];
