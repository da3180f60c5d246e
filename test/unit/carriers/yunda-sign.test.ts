import { describe, expect, it } from '@jest/globals';
import { yundaCredentials } from '../../../src/workers/carriers/yunda/credentials.js';
import { createRequest, trackRequest } from '../../../src/workers/carriers/yunda/requests.js';
import { signYunda } from '../../../src/workers/carriers/yunda/sign.js';
import { commandOf } from '../../support/command.js';

/** Values of the reference; they were not made with this code. */
const SECRET = 'yunda-secret-demo';
const TRACK = '{"mailno":"3120052228790"}';
const INTERCEPT =
  '{"shipId":"4301814981782","startSiteCode":"518000","inteType":"2","changeAddress":"","changeName":"","changeTel":"","interceptSponsorName":"商家","interceptCreateTime":"2025-01-01 10:00:00","remark":"退款拦截"}';
const NOW_MS = Date.parse('2025-01-01T02:00:00Z');

const command = commandOf({ waybillNo: '4301814981782', requestId: '1-1', bizNo: '1-1', phoneTail: null });
const keys = (more: object = {}) => yundaCredentials.parse({ appKey: 'app', appSecret: SECRET, ...more });

describe('the signature of Yunda', () => {
  it('is the lower-case hex of the md5 over body, underscore and secret', () => {
    expect(signYunda(TRACK, SECRET)).toBe('272749a284e1e0154f5b00ab1488d539');
  });
  it('is over the UTF-8 bytes of Chinese text', () => {
    expect(signYunda(INTERCEPT, SECRET)).toBe('874c7505d0a0f2e71ed05a74d5139551');
  });
});

describe('the requests of Yunda', () => {
  it('are signed in the header over the very bytes that are sent, in the form of the one public sample', () => {
    const own = keys({ enableIntercept: true, inteType: '2', startSiteCode: '518000' });
    expect(createRequest(command, own, NOW_MS)).toEqual({
      method: 'POST',
      path: '/openapi/outer/tmm/outerapi/intercept/invokeExpressChangeAddr',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'app-key': 'app',
        sign: '874c7505d0a0f2e71ed05a74d5139551',
        'req-time': '1735696800000',
      },
      body: INTERCEPT,
      effect: 'write',
    });
  });
  it('name the address to come back to where the account has one, and go where Yunda said', () => {
    const returnTo = { address: '杭州市路1号', name: '示例仓', phone: '057100000000' };
    const own = keys({ enableIntercept: true, inteType: '2', returnTo, interceptPath: '/openapi/other' });
    const { path, body } = createRequest(command, own, NOW_MS);
    expect(path).toBe('/openapi/other');
    expect(JSON.parse(body)).toMatchObject({
      changeAddress: '杭州市路1号',
      changeName: '示例仓',
      changeTel: '057100000000',
    });
  });
  it('look up by waybill, without an effect', () => {
    const request = trackRequest({ ...command, waybillNo: '3120052228790' }, keys(), NOW_MS);
    expect(request).toMatchObject({ path: '/openapi/outer/logictis/query', body: TRACK, effect: 'read' });
    expect(request.headers.sign).toBe('272749a284e1e0154f5b00ab1488d539');
  });
});

describe('the credentials of Yunda', () => {
  it('need nothing but the two of the contract, and send no intercept then', () => {
    expect(keys()).toEqual({
      appKey: 'app',
      appSecret: SECRET,
      enableIntercept: false,
      interceptPath: '/openapi/outer/tmm/outerapi/intercept/invokeExpressChangeAddr',
      startSiteCode: '',
      sponsorName: '商家',
      remark: '退款拦截',
      tracksSubscribed: false,
      meanings: {},
    });
  });
  it('may switch the intercept on only with the type that Yunda gave: a guessed one could send parcels anywhere', () => {
    expect(() => keys({ enableIntercept: true })).toThrow('inteType');
    expect(keys({ enableIntercept: true, inteType: '9' }).inteType).toBe('9');
  });
  it('keep the host out of the path, which is the baseUrl', () => {
    for (const interceptPath of ['https://h/x', 'x', '/x?y', '']) expect(() => keys({ interceptPath })).toThrow('path');
  });
});
