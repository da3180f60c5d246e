import type { CarrierFact } from '../../../domain/carrier/port.js';

const MIRROR = "a mirror of Yunda's documents of 2025-06 (authentication page and index)";
const TRACK = 'a mirror of the track page; github fuzui/aggregatelogistics; further clients';
const ONE = 'one source: github Benxpawa/yundacURL';
const NONE = 'searched for and not found';

/** What is known of Yunda's interface, and what is not. Shown in docs/carriers.md. */
export const YUNDA_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Signature',
    value: 'header sign = lower-case hex of md5(body + "_" + appSecret), beside header app-key',
    confidence: 'documented',
    source: `${MIRROR}; the same in six clients`,
  },
  {
    fact: 'Header req-time',
    value: 'ms since 1970, not signed; not named on the authentication page, sent by most clients: sent',
    confidence: 'second-hand',
    source: TRACK,
  },
  {
    fact: 'Intercept',
    value:
      'POST /openapi/outer/tmm/outerapi/intercept/invokeExpressChangeAddr (改地址-指令下发); not in the public index, which has only 物流工单下发: off unless `enableIntercept`, and refused without a call then',
    confidence: 'second-hand',
    source: ONE,
  },
  {
    fact: 'Which `inteType` means "back to the sender"',
    value: 'unknown (the sample changes an address with 2): `inteType` must be given, `returnTo` may be',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Which fields of the intercept are required; what `startSiteCode` is',
    value: 'unknown: all fields of the sample are sent, `startSiteCode` is taken for the branch of the pick-up',
    confidence: 'not documented',
    source: ONE,
  },
  {
    fact: 'Answer to an intercept',
    value:
      'unknown: the envelope of the other interfaces is expected, `result === true` is the only success; a no with a code or words is a refusal we cannot explain, until `meanings` says more',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Codes',
    value: 'no list, not even for a wrong signature or for too many calls: `meanings` takes those you have seen',
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
    fact: 'Cancelling an intercept, query of its state, push of its result',
    value: 'none is known: a withdrawn refund goes to a person (R80), the result is read from the track (RETURN)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Track query',
    value:
      'POST /openapi/outer/logictis/query (sic) {"mailno"}; data.steps with action, time (yyyy-MM-dd HH:mm:ss, Asia/Shanghai), description, station_name, city; `"result":"false"` in the data is "no data"',
    confidence: 'documented',
    source: TRACK,
  },
  {
    fact: 'A track without a scan',
    value:
      'a waybill that is not subscribed has none either (those ordered through Yunda are said to be): a failed look, unless `tracksSubscribed`',
    confidence: 'second-hand',
    source: 'several clients',
  },
  {
    fact: 'Window',
    value: 'open after ACCEPT or GOT until SENT, INBOUND or SIGNED',
    confidence: 'not documented',
    source: 'our reading of the scans',
  },
  {
    fact: 'Scan REJECTION',
    value: 'refused by the buyer: read as returning',
    confidence: 'not documented',
    source: 'our reading of 拒收',
  },
  {
    fact: 'Scan SIGNFAIL',
    value: 'delivery was tried: read as out for delivery, past the window and not delivered',
    confidence: 'not documented',
    source: 'our reading of 签收失败',
  },
  {
    fact: 'Scans ISSUE, TRANSFER, OUTBOUND, OTHER, `OVERSEA_*`, `CLEARANCE_*`',
    value: 'say too little, or are of parcels across a border: phase unknown, which blocks until the next scan (R70)',
    confidence: 'not documented',
    source: 'our reading of the names',
  },
  {
    fact: 'Back at the sender',
    value: 'no word of its own: SIGNED after RETURN (R68)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Track push',
    value:
      'JSON {data (JSON as text), appKey, sign}, the fields of a step and mailno; seen as a sample on the page of the query',
    confidence: 'not documented',
    source: 'a mirror of the track page',
  },
  {
    fact: 'Signature of a push',
    value:
      'a guess, by analogy: md5(data + "_" + appSecret); if it is wrong pushes are turned away (401) and the track is polled',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Acknowledgement of a push, and its repeats',
    value: 'a guess, by analogy: {"result":true,"code":"0","message":"…"}',
    confidence: 'not documented',
    source: NONE,
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
