import type { CarrierFact } from '../../../domain/carrier/port.js';

const CLIENTS = 'github syships/php-logistic; github maxbetas/jtexpress; a further client';
const PHP =
  "github syships/php-logistic, which names the page of J&T's documents; that page needs a login and was not read";
const TRACE = 'github maxbetas/jtexpress; a blog post with comments (csdn Moonhwa)';
const BOT = "one client that says it copied J&T's documents; its transport contradicts all others";
const NONE = 'searched for and not found';

/** What is known of J&T's interface, and what is not: no page of J&T's own was read. Shown in docs/carriers.md. */
export const JTEXPRESS_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Envelope of a request',
    value:
      'POST /webopenplatformapi/api/…, form field bizContent (JSON), headers apiAccount, digest, timestamp (ms; one client sends seconds, and nobody signs it)',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Signature',
    value: 'header digest = base64(md5(bizContent before url-encoding + privateKey))',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Test system',
    value: 'https://uat-openapi.jtexpress.com.cn with ?uuid= of the account in every address (`uuid`)',
    confidence: 'second-hand',
    source: CLIENTS,
  },
  {
    fact: 'Intercept',
    value: 'POST …/waybill/intercept {mailNo, applyTypeCode}: 4 拦截退回, 5 拦截改址; 4 alone is used',
    confidence: 'second-hand',
    source: PHP,
  },
  {
    fact: '`applyTypeCode` 1 to 3',
    value: 'unknown, never sent',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: '`customerCode`, business `digest` and `reason` in an intercept',
    value: 'sent by one client and not by the other: left out unless `customer` and `reason` are set',
    confidence: 'second-hand',
    source: BOT,
  },
  {
    fact: 'Business digest',
    value: 'base64(md5(customerCode + upper-case hex of md5(password + "jadada236t2") + privateKey))',
    confidence: 'second-hand',
    source: 'two clients of the order interfaces, one with Chinese documentation in its comments',
  },
  {
    fact: 'Success',
    value: 'code "1", a text, in {code, msg, data}; a number, or a second verdict beside it, leaves the outcome open',
    confidence: 'second-hand',
    source: 'github maxbetas/jtexpress (other interfaces)',
  },
  {
    fact: '`data` of an accepted intercept',
    value: 'unknown, not looked at: there is no number of the order',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Codes of orders',
    value: 'the table below; whether an intercept gives them is not known, so that `meanings` comes before it',
    confidence: 'second-hand',
    source: BOT,
  },
  {
    fact: 'Codes of the intercept, of a wrong header digest, of too many calls',
    value: 'unknown: a no is a refusal we cannot explain, until `meanings` says more; HTTP 429 is throttling',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Idempotency, and the answer to a second intercept',
    value: 'no request id; 145002002 (运单重复) is asked for: never sent again by itself',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Cancelling an intercept, query of its state',
    value: 'none is known: a withdrawn refund goes to a person (R80), a lost answer is asked for by the track',
    confidence: 'second-hand',
    source: 'a client that lists what each courier has (操作无效, no page named)',
  },
  {
    fact: 'Track query',
    value:
      'POST …/logistics/trace {billCodes}; data is a list of {billCode, details: [{scanTime, scanType, desc, scanNetworkName, scanNetworkCity, …}]}',
    confidence: 'second-hand',
    source: TRACE,
  },
  {
    fact: 'Form and zone of `scanTime` and `feedbackTime`',
    value: 'taken for yyyy-MM-dd HH:mm:ss, Asia/Shanghai; anything else is a failed look',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Scan words',
    value: 'nodes 1 to 14; `scanType` is read as the number and as the name, since which one is sent is not said',
    confidence: 'second-hand',
    source: TRACE,
  },
  {
    fact: 'Scans 4 到件, 12 安检',
    value: 'a hub or the last branch, not said: read as moving, J&T may refuse',
    confidence: 'not documented',
    source: 'our reading of the names',
  },
  {
    fact: 'Scan 7 代理点收入',
    value: 'with an agent: read as out for delivery, past the window and not delivered',
    confidence: 'not documented',
    source: 'our reading of the name',
  },
  {
    fact: 'Scans 2 入仓 (no longer used), 5 出仓, 6 入库, 8 快件取出, 11 问题件, 13 其他',
    value:
      'say too little: phase unknown, which blocks until the next scan (R70); the kinds of 11 (A1 to A35) are in no field of the track',
    confidence: 'not documented',
    source: 'our reading of the names',
  },
  {
    fact: 'Window',
    value: 'open after the pick-up and before out for delivery',
    confidence: 'second-hand',
    source: 'an aggregator that fronts J&T (聚美智数)',
  },
  {
    fact: 'A track without a scan',
    value:
      'a named waybill with an empty list is "no scan"; anything else is a failed look unless `emptyTrackIsNoScan`',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Back at the sender',
    value: 'no word of its own: 10 快件签收 after 14 退件扫描 (R68)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Push of an intercept result (拦截回传)',
    value: 'mailNo, billCode, interceptResult, returnMailNo, feedbackTime',
    confidence: 'second-hand',
    source: "one application, all fields optional; J&T's documents have a page of that name",
  },
  {
    fact: 'Values of `interceptResult`',
    value: 'unknown: unclear, which moves nothing, unless in `callbacks.results`; what is taught there is believed',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Track push',
    value: 'subscribed by …/trace/subscribe; its form is unknown and taken for one entry of the track query',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'How a push proves where it comes from',
    value: 'unknown: every push is turned away (401) unless `callbacks.verifiedBy` says signature or token',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Acknowledgement of a push, and its repeats',
    value: "unknown: the envelope of J&T's own answers, unless `callbacks.ack` says more",
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Limits',
    value: 'unknown; 20 per second is our default',
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
