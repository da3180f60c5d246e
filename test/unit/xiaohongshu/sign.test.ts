import { describe, expect, it } from '@jest/globals';
import { xiaohongshuPlugin } from '../../../src/producers/platforms/xiaohongshu/adapter.js';
import { XIAOHONGSHU_CREDENTIALS } from '../../../src/producers/platforms/xiaohongshu/manifest.js';
import { apiRequest } from '../../../src/producers/platforms/xiaohongshu/requests.js';
import { gatewaySign, isPushSigned, pushSign } from '../../../src/producers/platforms/xiaohongshu/sign.js';
import { bytes, CREDENTIALS, EXAMPLE, element, SAMPLE } from './wire.js';

const { appSecret, sign, ...signed } = EXAMPLE;
const headers = { 'app-key': EXAMPLE.appKey, timestamp: EXAMPLE.timestamp, sign: EXAMPLE.sign };
const webhook = {
  body: bytes(`[${element('msg_after_sale_create', SAMPLE)}]`),
  headers,
  query: EXAMPLE.query,
  path: EXAMPLE.path,
};

describe('the signature of a push', () => {
  it('is that of the official page’s example', () => {
    expect(pushSign(signed, appSecret)).toBe(sign);
    expect(isPushSigned(signed, appSecret, sign.toUpperCase())).toBe(true);
  });

  it('takes parameters by name, wherever they stand in the address', () => {
    expect(pushSign({ ...signed, query: { z: '1', a: '2' } }, appSecret)).toBe(
      pushSign({ ...signed, query: { a: '2', z: '1' } }, appSecret),
    );
  });

  it.each(['', 'abc', `${EXAMPLE.sign}0`, 'g'.repeat(32), 'é'.repeat(32), '0'.repeat(32)])('refuses %j', (given) => {
    expect(isPushSigned(signed, appSecret, given)).toBe(false);
  });
});

describe('a webhook', () => {
  const adapter = xiaohongshuPlugin.create(CREDENTIALS);

  it('is verified by path, parameters, key and time together', () => {
    expect(adapter.verify(webhook)).toBe(true);
    for (const wrong of [
      { ...webhook, path: '/open_api/msgs' },
      { ...webhook, query: {} },
      { ...webhook, query: { canshu: 'test', more: '1' } },
      { ...webhook, headers: { ...headers, timestamp: '1625475844' } },
      { ...webhook, headers: { ...headers, timestamp: 'x' } },
      { ...webhook, headers: { ...headers, 'app-key': 'xhs2' } },
      { ...webhook, headers: { ...headers, sign: undefined } },
    ]) {
      expect(adapter.verify(wrong)).toBe(false);
    }
  });

  it('is not verified where nobody says which path it came to', () => {
    const { path: _, ...without } = webhook;
    expect(adapter.verify(without)).toBe(false);
  });

  it('is verified by the path of the console where a proxy has changed it', () => {
    const behind = xiaohongshuPlugin.create({ ...CREDENTIALS, pushPath: EXAMPLE.path });
    expect(behind.verify({ ...webhook, path: '/webhooks/xiaohongshu/red' })).toBe(true);
    expect(adapter.verify({ ...webhook, path: '/webhooks/xiaohongshu/red' })).toBe(false);
  });

  it('is acknowledged in the platform’s words only when it is stored', () => {
    expect(adapter.ack('stored')).toMatchObject({
      status: 200,
      body: '{"success":true,"error_code":0,"error_msg":""}',
    });
    for (const outcome of ['bad_signature', 'overloaded'] as const) {
      expect(JSON.parse(adapter.ack(outcome).body)).toMatchObject({ success: false });
    }
  });
});

describe('the signature of a call', () => {
  it('is that of the reference, computed by another program', () => {
    expect(
      gatewaySign({
        method: 'afterSale.getAfterSaleInfo',
        appId: '21d6748be8de0',
        timestampS: '1612518379',
        appSecret: '429aa3aee9ef9e4a858210',
      }),
    ).toBe('fcf19167542fa5ce5f747d83964fd5bb');
  });

  it('stands in the one JSON object of a call, which nothing of ours can overrule', () => {
    const request = apiRequest(CREDENTIALS, 'order.getOrderDetail', { orderId: 'P1', method: 'x' }, 1612518379999);
    expect(request).toMatchObject({ method: 'POST', path: '/ark/open_api/v3/common_controller', effect: 'read' });
    expect(JSON.parse(request.body)).toEqual({
      orderId: 'P1',
      method: 'order.getOrderDetail',
      appId: 'xhs',
      accessToken: 'token-of-the-shop',
      timestamp: '1612518379',
      version: '2.0',
      sign: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });
});

describe('the credentials', () => {
  it.each([
    [{ pushPath: '/webhooks/xiaohongshu/red' }, true],
    [{ pushPath: 'webhooks' }, false],
    [{ pushPath: '/a?b=1' }, false],
    [{ throttleCodes: ['-9070006', '429'] }, true],
    [{ throttleCodes: [429] }, false],
    [{ credentialCodes: ['expired'] }, false],
  ])('take %j: %s', (more, can) => {
    const given = { appKey: 'a', appSecret: 'b', accessToken: 'c', ...more };
    expect(XIAOHONGSHU_CREDENTIALS.safeParse(given).success).toBe(can);
  });
});
