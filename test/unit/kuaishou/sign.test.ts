import { describe, expect, it } from '@jest/globals';
import { decryptMessage, isMessageKey } from '../../../src/producers/platforms/kuaishou/cipher.js';
import { KUAISHOU_CREDENTIALS } from '../../../src/producers/platforms/kuaishou/manifest.js';
import { apiRequest, bareId } from '../../../src/producers/platforms/kuaishou/requests.js';
import { gatewaySign } from '../../../src/producers/platforms/kuaishou/sign.js';
import { bytes, CREDENTIALS, encrypted, VECTOR } from './wire.js';

describe('the encryption of messages', () => {
  it('decrypts the vector of the reference, computed by another program', () => {
    expect(decryptMessage(VECTOR.key, bytes(VECTOR.body))).toBe(VECTOR.plain);
    expect(decryptMessage(VECTOR.key, bytes(`${VECTOR.body}\n`))).toBe(VECTOR.plain);
  });

  it.each([16, 24, 32])('takes a key of %d bytes, because the document names only AES', (length) => {
    const key = Buffer.alloc(length, 7).toString('base64');
    expect(decryptMessage(key, encrypted('{"退款":1}', key))).toBe('{"退款":1}');
  });

  it.each([
    ['nothing', ''],
    ['no base64', '{"test":true}'],
    ['half a block', VECTOR.body.slice(0, 20)],
    ['one block less', Buffer.from(VECTOR.body, 'base64').subarray(0, -16).toString('base64')],
    ['two signs of padding too many', `${VECTOR.body}==`],
    ['another key', Buffer.from(encrypted(VECTOR.plain, 'AREiM0RVZneImaq7zN3u/w==')).toString()],
  ])('gives null for %s, without an error', (_what, body) => {
    expect(decryptMessage(VECTOR.key, bytes(body))).toBeNull();
  });

  it('gives null for text that is not UTF-8, because half a character would change an id unseen', () => {
    const cut = encrypted(Buffer.from([0x22, 0xe9, 0x80, 0x22]).toString('latin1'));
    expect(decryptMessage(VECTOR.key, cut)).toBe('"é\u0080"');
    const raw = Buffer.from(VECTOR.body, 'base64');
    expect(decryptMessage(VECTOR.key, bytes(raw.subarray(16).toString('base64')))).toBeNull();
  });

  it.each([
    [VECTOR.key, true],
    ['ABEiM0RVZneImaq7zN3u', false],
    ['not base64!', false],
    ['', false],
  ])('knows whether %j can be a key', (key, can) => {
    expect(isMessageKey(key)).toBe(can);
    expect(KUAISHOU_CREDENTIALS.safeParse({ ...CREDENTIALS, messageKey: key }).success).toBe(can);
  });
});

describe('the signature of calls', () => {
  it('is that of the reference, computed by another program', () => {
    const sign = gatewaySign('signsecret', {
      access_token: 'tok',
      appkey: 'ks669064233797003102',
      method: 'open.seller.order.refund.detail',
      param: '{"refundId":2015600256209850}',
      signMethod: 'HMAC_SHA256',
      timestamp: '1591274070333',
      version: '1',
    });
    expect(sign).toBe('U2qSv5XPBZV6M9wc9li5j3M8sptVAPuwom9uuQ9h9rc=');
  });

  it('goes in the query of a GET, over the very text that is sent', () => {
    const request = apiRequest(
      CREDENTIALS,
      'open.seller.order.refund.detail',
      '{"refundId":2015600256209850}',
      1591274070333,
    );
    const url = new URL(request.path, 'https://example.com');
    expect(request).toMatchObject({ method: 'GET', effect: 'read', body: '' });
    expect(url.pathname).toBe('/open/seller/order/refund/detail');
    expect(url.searchParams.get('param')).toBe('{"refundId":2015600256209850}');
    expect(url.searchParams.get('sign')).toBe('U2qSv5XPBZV6M9wc9li5j3M8sptVAPuwom9uuQ9h9rc=');
  });

  it('uses the app secret where no other is given', () => {
    const { signSecret: _, ...rest } = CREDENTIALS;
    const call = (credentials: typeof CREDENTIALS) =>
      apiRequest(credentials, 'open.order.detail', '{"oid":1}', 1591274070333).path;
    expect(call({ ...rest, appSecret: 'signsecret' })).toBe(call(CREDENTIALS));
    expect(call(rest)).not.toBe(call(CREDENTIALS));
  });

  it('is never made for an id that is no number, because it stands bare in our JSON', () => {
    expect(bareId('2015600256209850123', 'id')).toBe('2015600256209850123');
    for (const id of ['', '0', '1,"x":1', '１２', '-1', 'a'])
      expect(() => bareId(id, 'the id')).toThrow('the id is not a number');
  });
});
