import { createCipheriv, createHash } from 'node:crypto';
import type { RawWebhook } from '../../src/domain/platform/port.js';
import { wechatPlugin } from '../../src/producers/platforms/wechat/adapter.js';
import type { Received, Reply } from '../support/scripted-server.js';
import type { PlatformHarness, Shown, Told } from './platform-harness.js';

const APP = 'wx1234567890abcdef';
const TOKEN = 'wechat-push-token';
const KEY = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG';
const TIMESTAMP = '1763607845';
const NONCE = '415670741';

const json = (body: string): Reply => ({ body });
const answer = (content: string): Reply => json(`{"errcode":0,"errmsg":"ok",${content}}`);
const refused = (errcode: number, errmsg: string): Reply => json(JSON.stringify({ errcode, errmsg }));

const sha1 = (...parts: readonly string[]): string =>
  createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex');

function encrypt(text: string, appId = APP, key = KEY): string {
  const raw = Buffer.from(`${key}=`, 'base64');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(text));
  const plain = Buffer.concat([Buffer.from('0123456789abcdef'), length, Buffer.from(text + appId)]);
  const padding = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', raw, raw.subarray(0, 16)).setAutoPadding(false);
  return cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])).toString('base64');
}

function push(encrypted: string, change: RawWebhook['query'] = {}): RawWebhook {
  const sign = sha1(TOKEN, TIMESTAMP, NONCE, encrypted);
  const query = {
    signature: sha1(TOKEN, TIMESTAMP, NONCE),
    timestamp: TIMESTAMP,
    nonce: NONCE,
    openid: 'OPENID',
    encrypt_type: 'aes',
    msg_signature: sign,
    ...change,
  };
  const body = Buffer.from(`{"ToUserName":"gh_0123456789ab","Encrypt":"${encrypted}"}`);
  return { body, headers: { 'content-type': 'application/json' }, query };
}

const event = (name: string, content: string): string =>
  `{"ToUserName":"gh_0123456789ab","FromUserName":"OPENID","CreateTime":1763607845,"MsgType":"event","Event":"${name}",${content}}`;

const WORDS = {
  open: 'MERCHANT_PROCESSING',
  refused: 'MERCHANT_REJECT_REFUND',
  paid: 'MERCHANT_REFUND_SUCCESS',
  closed: 'USER_CANCELD',
};

function message({ afterSaleId, orderId, status, atMs }: Told): string {
  const update = `{"status":"${WORDS[status]}","after_sale_order_id":${afterSaleId},"order_id":"${orderId}"}`;
  const text = event('channels_ec_aftersale_update', `"finder_shop_aftersale_status_update":${update}`);
  return text.replace('1763607845', String(atMs / 1000));
}

const TYPES: Readonly<Record<string, string>> = { return_refund: 'RETURN' };

function afterSale(one: Told & Partial<Shown>, amounts = true): string {
  const amount = amounts ? `"refund_info":{"amount":${one.refundFen}},` : '';
  return `{"after_sale_order_id":"${one.afterSaleId}","status":"${WORDS[one.status]}","order_id":"${one.orderId}","type":"${TYPES[one.type ?? ''] ?? 'REFUND'}",${amount}"product_info":{"product_id":"10000","sku_id":"20000","count":1},"create_time":${one.atMs / 1000 - 1},"update_time":${one.atMs / 1000},"reason_text":"不想要了","return_info":{"waybill_id":"R1","delivery_id":"SF"}}`;
}

function order({ orderId, type, paidFen, parcels }: Shown, amounts = true): Reply {
  const line = { product_id: '10000', sku_id: '20000' };
  const sent = parcels.map(({ word, waybillNo }) => ({
    waybill_id: waybillNo,
    delivery_id: word,
    delivery_name: '',
    product_infos: [line],
  }));
  const detail = {
    product_infos: [{ ...line, ...(amounts ? { real_price: paidFen } : {}) }],
    price_info: amounts ? { order_price: paidFen, freight: 0 } : {},
    // A shipment without a waybill is a shipment too.
    delivery_info: {
      delivery_product_info: sent.length === 0 && type === 'refund_only' ? [{ product_infos: [line] }] : sent,
    },
  };
  return answer(`"order":{"order_id":${orderId},"status":30,"order_detail":${JSON.stringify(detail)}}`);
}

const asksFor = (what: string, { path }: Received): boolean => path.startsWith(`/channels/ec/${what}?`);

/** The list gives ids; each is then asked for by itself. */
function polled(told: readonly Told[], perPage: number, broken?: string) {
  return (request: Received): Reply => {
    const body = JSON.parse(request.body);
    if (!asksFor('aftersale/getaftersalelist', request)) {
      const one = told.find(({ afterSaleId }) => afterSaleId === body.after_sale_order_id);
      return answer(`"after_sale_order":${one ? afterSale(one) : '{"status":"十点"}'}`);
    }
    const { begin_update_time: from, end_update_time: to, next_key: key = '0' } = body;
    const within = told
      .filter(({ atMs }) => atMs / 1000 >= from && atMs / 1000 <= to)
      .map(({ afterSaleId }) => afterSaleId);
    const ids = broken === undefined ? within : [within[0], broken, ...within.slice(1)];
    const end = Number(key) + perPage;
    const content = {
      after_sale_order_id_list: ids.slice(Number(key), end),
      has_more: end < ids.length,
      next_key: String(end),
    };
    return json(JSON.stringify({ errcode: 0, errmsg: 'ok', ...content }));
  };
}

export const wechatHarness: PlatformHarness = {
  plugin: wechatPlugin,
  credentials: {
    appKey: APP,
    appSecret: 'wechat-app-secret',
    accessToken: 'wechat-token-of-the-shop',
    token: TOKEN,
    encodingAesKey: KEY,
  },
  secrets: ['wechat-app-secret', 'wechat-token-of-the-shop', TOKEN, KEY, APP],
  platformShopId: APP,
  longId: '2000000000187654321',
  orderId: '3705115058471208928',
  states: { amount: false, status: ['open', 'refused', 'paid', 'closed'], moment: true },
  push: {
    genuine: (told) => push(encrypt(message(told))),
    forged: (told) => [
      push(encrypt(message(told)), { msg_signature: sha1('another', TIMESTAMP, NONCE, encrypt(message(told))) }),
      push(encrypt(message(told)), { msg_signature: undefined }),
      push(encrypt(message(told)), { msg_signature: sha1(TOKEN, TIMESTAMP, NONCE) }),
      push(encrypt(message(told)), { timestamp: '1763607846' }),
      push(encrypt(message(told)), { nonce: undefined }),
      push(encrypt(message(told), 'wx0000000000000000')),
      push(encrypt(message(told), APP, 'ABCDEFGhijklmnopqrstuvwxyz0123456789abcdefg')),
      { ...push(encrypt(message(told))), body: Buffer.from(message(told)) },
    ],
    unreadable: [
      push(encrypt('{"ToUserName":"gh_0123456789ab","Event":"channels_ec_after')),
      push(encrypt('[]')),
      push(encrypt('{"ToUserName":"gh_0123456789ab","MsgType":"event"}')),
      push(encrypt(event('channels_ec_aftersale_update', '"finder_shop_aftersale_status_update":[]'))),
      push(
        encrypt(
          event(
            'channels_ec_aftersale_update',
            '"finder_shop_aftersale_status_update":{"status":"MERCHANT_PROCESSING"}',
          ),
        ),
      ),
      push(
        encrypt(
          event(
            'channels_ec_aftersale_update',
            '"finder_shop_aftersale_status_update":{"after_sale_order_id":"售后单二〇"}',
          ),
        ),
      ),
    ],
    ignored: [
      push(encrypt(event('channels_ec_order_deliver', '"order_info":{"order_id":"3705115058471208928"}'))),
      push(encrypt(event('channels_ec_complaint_update', '"finder_shop_complaint":{"complaint_id":"1","status":1}'))),
    ],
    check: {
      query: {
        signature: sha1(TOKEN, TIMESTAMP, NONCE),
        timestamp: TIMESTAMP,
        nonce: NONCE,
        echostr: '4375120948345356249',
      },
      answer: '4375120948345356249',
    },
  },
  poll: {
    states: { amount: true, status: ['open', 'refused', 'paid', 'closed'], moment: true },
    window: (told, perPage) => polled(told, perPage),
    withUnreadable: (before, after) => polled([before, after], 10, '2000000000187654999'),
    broken: [
      answer('"has_more":true,"next_key":"1"'),
      answer('"after_sale_order_id_list":{},"has_more":false'),
      answer('"after_sale_order_id_list":[]'),
      answer('"after_sale_order_id_list":["1"],"has_more":true'),
      refused(10_020_004, '非法的时间区间'),
      refused(123_456, '谁也不知道'),
    ],
  },
  detail: {
    of: (shown) => (request) =>
      asksFor('order/get', request) ? order(shown) : answer(`"after_sale_order":${afterSale(shown)}`),
    withoutAmounts: (shown) => (request) =>
      asksFor('order/get', request) ? order(shown, false) : answer(`"after_sale_order":${afterSale(shown, false)}`),
    ofAnother: (shown, other) => (request) =>
      asksFor('order/get', request)
        ? order(shown)
        : answer(`"after_sale_order":${afterSale({ ...shown, afterSaleId: other })}`),
    throttled: refused(45_011, 'api minute-quota reach limit rid: 1'),
    badCredentials: refused(40_001, 'invalid credential wechat-token-of-the-shop'),
    unavailable: refused(-1, 'system error'),
    broken: [
      answer('"x":1'),
      answer('"after_sale_order":null'),
      json('{"errmsg":"ok","after_sale_order":{}}'),
      json('{"errcode":"0","after_sale_order":{}}'),
      refused(123_456, '谁也不知道'),
    ],
    couriers: {
      ZTO: 'zto',
      YTO: 'yto',
      YUNDA: 'yunda',
      STO: 'sto',
      SF: 'sf',
      JD: 'jd',
      JTSD: 'jtexpress',
      DBKD: 'deppon',
      EMS: 'ems',
    },
  },
};
