import { describe, expect, it } from '@jest/globals';
import { stoCredentials } from '../../../src/workers/carriers/sto/credentials.js';
import { cancelRequest, createRequest, trackRequest } from '../../../src/workers/carriers/sto/requests.js';
import { signSto } from '../../../src/workers/carriers/sto/sign.js';
import { commandOf } from '../../support/command.js';

/** Values of the reference and of another language's library; they were not made with this code. */
const SECRET = 'sto-secret-demo';
const CREATE = '{"waybillNo":"777031922725111","interceptForAct":"DEFAULT"}';
const CANCEL = '{"waybillNo":"777031922725111"}';
const TRACK = '{"order":"asc","waybillNoList":["777031922725111"]}';

const command = commandOf({
  waybillNo: '777031922725111',
  carrier: 'sto',
  returnAddress: {
    name: '张三',
    phone: '13000000000',
    province: '湖北省',
    city: '武汉市',
    district: null,
    detail: 'x',
  },
});
const keys = (more: object = {}) =>
  stoCredentials.parse({ fromAppkey: 'app-1', fromCode: 'code-1', secretKey: SECRET, ...more });

describe('the signature of STO', () => {
  it('is the base64 of the raw md5 over the content and the secret', () => {
    expect(signSto(CREATE, SECRET)).toBe('ZZYoD4lKCKlWpJRHEWJYOw==');
    expect(signSto(CANCEL, SECRET)).toBe('b/b4ky6iVyv+vlQVUSkdug==');
    expect(signSto(TRACK, SECRET)).toBe('UVqtFwQrGeDGrKrrroi6Yg==');
  });
});

describe('the requests of STO', () => {
  it('are a form of seven fields, the digest percent-encoded like every other', () => {
    expect(createRequest(command, keys())).toEqual({
      method: 'POST',
      path: '/gateway/link.do',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' },
      body: [
        'content=%7B%22waybillNo%22%3A%22777031922725111%22%2C%22interceptForAct%22%3A%22DEFAULT%22%7D',
        'data_digest=ZZYoD4lKCKlWpJRHEWJYOw%3D%3D',
        'api_name=INTERCEPT_CREATE_STANDARD',
        'from_appkey=app-1',
        'from_code=code-1',
        'to_appkey=reverse-center',
        'to_code=reverse-center',
      ].join('&'),
      effect: 'write',
    });
  });
  it('cancel and look up at the same address; only a look has no effect', () => {
    const cancel = cancelRequest(command, keys());
    expect([cancel.path, cancel.effect]).toEqual(['/gateway/link.do', 'write']);
    // A "+" or "/" of base64 that is not encoded arrives as something else.
    expect(cancel.body).toContain('data_digest=b%2Fb4ky6iVyv%2BvlQVUSkdug%3D%3D&');
    expect(Object.fromEntries(new URLSearchParams(cancel.body))).toMatchObject({
      content: CANCEL,
      api_name: 'INTERCEPT_DEL_STANDARD',
      to_appkey: 'reverse-center',
      to_code: 'reverse-center',
    });
    const track = trackRequest(command, keys());
    expect([track.path, track.effect]).toEqual(['/gateway/link.do', 'read']);
    expect(Object.fromEntries(new URLSearchParams(track.body))).toMatchObject({
      content: TRACK,
      data_digest: 'UVqtFwQrGeDGrKrrroi6Yg==',
      api_name: 'STO_TRACE_QUERY_COMMON',
      to_appkey: 'sto_trace_query',
      to_code: 'sto_trace_query',
    });
  });
  it('name no receiver, whatever the shop says: with one the same service is a change of address', () => {
    for (const request of [createRequest(command, keys()), cancelRequest(command, keys())]) {
      expect(decodeURIComponent(request.body)).not.toMatch(/receiver|13000000000|武汉/);
    }
  });
  it('ask for what the account was told, if it is not the one value that was seen', () => {
    const content = new URLSearchParams(createRequest(command, keys({ interceptForAct: 'RETURN' })).body).get(
      'content',
    );
    expect(content).toBe('{"waybillNo":"777031922725111","interceptForAct":"RETURN"}');
  });
});

describe('the credentials of STO', () => {
  it('need nothing but the three of the contract', () => {
    expect(stoCredentials.parse({ fromAppkey: 'a', fromCode: 'c', secretKey: 's' })).toEqual({
      fromAppkey: 'a',
      fromCode: 'c',
      secretKey: 's',
      interceptForAct: 'DEFAULT',
      retryMeansNotDone: false,
      successCodes: [],
      noTraceWhenAbsent: false,
      meanings: {},
    });
  });
  it('cannot call one code a success and a failure', () => {
    expect(() => keys({ successCodes: ['S00'], meanings: { S00: 'courier_too_late' } })).toThrow('not both');
    expect(() => keys({ successCodes: ['S00'], meanings: { S01: 'courier_too_late' } })).not.toThrow();
  });
  it('have a push token that cannot be guessed and needs no encoding in an address', () => {
    for (const pushToken of ['', 'short', 'a b c d e f g h i j', '令牌令牌令牌令牌令牌令牌令牌令牌', 'x'.repeat(129)]) {
      expect(() => keys({ pushToken })).toThrow('16 to 128');
    }
    expect(() => keys({ pushToken: 'a3f0-._~a3f0a3f0' })).not.toThrow();
  });
});
