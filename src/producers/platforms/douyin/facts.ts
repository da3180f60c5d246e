import type { CarrierFact } from '../../../domain/carrier/port.js';

const SDK_MESSAGE = "the platform's own generated Java SDK (com.doudian.open, messages)";
const SDK_API = 'github zsmhub/doudian-sdk, generated from the official documents';
const CODE = 'github minibear2021/doudian, zsmhub/doudian-sdk, fudiwei/DotNetCore.SKIT.FlurlHttpClient.ByteDance';
const ONE = 'one source';
const NONE = 'searched for and not found';
const OURS = 'our reading';

/** What is known of Douyin Shop's after-sales interface, and what is not. */
export const DOUYIN_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Delivery of messages',
    value: 'HTTP POST, a JSON array of {tag, msg_id, data}, data is JSON as text; headers app-id and event-sign',
    confidence: 'documented',
    source: `${SDK_MESSAGE}; headers: ${CODE}`,
  },
  {
    fact: 'Older form of a message',
    value: 'numeric tag, msgId, data as an object: read too',
    confidence: 'second-hand',
    source: 'doc samples mirrored in fudiwei/DotNetCore.SKIT.FlurlHttpClient.ByteDance',
  },
  {
    fact: 'Signature of a message',
    value: 'event-sign = hex of md5(appKey + body bytes + appSecret), upper case accepted',
    confidence: 'documented',
    source: `${SDK_MESSAGE}; op.jinritemai.com/docs/guide-docs/153/99`,
  },
  {
    fact: 'Second signature',
    value:
      'HMAC-SHA256 of the same text with key appSecret, told from md5 by its 64 digits; one published vector reproduces',
    confidence: 'second-hand',
    source: ONE,
  },
  {
    fact: 'Values of the header sign-method',
    value: 'unknown: the header is not read',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Check of the address',
    value: 'POST [{"tag":"0","msg_id":"0","data":"<a time>"}], acknowledged like a message, kept out of the inbox',
    confidence: 'second-hand',
    source: 'two sources, op.jinritemai.com/docs/guide-docs/10/99',
  },
  {
    fact: 'Acknowledgement',
    value: 'HTTP 200 {"code":0,"msg":"success"} within about 2 s; a failure 401 or 503 with {"code":1,"msg":"fail"}',
    confidence: 'second-hand',
    source: `${CODE}; the deadline: ${ONE}`,
  },
  {
    fact: 'Repetition of messages',
    value:
      'duplicates happen and are known by msg_id; order and retry schedule are unknown: afterSale.List is the back-stop',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'After-sales messages',
    value: 'tags 200 to 209 and 212 to 217, each with its time field; trigger: 200 or 208 with aftersale_type 1',
    confidence: 'second-hand',
    source: 'github zsmhub/doudian-sdk message/*.go, which cite op.jinritemai.com/docs/message-docs/31',
  },
  {
    fact: 'Payload of a message',
    value:
      'aftersale_id, aftersale_status, aftersale_type, apply_time (unix s), p_id, refund_amount, refund_post_amount, update_time (RFC 3339)',
    confidence: 'documented',
    source: `${SDK_MESSAGE}, RefundRefundCreatedParam`,
  },
  {
    fact: 'Unit of money in messages',
    value: 'fen, freight included; by examples only, the detail states it',
    confidence: 'not documented',
    source: OURS,
  },
  {
    fact: 'Moment of tags 209 and 212 to 217',
    value: 'none is sent: such a message fills gaps and never overrules; the detail says the rest',
    confidence: 'second-hand',
    source: 'github zsmhub/doudian-sdk message/*.go',
  },
  {
    fact: 'Moment of tag 202',
    value: 'agree_time in the doc sample, refuse_time in the Go SDK: the first one present counts',
    confidence: 'second-hand',
    source: 'two sources that differ',
  },
  {
    fact: 'Types, statuses, refund and arbitration statuses',
    value: 'tables in codes.ts; an unknown type is `other`, an unknown status `unknown` (R70)',
    confidence: 'documented',
    source: SDK_API,
  },
  {
    fact: 'Status 53 (逆向交易已完成)',
    value: 'read as paid; a refund-only in a step that only goods on their way back can be in is `unknown`',
    confidence: 'not documented',
    source: OURS,
  },
  {
    fact: 'Gateway',
    value:
      'POST openapi-fxg.jinritemai.com/<method with a slash>, query app_key method timestamp (unix s) v=2 sign_method=hmac-sha256 sign access_token, body = param_json with keys sorted at every level and nothing escaped for HTML',
    confidence: 'documented',
    source: `${SDK_API} (utils/sign_util.go); the host: ${ONE}`,
  },
  {
    fact: 'Signature of a call',
    value: 'hex of HMAC-SHA256, key appSecret, over secret + app_key… method… param_json… timestamp… v2 + secret',
    confidence: 'documented',
    source: `${SDK_API} (utils/sign_util.go)`,
  },
  {
    fact: 'afterSale.Detail',
    value:
      'data.process_info.{after_sale_info, arbitrate_info, logistics_info} and data.order_info; refund_total_amount, refund_post_amount, pay_amount and post_amount a line, status_deadline, update_time; fen and unix s',
    confidence: 'documented',
    source: SDK_API,
  },
  {
    fact: 'What the buyer paid',
    value:
      'the sum of pay_amount over the lines; that it holds the freight and only lines of this after-sale is our reading',
    confidence: 'not documented',
    source: OURS,
  },
  {
    fact: 'Parcels',
    value:
      'logistics_info.order[] with tracking_no, company_code, company_name; return, exchange and resend travel elsewhere',
    confidence: 'documented',
    source: SDK_API,
  },
  {
    fact: 'Value of a parcel',
    value: 'in no field: what the buyer paid for all lines of the after-sale is taken, an upper bound of its own goods',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Pick-up time, category of goods, logistics_state',
    value: 'not stated, or in values that nobody lists: one look at the track decides, no category is stated',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Version of an after-sale',
    value: 'update_time in seconds; afterSale.operate takes it back to see whether the after-sale has changed',
    confidence: 'documented',
    source: SDK_API,
  },
  {
    fact: 'afterSale.List, request',
    value:
      'page from 0, size at most 100, update_start_time and update_end_time (unix s), order_by ["update_time asc"]',
    confidence: 'documented',
    source: `${SDK_API} (api/afterSale_List/request)`,
  },
  {
    fact: 'afterSale.List, answer',
    value:
      'not in our reference, so no name of it is trusted: the one list in data holds the records, a record or a part of it names after_sale_id or aftersale_id beside update_time, `total` counts if it is there; what changed is read from the detail',
    confidence: 'not documented',
    source: 'our reading; it takes what the generated SDK zsmhub/doudian-sdk has in api/afterSale_List/response',
  },
  {
    fact: 'Widest window of afterSale.List',
    value: 'unknown: half an hour is asked for, as at other platforms',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Courier table',
    value:
      'only the API order.logisticsCompanyList; built in are whole names and the codes zhongtong and yuantong that the SDK shows as examples; everything else is the shop’s carrierAliases (R66)',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Success of a call',
    value: '{log_id, code, msg, sub_code, sub_msg, data}, code 10000',
    confidence: 'documented',
    source: SDK_API,
  },
  {
    fact: 'Failures of a call',
    value:
      'the table gateway-codes.ts; tokens, signatures and limits are found by the words of sub_code, which is no documented pattern',
    confidence: 'second-hand',
    source: 'two public copies of op.jinritemai.com/docs/guide-docs/212/1427 that agree',
  },
  {
    fact: 'Read budget',
    value: 'unknown: 20 a second per shop; we give up after 5 s (the SDK waits 12 s) and ask again',
    confidence: 'not documented',
    source: NONE,
  },
];
