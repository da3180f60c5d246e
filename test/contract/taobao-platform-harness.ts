import { readMessage, writeMessage } from '../../sandbox/platforms/taobao/tmc-frame.js';
import type { AfterSaleType } from '../../src/domain/aftersale/after-sale.js';
import type { Frame } from '../../src/domain/platform/socket.js';
import { taobaoPlugin } from '../../src/producers/platforms/taobao/adapter.js';
import type { Received, Reply } from '../support/scripted-server.js';
import type { PlatformHarness, Shown, Told } from './platform-harness.js';

const SECRET = 'abcdef0123456789abcdef0123456789';
const TOKEN = '6100c084de93ac021c879df03a4f699';
const SELLER = '2074690906';
const OID = '4200000000123456780';

const json = (body: string): Reply => ({ body });
const refused = (code: number, subCode = ''): Reply =>
  json(`{"error_response":{"code":${code},"msg":"Remote service error","sub_code":"${subCode}","request_id":"r"}}`);

/** Taobao writes China's local time and yuan; both written here by hand. */
const china = (ms: number): string => new Date(ms + 28_800_000).toISOString().slice(0, 19).replace('T', ' ');
const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

const TOPICS = {
  open: 'taobao_refund_RefundCreated',
  refused: 'taobao_refund_RefundSellerRefuseAgreement',
  paid: 'taobao_refund_RefundSuccess',
  closed: 'taobao_refund_RefundClosed',
} as const;

const STATUSES = {
  open: 'WAIT_SELLER_AGREE',
  refused: 'SELLER_REFUSE_BUYER',
  paid: 'SUCCESS',
  closed: 'CLOSED',
} as const;

const DISPUTES: Readonly<Record<AfterSaleType, string>> = {
  refund_only: 'REFUND',
  refund_before_shipment: 'REFUND',
  return_refund: 'REFUND_AND_RETURN',
  other: 'TAOBAO_EXCHANGE',
};

function message({ afterSaleId, orderId, status, refundFen, atMs }: Told, messageId: string): Frame {
  const content = `{"refund_id":${afterSaleId},"tid":${orderId},"oid":${OID},"refund_fee":"${yuan(refundFen)}","bill_type":"refund_bill","refund_phase":"onsale","buyer_nick":"b**r","seller_nick":"店铺","modified":"${china(atMs)}"}`;
  return writeMessage({
    type: 2,
    headers: {
      __kind: 3,
      id: BigInt(messageId),
      topic: TOPICS[status],
      content,
      dataid: afterSaleId,
      publisher: '4272',
      userid: BigInt(SELLER),
      nick: '店铺',
      time: new Date(atMs),
      outtime: new Date(atMs + 86_400_000),
      retried: 0,
    },
  });
}

/** Is it a SEND of ours of this kind, about that message? */
function isAnswer(frame: Frame, kind: number, messageId: string): boolean {
  const read = typeof frame === 'string' ? undefined : readMessage(Buffer.from(frame));
  const { __kind, id } = read?.headers ?? {};
  return read?.type === 2 && read.token === 'token-1' && __kind === kind && String(id) === messageId;
}

function refund(told: Told & Partial<Pick<Shown, 'type' | 'paidFen'>>, amounts = true): string {
  const { type = 'refund_only', paidFen = told.refundFen, atMs } = told;
  const order = type === 'refund_before_shipment' ? 'WAIT_SELLER_SEND_GOODS' : 'WAIT_BUYER_CONFIRM_GOODS';
  const fees = amounts
    ? `"refund_fee":"${yuan(told.refundFen)}","total_fee":"${yuan(paidFen)}","payment":"${yuan(paidFen - told.refundFen)}",`
    : '';
  return `{"refund_id":"${told.afterSaleId}","tid":${told.orderId},"oid":${OID},"status":"${STATUSES[told.status]}","dispute_type":"${DISPUTES[type]}","order_status":"${order}",${fees}"good_status":"BUYER_NOT_RECEIVED","reason":"不想要了","company_name":"顺丰速运","sid":"SF0000000000001","created":"${china(atMs - 1000)}","modified":"${china(atMs)}","refund_version":${atMs},"cs_status":1}`;
}

/** Several parcels of one order are a split order; each says which lines it carries. */
function shippings({ orderId, parcels }: Shown): Reply {
  const split = parcels.length > 1 ? `"is_split":1,"sub_tids":{"number":[${OID}]}` : '"is_split":0';
  const entries = parcels.map(
    ({ word, waybillNo }) =>
      `{"tid":${orderId},"out_sid":"${waybillNo}","company_name":"${word}","status":"ACCEPTED_BY_RECEIVER",${split}}`,
  );
  const list = `"shippings":{"shipping":[${entries.join(',')}]}`;
  return json(`{"logistics_orders_get_response":{"total_results":${entries.length},${list},"request_id":"r"}}`);
}

function formOf({ body }: Received): URLSearchParams {
  return new URLSearchParams(body);
}

function detail(shown: Shown, amounts = true): (request: Received) => Reply {
  return (request) =>
    formOf(request).get('method') === 'taobao.refund.get'
      ? json(`{"refund_get_response":{"refund":${refund(shown, amounts)},"request_id":"r"}}`)
      : shippings(shown);
}

const page = (records: readonly string[], total: number): Reply =>
  json(`{"refunds_receive_get_response":{"total_results":${total},"refunds":{"refund":[${records.join(',')}]}}}`);

const chinaMs = (text: string | null): number => Date.parse(`${text?.replace(' ', 'T')}+08:00`);

export const taobaoHarness: PlatformHarness = {
  plugin: taobaoPlugin,
  credentials: { appKey: '12345678', appSecret: SECRET, accessToken: TOKEN },
  // The app key is in every CONNECT.
  secrets: [SECRET, TOKEN],
  platformShopId: SELLER,
  longId: '7000893114000949517',
  orderId: '4200000000123456789',
  states: { amount: true, status: ['open', 'refused', 'paid', 'closed'], moment: true },
  socket: {
    ready: [writeMessage({ type: 1, token: 'token-1', headers: {} })],
    message,
    nothing: [
      writeMessage({ type: 2, headers: {} }),
      writeMessage({ type: 2, headers: { __kind: 0 } }),
      writeMessage({ type: 3, headers: { id: 7n } }),
    ],
    broken: [
      writeMessage({ type: 1, status: { code: 25, phrase: 'Invalid signature' }, headers: {} }),
      writeMessage({ type: 1, headers: {} }),
      writeMessage({ type: 2, headers: { __kind: 3, topic: TOPICS.open, content: '{}' } }),
      Buffer.from('0102', 'hex'),
      Buffer.from('02020900', 'hex'),
      Buffer.from('0202010001000000', 'hex'),
      '{"commandType":"HeartBeat"}',
    ],
    isConfirmation: (frame, messageId) => isAnswer(frame, 2, messageId),
    isRefusal: (frame, messageId) => isAnswer(frame, 20, messageId),
  },
  poll: {
    window: (told, perPage) => (request) => {
      const form = formOf(request);
      const [from, to] = [chinaMs(form.get('start_modified')), chinaMs(form.get('end_modified'))];
      const within = told.filter(({ atMs }) => atMs >= from && atMs <= to);
      const start = (Number(form.get('page_no')) - 1) * perPage;
      return page(
        within.slice(start, start + perPage).map((one) => refund(one)),
        within.length,
      );
    },
    withUnreadable: (before, after) => () =>
      page([refund(before), '{"refund_id":"退款七百","modified":"十点"}', refund(after)], 3),
    broken: [
      json('{"refunds_receive_get_response":{}}'),
      json('{"refunds_receive_get_response":{"total_results":1,"refunds":{"refund":{}}}}'),
      json('{"refunds_receive_get_response":{"total_results":"many","refunds":{"refund":[]}}}'),
      json('{"refund_get_response":{"total_results":0}}'),
      refused(15, 'isv.nobody-explained'),
      refused(9999),
    ],
  },
  detail: {
    of: (shown) => detail(shown),
    withoutAmounts: (shown) => detail(shown, false),
    types: ['refund_only', 'return_refund', 'refund_before_shipment', 'other'],
    ofAnother: (shown, other) => detail({ ...shown, afterSaleId: other }),
    throttled: refused(7),
    badCredentials: refused(27),
    unavailable: refused(15, 'isp.remote-service-timeout'),
    broken: [
      json('{"refund_get_response":{}}'),
      json('{"refund_get_response":{"refund":[]}}'),
      json('{"refund_get_response":{"refund":{"refund_id":"7000893114000949517"}}}'),
      json('{"refund":{"refund_id":"7000893114000949517"}}'),
      refused(15, 'isv.nobody-explained'),
      refused(9999),
    ],
    couriers: {
      中通快递: 'zto',
      圆通速递: 'yto',
      韵达快递: 'yunda',
      申通快递: 'sto',
      顺丰速运: 'sf',
      京东快递: 'jd',
      极兔速递: 'jtexpress',
      德邦快递: 'deppon',
      EMS: 'ems',
    },
  },
};
