import type { CarrierFact } from '../../../domain/carrier/port.js';

const TMC = 'github TheNorthMemory/tmc.js@910ed99, hucsuper/taobao-tmc@f834f4f';
const TYPINGS = 'typings of tmc.js, generated from open.taobao.com/tmc.htm';
const METADATA = 'github bububa/opentaobao@3a362f9, metadata/assets/json';
const SDK = 'github bububa/opentaobao@3a362f9, generated SDK';
const COPIES =
  "public copies of the platform's error table that agree (blog.csdn.net/ye1992/article/details/8616047 …)";
const NONE = 'searched for and not found';

/** Every fact of Taobao's wire formats that we rely on, and what is not known. Shown in docs/platforms.md. */
export const TAOBAO_FACTS: readonly CarrierFact[] = [
  {
    fact: 'Message service (TMC)',
    value:
      'binary WebSocket ws://mc.api.taobao.com/, little-endian frames; `messageUrl` may name a wss:// address instead',
    confidence: 'second-hand',
    source: TMC,
  },
  {
    fact: 'Width of the status code of a frame',
    value: 'int32, as tmc.js reads it (it would write an int16)',
    confidence: 'second-hand',
    source: TMC,
  },
  {
    fact: 'Sign of CONNECT',
    value: 'upper-case hex of md5(secret + app_key… + group_name… + timestamp… + secret); CONNECTACK returns the token',
    confidence: 'second-hand',
    source: TMC,
  },
  {
    fact: 'Keeping the connection',
    value: 'SEND with __kind 1 (PullRequest): every 5 s in one client, every 15 s in the other; we send every 5 s',
    confidence: 'second-hand',
    source: TMC,
  },
  {
    fact: 'What a quiet service says',
    value: 'unknown: a connection without a frame for 5 minutes is made anew',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Acknowledgement',
    value:
      'SEND with __kind 2 (Confirm) and the id; __kind 20 (Failed) with id and msg asks for the message again. Clients differ whether Failed is SEND or SENDACK: we write SEND',
    confidence: 'second-hand',
    source: TMC,
  },
  {
    fact: 'Redelivery',
    value:
      'unconfirmed messages come again, after about a minute without an answer, 5-6 minutes after a failure; no order',
    confidence: 'second-hand',
    source: 'copy of the official page at cnblogs.com/erlongxizhu-03/p/11019189.html; hucsuper/taobao-tmc',
  },
  {
    fact: 'Event id',
    value: 'the id of the message; that a redelivery keeps it is how both clients confirm',
    confidence: 'second-hand',
    source: TMC,
  },
  {
    fact: 'Topics and their fields',
    value: 'taobao_refund_* (refund_fee in yuan), taobao_dispute_*, taobao_rdc_AgDealRefund (refund_fee in fen)',
    confidence: 'documented',
    source: TYPINGS,
  },
  {
    fact: 'Unit of buyer_refund_fee of taobao_dispute_*; values of refund_status of AgDealRefund',
    value: 'unknown: no amount is read from a dispute message; a status word that the detail does not know is unknown',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Address of the gateway (TOP)',
    value: 'https://eco.taobao.com/router/rest; not in an official copy: `baseUrl` and `gatewayPath` change it',
    confidence: 'not documented',
    source: `${SDK}, core/const.go has it (second-hand)`,
  },
  {
    fact: 'Sign of the gateway',
    value:
      'upper-case hex of md5(secret + sorted names and values + secret), sign_method=md5, v=2.0, timestamp in China',
    confidence: 'second-hand',
    source: SDK,
  },
  {
    fact: 'Answers of the gateway',
    value:
      'one root named after the method (refund_get_response), or error_response {code, msg, sub_code, sub_msg}; lists are wrapped in the name of their items, or bare: both are read',
    confidence: 'second-hand',
    source: SDK,
  },
  {
    fact: 'Codes of the gateway',
    value: '4-8 limits, 11-13, 25-29, 42, 53 keys and permissions, sub_code isp.… its own failure, isv.… a refusal',
    confidence: 'second-hand',
    source: COPIES,
  },
  {
    fact: 'taobao.refund.get, taobao.logistics.orders.get, taobao.refunds.receive.get',
    value: 'fields, statuses, dispute types, cs_status; refund_fee and total_fee are yuan as text with two decimals',
    confidence: 'documented',
    source: `${METADATA}/{tbrefund,tblogistics,refund}`,
  },
  {
    fact: 'What the buyer paid',
    value:
      'total_fee (交易总金额), inferred from payment = total_fee - refund_fee; whether it is the line or the whole order, and holds coupons of the platform, is not said. Too large an amount makes a refund partial, never full',
    confidence: 'not documented',
    source: `${METADATA}/tbrefund/taobao_refund_get.json`,
  },
  {
    fact: 'Refund-only of a shipped order',
    value:
      'dispute_type REFUND with order_status WAIT_BUYER_CONFIRM_GOODS; for a closed or finished order a forward waybill tells that it was shipped',
    confidence: 'not documented',
    source: 'inferred from the names of the states',
  },
  {
    fact: "The platform's own clock",
    value: 'refund_remind_timeout.timeout where exist_timeout is true',
    confidence: 'documented',
    source: `${METADATA}/tbrefund/taobao_refund_get.json`,
  },
  {
    fact: 'Forward parcels',
    value:
      'shippings[].out_sid and company_name; of a split order only those whose sub_tids name the line. company_name and sid of the refund itself are the return parcel',
    confidence: 'documented',
    source: `${METADATA}/tblogistics/taobao_logistics_orders_get.json`,
  },
  {
    fact: 'Couriers',
    value: 'by name only, no public table: whole names are built in, the rest is `carrierAliases`',
    confidence: 'not documented',
    source: NONE,
  },
  {
    fact: 'Limit of a poll window; are its ends counted in; rate limits',
    value: 'unknown: windows of an hour with two minutes of overlap, every minute; 20 reads a second',
    confidence: 'not documented',
    source: NONE,
  },
];
