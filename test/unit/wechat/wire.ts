import { createCipheriv, createHash } from 'node:crypto';
import type { CarrierRequest, CarrierResponse } from '../../../src/domain/carrier/port.js';
import type { RawWebhook } from '../../../src/domain/platform/port.js';
import { WECHAT_CREDENTIALS } from '../../../src/producers/platforms/wechat/manifest.js';

/** The computed vector of the reference (7.1): its signature and the beginning of `Encrypt` stand there. */
export const VECTOR = {
  token: 'AAAAA',
  timestamp: '1714112445',
  nonce: '415670741',
  key: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  appId: 'wx1234567890abcdef',
  text: '{"ToUserName":"gh_0123456789ab","FromUserName":"OPENID","CreateTime":1662480000,"MsgType":"event","Event":"channels_ec_aftersale_update","finder_shop_aftersale_status_update":{"status":"MERCHANT_PROCESSING","after_sale_order_id":"1234567","order_id":"12345"}}',
  encrypt:
    'Q3stYC6hdFzMh9T8HCvyDO1n/r5UHgDWVTkvzqiH7FHtd6YoMsjQ5d6Gmtgb1wAVo6uePHXmholXHgrBI/6EYM/1NJKrqueYnMNSMkyk+t880P0dCvHSQrU7fNgfyjVOYGVibeBeVubBbuYXAbd3sX7f30mbmjb6/kiBLsYOFFROh3gCxqLqdEfvE3ffWDSP5SQ0dik2magIQPMGUEykTzUOpyb6JnhiNrTw264pEFb5ilASGVBV3Je26Wj03avAXSznPQthb1zL/pSMtSSeO0+QhOEfJyhlbOmbleUo5Dv9ICJhxeVCWABWciD4ahSpkTgzDSE+ArzqXMey6gm5pnJCkynmH0IuewpQGRjBTL4+c3bO/5C2ndp1V44i5ggQsG+oabGzRLzLvVrYw5zjTcPwRho4s6Y53VvycwPPQtg=',
  sign: 'b77d052c52eb40dc2b57ed8ad6a90d9a1e8344e0',
} as const;

export const CREDENTIALS = WECHAT_CREDENTIALS.parse({
  appKey: VECTOR.appId,
  appSecret: 'app-secret',
  accessToken: 'token-of-the-shop',
  token: VECTOR.token,
  encodingAesKey: VECTOR.key,
});

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Any plaintext block, encrypted: for messages that the platform would never make. */
export function encryptBlock(plain: Buffer, key: string = VECTOR.key): string {
  const raw = Buffer.from(`${key}=`, 'base64');
  const cipher = createCipheriv('aes-256-cbc', raw, raw.subarray(0, 16)).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]).toString('base64');
}

/** 16 random bytes, length, text, app id, padded to 32. */
export function plainBlock(text: string | Buffer, appId: string = VECTOR.appId, length?: number): Buffer {
  const body = Buffer.from(text);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(length ?? body.length);
  const plain = Buffer.concat([Buffer.from('0123456789abcdef'), size, body, Buffer.from(appId)]);
  const padding = 32 - (plain.length % 32);
  return Buffer.concat([plain, Buffer.alloc(padding, padding)]);
}

export function signedPush(encrypt: string, change: Readonly<Record<string, string | undefined>> = {}): RawWebhook {
  const { token, timestamp, nonce } = VECTOR;
  const sign = createHash('sha1').update([token, timestamp, nonce, encrypt].sort().join('')).digest('hex');
  const query = { timestamp, nonce, openid: 'OPENID', encrypt_type: 'aes', msg_signature: sign, ...change };
  return { body: bytes(JSON.stringify({ ToUserName: 'gh_0123456789ab', Encrypt: encrypt })), headers: {}, query };
}

export const pushOf = (text: string): RawWebhook => signedPush(encryptBlock(plainBlock(text)));

export const ID = '2000000000187654321';
export const AFTER_SALE = `{"after_sale_order_id":"${ID}","status":"MERCHANT_PROCESSING","openid":"OPENID","order_id":"3705115058471208928","type":"REFUND","product_info":{"product_id":"10000","sku_id":"20000","count":1},"details":{"desc":"","tel_number":"13800138000"},"refund_info":{"amount":8900,"refund_reason":1},"return_info":{"waybill_id":"RETURN1","delivery_id":"SF","delivery_name":"顺丰"},"create_time":1662480000,"update_time":1662480060,"reason":"NO_LONGER_WANT","reason_text":"不想要了","deadline":172800}`;
export const ORDER =
  '{"order_id":3705115058471208928,"status":30,"order_detail":{"product_infos":[{"product_id":"10000","sku_id":"20000","sku_cnt":1,"real_price":8300},{"product_id":"1","sku_id":"9","real_price":0,"is_free_gift":1}],"price_info":{"product_price":8300,"order_price":8900,"freight":600},"delivery_info":{"address_info":{"tel_number":"13800138000"},"delivery_product_info":[{"waybill_id":" 73100130019486 ","delivery_id":"ZTO","delivery_name":"中通","product_infos":[{"product_id":"10000","sku_id":"20000","product_cnt":1}]}]}}}';

export const afterSaleAnswer = (order: string): string => `{"errcode":0,"errmsg":"ok","after_sale_order":${order}}`;
export const orderAnswer = (order: string): string => `{"errcode":0,"errmsg":"ok","order":${order}}`;

/** A text with one piece exchanged; throws where the piece is not in it. */
export function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`no ${from}`);
  return text.replace(from, to);
}

/** The store's interfaces, answering by path, and what they were asked. */
export function store(answer: (endpoint: string, body: string) => string) {
  const asked: CarrierRequest[] = [];
  const send = async (request: CarrierRequest): Promise<CarrierResponse> => {
    asked.push(request);
    const [path = ''] = request.path.split('?', 1);
    return { status: 200, headers: {}, text: answer(path.split('/').at(-1) ?? '', request.body) };
  };
  return { asked, send };
}
