import { createCipheriv } from 'node:crypto';
import type { CarrierResponse } from '../../../src/domain/carrier/port.js';
import { KUAISHOU_CREDENTIALS } from '../../../src/producers/platforms/kuaishou/manifest.js';

/** The computed vector of the reference (5.1): a key, a message and what it is on the wire. */
export const VECTOR = {
  key: 'ABEiM0RVZneImaq7zN3u/w==',
  plain:
    '{"eventId":"267_2345_147402","bizId":201560025620985,"userId":12342323,"openId":"dafagkncislgga","appKey":"ks669064233797003102","event":"kwaishop_aftersales_addRefund","info":"{\\"orderId\\":201560025620985,\\"refundId\\":2015600256209850,\\"handlingWay\\":10,\\"specialRefundType\\":0,\\"status\\":10,\\"createTime\\":1591274070333}","createTime":1591274070333}',
  body: 'ehKMetnG2bjE5J7QJxMoHP6JbNb1PsGaAnpsRXNN8T+xhSjgK42l+PUP5iL51E/2SME9hHVczw2jhHlGgQQsh7CsUG1rc2wwfqZfYPtLSamZLPs14MGbL63LPysV3S3Y0srDBnPJhmOZDyvO0HTtIQgc3ftlrOAdDzxYDsAJVDIa1F+VyihCnehcec7z37gLo8bZbVE524aiUgoFtIrQxmDPuMLgFrKeJkNsJf+4iI6ZUjyc3VIxh++o9FhEvhn5KN9Oxz2b3CXrCc0PUtY8IEpWb1EulHNXZnQJvRqc4gjPNrLxg1BKvE79ohJbmcp5COgr1ZsYoJV9ZeeM81EWQ4QvE/F1dgUkINMPfIW8aDZOTWHrmi35YkYRHWRAI37OfgaC7ZK+9BBqGHbKWqvZ8X1yge5yzSiQqL85A7rya+6T+F0wsH+7w6/pvNJMRr9L7MXfX4WXH+CEF+pEDH254Q==',
} as const;

export const CREDENTIALS = KUAISHOU_CREDENTIALS.parse({
  appKey: 'ks669064233797003102',
  appSecret: 'app-secret',
  signSecret: 'signsecret',
  accessToken: 'tok',
  messageKey: VECTOR.key,
});

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function encrypted(text: string, key: string = VECTOR.key): Uint8Array {
  const raw = Buffer.from(key, 'base64');
  const cipher = createCipheriv(`aes-${raw.length * 8}-cbc`, raw, Buffer.alloc(16));
  return bytes(Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64'));
}

/** A message's text with raw JSON text of `info`, so that numbers stay as written. */
export function message(event: string, info: string, more = ''): string {
  return `{"eventId":"268_1","userId":12342323,"appKey":"ks669064233797003102","event":"${event}","info":${JSON.stringify(info)},"createTime":1591274070333${more}}`;
}

export const ok = (text: string): CarrierResponse => ({ status: 200, headers: {}, text });
export const answer = (data: string): string => `{"result":1,"error_msg":"SUCCESS","data":${data}}`;

export const REFUND =
  '{"refundId":2015600256209850123,"oid":2015600256209857777,"handlingWay":10,"status":10,"negotiateStatus":1,"refundFee":8900,"refundType":1,"receiptStatus":1,"refundReasonDesc":"不想要了","createTime":1591274070333,"updateTime":1591274071333,"expireTime":1591446870333,"specialRefundType":0,"buyerOpenId":"buyer-1","logisticsInfo":{"expressNo":"RETURN1","expressCode":4}}';

export const ORDER =
  '{"orderBaseInfo":{"oid":2015600256209857777,"status":40,"totalFee":8900,"expressFee":600,"sendTime":1591270000000},"orderLogisticsInfo":[{"expressNo":" 73100130019486 ","expressCode":9,"logisticsId":1},{"expressNo":"","expressCode":9},{"expressNo":"73100130019486","expressCode":9,"logisticsId":2},{"expressNo":"YT2534891234567","expressCode":"6"}]}';
