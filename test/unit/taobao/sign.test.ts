import { describe, expect, it } from '@jest/globals';
import { connectSign, gatewaySign } from '../../../src/producers/platforms/taobao/sign.js';
import { gatewayRequest } from '../../../src/producers/platforms/taobao/top.js';
import { CREDENTIALS, GIVEN, NOW_MS } from './given.js';

describe('signatures, by the vectors of the reference', () => {
  it('CONNECT', () => {
    expect(connectSign(GIVEN, 'default', '1700000000000')).toBe('463120FB75D2A27E76C4006CB2B0E07D');
  });

  it('the gateway signs every field by its name, whatever order they were given in', () => {
    const params = {
      timestamp: '2021-08-27 08:01:58',
      v: '2.0',
      method: 'taobao.refund.get',
      fields: 'refund_id,status',
      format: 'json',
      refund_id: '123456789',
      session: 'sess',
      sign_method: 'md5',
      app_key: '12345678',
    };
    expect(gatewaySign(params, GIVEN.appSecret)).toBe('B84C26CA92CC9F8E309E9EDAEF757919');
  });

  it('a request is a form with that sign, its timestamp in China whatever zone we run in', () => {
    const call = { method: 'taobao.refund.get', params: { fields: 'refund_id,status', refund_id: '123456789' } };
    const request = gatewayRequest(CREDENTIALS, call, 'read', NOW_MS);
    expect(request).toMatchObject({
      method: 'POST',
      path: '/router/rest',
      effect: 'read',
      headers: { 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
    });
    expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
      app_key: '12345678',
      fields: 'refund_id,status',
      format: 'json',
      method: 'taobao.refund.get',
      refund_id: '123456789',
      session: 'sess',
      sign: 'B84C26CA92CC9F8E309E9EDAEF757919',
      sign_method: 'md5',
      timestamp: '2021-08-27 08:01:58',
      v: '2.0',
    });
  });

  it('signs UTF-8', () => {
    // echo -n 'sreason不想要了s' | md5sum
    expect(gatewaySign({ reason: '不想要了' }, 's')).toBe('EDC0E994B7E50BBC199BAFD9ED8121D0');
  });
});
