import type { CarrierFact } from '../../../domain/carrier/port.js';

const SDK = "ZTO's Java SDK (github ZTO-Express/zopsdk-java)";
const CLIENTS =
  'clients that transcribe ZTO documents (github tyut-pengkai/ruoyi-vue-new; package com.rookie.bigdata.zto)';
const CODES = "ZTO's error table, transcribed in github tyut-pengkai/ruoyi-vue-new";
const NOTES = 'public test notes with real pushes of 2025-05';
const NONE = 'searched for and not found';

/** What is known of ZTO's interface, and what is not. Shown in docs/carriers.md. */
export const ZTO_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Signature',
    value: 'x-dataDigest = base64(md5([x-timestamp] + body + appSecret)); sha256 or HmacSHA256 by the console',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Name of the key header',
    value: 'x-companyid (SDK) or x-appKey (newer documents), same value: both are sent',
    confidence: 'documented',
    source: `${SDK}; ${NOTES}`,
  },
  {
    fact: 'Timestamp',
    value: 'only where the page of the interface asks for it (`sendTimestamp`); else the signature is refused',
    confidence: 'documented',
    source: SDK,
  },
  {
    fact: 'Success',
    value: '`status === true`; every business error is HTTP 200 with `status: false`',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: '`statusCode` of a success of thirdcenter.*',
    value:
      'unknown; never looked at, except that a documented failure code beside `status: true` leaves the outcome open',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Idempotency',
    value: '`requestId` is checked for repeats (幂等校验)',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'What a repeated `requestId` is answered',
    value: 'unknown (the first answer, or E23121/E23127): duplicates are therefore asked for, never read as a refusal',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Status query for a waybill without an intercept',
    value: 'unknown: `unclear`, which proves nothing, until `noInterceptCodes` or `noInterceptWhenEmpty` is set',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Answer to a cancelled intercept (`data`)',
    value: 'unknown; `status: true` is taken for cancelled, the codes for the rest',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Window',
    value: 'closes at arrival at the delivery branch (E23137), before the delivery scan (E23120)',
    confidence: 'documented',
    source: CODES,
  },
  {
    fact: 'Scan ARRIVAL / 到件',
    value: 'a hub or the delivery branch, not said: read as moving, ZTO decides with E23137',
    confidence: 'documented',
    source: CLIENTS,
  },
  {
    fact: 'Scan PROBLEM / 问题件',
    value: 'the values of `problemCode` are unknown: phase unknown, which blocks until the next scan (R70)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Scan RETURN_SCAN',
    value:
      'a return or a changed address, told apart by `returnType`/`returnUpdateType`, whose values are unknown: read as returning, except those in `redirectTypes`',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Track query without any scan',
    value:
      'an empty `result` list is "no trace"; a null result or an error code is a failed look, unless in `noTraceCodes`',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Track push',
    value:
      'form fields data, data_digest = base64(md5(data + appSecret)), msg_type=Traces, company_id; times are Asia/Shanghai; out of order and repeated',
    confidence: 'documented',
    source: `${CLIENTS}; digest recomputed on ${NOTES}`,
  },
  {
    fact: 'Digest of a push where the app signs with sha256 or HmacSHA256',
    value: 'unknown: md5 unless `pushDigest` is set',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Repeats of a push',
    value: 'up to 16 after `status: false` or no answer',
    confidence: 'second-hand',
    source: 'documented for the print push of the same platform',
  },
  {
    fact: 'Push of an intercept result',
    value: 'probably exists, form unknown: the status is asked and RETURN_SCAN / RETURN_SIGNED are read instead',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Limits',
    value:
      'by minute or hour (S206) and by second (S221), numbers unknown; 20 per second is our default, 60 s and 1 s our pauses',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'HTTP status other than 200',
    value: 'the gateway is not available; 429 is read as throttling',
    confidence: 'second-hand',
    source: 'github chocotan/ztosdk; 429 by RFC 6585',
  },
  {
    fact: 'E23144 (CRM无权限) stops the lane',
    value:
      'it is the account that lacks the right, for every parcel, and it can be mended: nothing is refused for good',
    confidence: 'not documented',
    source: 'our reading of the advice',
  },
  {
    fact: 'E23118 (渠道) is a refusal',
    value: 'its text covers a single parcel whose channel is not allowed: one parcel must not stop the lane',
    confidence: 'not documented',
    source: 'our reading of the text',
  },
  {
    fact: 'E404, E409, E413, E416, E418 concern one waybill',
    value:
      'rights to its data depend on whose label it carries: refusals on a send, a failed look on a read, never a stopped lane',
    confidence: 'not documented',
    source: 'our reading of the texts',
  },
  {
    fact: 'An undocumented code',
    value:
      'E… on a send is a refusal we cannot explain (courier_unknown_code); any other may come from the gateway and leaves the outcome open',
    confidence: 'not documented',
    source: 'our rule',
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
