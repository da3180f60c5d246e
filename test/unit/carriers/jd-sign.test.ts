import { describe, expect, it } from '@jest/globals';
import { jdCredentials } from '../../../src/workers/carriers/jd/credentials.js';
import { josCreateRequest, josTrackRequest } from '../../../src/workers/carriers/jd/jos-requests.js';
import { lopCreateRequest, lopStatusRequest, lopTrackRequest } from '../../../src/workers/carriers/jd/lop-requests.js';
import { JD_ALGORITHMS, signJos, signLop } from '../../../src/workers/carriers/jd/sign.js';
import { maskExchange } from '../../../src/workers/carriers/mask.js';
import { commandOf } from '../../support/command.js';

/** The keys, the bodies, md5-salt, HMacSHA256 and the JOS sign are the reference's; the other three were made with Python. */
const BODY =
  '[{"waybillCode":"JDV000000000001","orderOrigin":1,"customerCode":"010K000001","cancelReason":"买家申请退款","cancelReasonCode":"1","cancelType":1}]';
const SIGNS = {
  'md5-salt': '5ac89eeb6c18a037b8feab62ffc8d6ea',
  HMacMD5: 'xNFQTxRigNDXhyL4iB5Eyg==',
  HMacSHA1: 'CMMHJcsyLuxbYPNO/tLIPqxM1L0=',
  HMacSHA256: 'EVB/1rfoOXm2KJuk9YptV2gM/ToZjO4gW3asD2bOJ9Y=',
  HMacSHA512: 'ByDgDz7jogYFgXTdcDO1zAtfT9YY9D/JZ6J27Y4qeuHiNJMPYdpdWsV6bs0u0VNQioBwdQcws8RHlwQ5Twz8Ng==',
} as const;
const JOS_JSON = '{"deliveryId":"VA00000000001","interceptReason":"买家申请退款","vendorCode":"010K000001"}';
const JOS_SIGN = 'C79528A65B00931F86AE0FEC222A4899';
const AT = '2026-01-02 03:04:05';
const NOW_MS = Date.parse('2026-01-01T19:04:05Z');

const keys = (more: object = {}) =>
  jdCredentials.parse({
    appKey: 'testappkey',
    appSecret: 'testappsecret',
    accessToken: 'testtoken',
    customerCode: '010K000001',
    ...more,
  });
const command = commandOf({ waybillNo: 'JDV000000000001', carrier: 'jd' });
const queryOf = (path: string): Record<string, string> =>
  Object.fromEntries(new URL(path, 'http://jd.example').searchParams);

describe('the signature of JD', () => {
  it('at LOP is what the reference computed, for each of the five algorithms', () => {
    const signed = {
      accessToken: 'testtoken',
      appKey: 'testappkey',
      path: '/ecap/v1/orders/cancel',
      body: BODY,
      timestamp: AT,
    };
    for (const algorithm of JD_ALGORITHMS) {
      expect([algorithm, signLop(signed, 'testappsecret', algorithm)]).toEqual([algorithm, SIGNS[algorithm]]);
    }
    expect([...JD_ALGORITHMS].sort()).toEqual(Object.keys(SIGNS).sort());
  });
  it('at JOS is over all parameters by name, whatever order they came in', () => {
    const params = {
      v: '2.0',
      timestamp: AT,
      method: 'jingdong.ldop.receive.order.intercept',
      app_key: 'testappkey',
      access_token: 'testtoken',
      '360buy_param_json': JOS_JSON,
    };
    expect(signJos(params, 'testappsecret')).toBe(JOS_SIGN);
    expect(signJos(Object.fromEntries(Object.entries(params).reverse()), 'testappsecret')).toBe(JOS_SIGN);
    // The reference's vector for JD's shop interfaces, which are signed in the same way.
    const shop = {
      '360buy_param_json': '{"pageIndex":1,"pageSize":50,"status":0}',
      access_token: 'tok',
      app_key: 'appk',
      method: 'jingdong.pop.afs.soa.refundapply.queryPageList',
      timestamp: '2021-08-27 08:01:58',
      v: '2.0',
    };
    expect(signJos(shop, 'sec')).toBe('012BAC26206CDFF11BA18D105453A459');
  });
});

describe('the requests of JD', () => {
  it('at LOP carry keys and signature in the address, over the very bytes that are sent', () => {
    for (const algorithm of JD_ALGORITHMS) {
      const request = lopCreateRequest(command, keys({ algorithm }), NOW_MS);
      const [path] = request.path.split('?');
      expect([path, request.method, request.effect, request.body]).toEqual([
        '/ecap/v1/orders/cancel',
        'POST',
        'write',
        BODY,
      ]);
      expect(request.headers).toEqual({ 'Content-Type': 'application/json;charset=utf-8', 'lop-tz': '8' });
      expect(queryOf(request.path)).toEqual({
        'LOP-DN': 'ECAP',
        app_key: 'testappkey',
        access_token: 'testtoken',
        timestamp: AT,
        v: '2.0',
        sign: SIGNS[algorithm],
        algorithm,
      });
      expect(request.path).toMatch(/timestamp=2026-01-02%2003%3A04%3A05/);
    }
  });
  it('at LOP ask for status and track by the same three fields, without an effect', () => {
    const asked = [lopStatusRequest(command, keys(), NOW_MS), lopTrackRequest(command, keys(), NOW_MS)];
    expect(asked.map(({ path, effect, body }) => [path.split('?')[0], effect, body])).toEqual([
      ...['/ecap/v1/orders/status/get', '/ecap/v1/orders/trace/query'].map((path) => [
        path,
        'read',
        '[{"waybillCode":"JDV000000000001","orderOrigin":1,"customerCode":"010K000001"}]',
      ]),
    ]);
    expect(queryOf(asked[0]?.path ?? '').sign).not.toBe(queryOf(asked[1]?.path ?? '').sign);
  });
  it('at LOP name the unit for KY-B2C, and no cancelType, which is documented for the other two only', () => {
    const of = (more: object) => JSON.parse(lopCreateRequest(command, keys(more), NOW_MS).body)[0];
    expect(of({ orderOrigin: 2 })).toMatchObject({ orderOrigin: 2, cancelType: 1 });
    const unit = of({ orderOrigin: 4, businessUnitCode: 'EBU1', cancelReason: '不要了', cancelReasonCode: '2' });
    expect(unit).toEqual({
      waybillCode: 'JDV000000000001',
      orderOrigin: 4,
      customerCode: '010K000001',
      cancelReason: '不要了',
      cancelReasonCode: '2',
      businessUnitCode: 'EBU1',
    });
  });
  it('at JOS are a form with the signed text in it', () => {
    const request = josCreateRequest({ ...command, waybillNo: 'VA00000000001' }, keys({ gateway: 'jos' }), NOW_MS);
    expect([request.path, request.effect]).toEqual(['/routerjson', 'write']);
    expect(request.headers).toEqual({ 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' });
    expect(Object.fromEntries(new URLSearchParams(request.body))).toEqual({
      method: 'jingdong.ldop.receive.order.intercept',
      access_token: 'testtoken',
      app_key: 'testappkey',
      timestamp: AT,
      v: '2.0',
      '360buy_param_json': JOS_JSON,
      sign: JOS_SIGN,
    });
    const look = josTrackRequest(command, keys({ gateway: 'jos' }), NOW_MS);
    expect(look.effect).toBe('read');
    expect(Object.fromEntries(new URLSearchParams(look.body))).toMatchObject({
      method: 'jingdong.ldop.receive.trace.get',
      '360buy_param_json': '{"customerCode":"010K000001","waybillCode":"JDV000000000001"}',
    });
  });
  it('are kept without keys, token and signature, wherever these travel', () => {
    const requests = [
      lopCreateRequest(command, keys(), NOW_MS),
      josCreateRequest(command, keys({ gateway: 'jos' }), NOW_MS),
    ];
    for (const request of requests) {
      const kept = JSON.stringify(maskExchange({ request, response: null, fault: null }, []));
      for (const secret of ['testtoken', 'testappkey', SIGNS['md5-salt']]) expect(kept).not.toContain(secret);
      expect(kept).toContain('JDV000000000001');
      expect(kept).toContain('access_token=***');
    }
  });
});

describe('the credentials of JD', () => {
  it('need nothing but the four of the contract', () => {
    expect(keys()).toEqual({
      appKey: 'testappkey',
      appSecret: 'testappsecret',
      accessToken: 'testtoken',
      customerCode: '010K000001',
      gateway: 'lop',
      algorithm: 'md5-salt',
      orderOrigin: 1,
      cancelReason: '买家申请退款',
      cancelReasonCode: '1',
      statusField: 'status',
      scanPhases: {},
      meanings: {},
    });
  });
  it('are refused for parcels that JD does not intercept, and where a needed code is missing', () => {
    for (const orderOrigin of [0, 3, 5, '1']) expect(() => keys({ orderOrigin })).toThrow('orderOrigin');
    expect(() => keys({ orderOrigin: 4 })).toThrow('businessUnitCode');
  });
  it('know only the names that JD gives its algorithms and platforms, and a reason of 1 to 30 characters', () => {
    for (const algorithm of ['md5', 'MD5-SALT', 'HmacSHA256', ''])
      expect(() => keys({ algorithm })).toThrow('algorithm');
    expect(() => keys({ gateway: 'jdl' })).toThrow('gateway');
    for (const cancelReason of ['', '  ', '长'.repeat(31)])
      expect(() => keys({ cancelReason })).toThrow('cancelReason');
    expect(() => keys({ scanPhases: { '200020': 'unknown' } })).toThrow('scanPhases');
  });
});
