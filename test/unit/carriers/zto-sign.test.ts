import { describe, expect, it } from '@jest/globals';
import type { CarrierRequest } from '../../../src/domain/carrier/port.js';
import { ztoCredentials } from '../../../src/workers/carriers/zto/credentials.js';
import {
  cancelRequest,
  createRequest,
  statusRequest,
  trackRequest,
} from '../../../src/workers/carriers/zto/requests.js';
import { sameDigest, signZto } from '../../../src/workers/carriers/zto/sign.js';
import { commandOf } from '../../support/command.js';

/** Published and recomputed values; they were not made with this code. */
const KEYS = { appSecret: 'zto-secret-demo' };
const CREATE = '{"billCode":"73100130019486","requestId":"req-0001","destinationType":2,"thirdBizNo":"RF20250101-1"}';
const CANCEL = '{"billCode":"73100130019486","thirdBizNo":"RF20250101-1"}';
const REDIRECT =
  '{"billCode":"73100130019486","requestId":"req-0002","destinationType":3,"thirdBizNo":"RF-2","receiveProvince":"上海","receiveCity":"上海市","receiveDistrict":"青浦区","receiveAddress":"华新镇华志路1685号","receiveUsername":"张三","receivePhone":"13000000000"}';
const NOW_MS = 1735689600000;

const command = commandOf({
  waybillNo: '73100130019486',
  requestId: 'req-0001',
  bizNo: 'RF20250101-1',
  phoneTail: '0000',
});
const keys = (more: object = {}) => ztoCredentials.parse({ appKey: 'key-demo', ...KEYS, ...more });

describe('the signature of ZTO', () => {
  it('is the base64 of the raw md5 over body and secret', () => {
    expect(signZto(CREATE, 'md5', KEYS)).toBe('3dfU/UL8ZDnH+OzwevIgeQ==');
    expect(signZto(CANCEL, 'md5', KEYS)).toBe('OQrj6lASjNWdce8ckcdEhA==');
  });
  it('is over the UTF-8 bytes of Chinese text', () => {
    expect(signZto(REDIRECT, 'md5', KEYS)).toBe('78KlBwyzfl7Jf4EoG8Xy7Q==');
  });
  it('has the timestamp in front where one is sent', () => {
    expect(signZto(CREATE, 'md5', KEYS, String(NOW_MS))).toBe('B2Yrzuw2YS0UsxtGjwgDRA==');
  });
  it('may be a sha256 by the console', () => {
    expect(signZto(CREATE, 'sha256', KEYS)).toBe('aNMJAnvZozIiDcmJ55t0hDqxfZr8E+thFT/ZR57myX4=');
  });
  it('takes the key of its own for HmacSHA256, over the same message', () => {
    const one = signZto(CREATE, 'hmac-sha256', { ...KEYS, secretKey: 'k1' });
    expect(Buffer.from(one, 'base64')).toHaveLength(32);
    expect(one).not.toBe(signZto(CREATE, 'hmac-sha256', { ...KEYS, secretKey: 'k2' }));
    expect(one).not.toBe(signZto(CREATE, 'hmac-sha256', { appSecret: 'other', secretKey: 'k1' }));
  });
  it('is compared whole', () => {
    expect(sameDigest('abc', 'abc')).toBe(true);
    for (const other of ['abd', 'ab', 'abcd', '', 'ABC']) expect(sameDigest(other, 'abc')).toBe(false);
  });
});

describe('the requests of ZTO', () => {
  it('are signed over the very bytes that are sent, with both names of the key header', () => {
    const request = createRequest(command, keys(), NOW_MS);
    expect(request).toEqual({
      method: 'POST',
      path: '/thirdcenter.createIntercept',
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'x-companyid': 'key-demo',
        'x-appKey': 'key-demo',
        'x-dataDigest': '3dfU/UL8ZDnH+OzwevIgeQ==',
      },
      body: CREATE,
      effect: 'write',
    });
  });
  it('carry a timestamp only where the account says so: else ZTO refuses the signature', () => {
    const { headers } = createRequest(command, keys({ sendTimestamp: true }), NOW_MS);
    expect(headers['x-timestamp']).toBe('1735689600000');
    expect(headers['x-dataDigest']).toBe('B2Yrzuw2YS0UsxtGjwgDRA==');
  });
  it('name the group customer where there is one', () => {
    const { body } = createRequest(
      command,
      keys({ customerId: 'GPG1576724269', customerName: '示例', destinationType: 1 }),
      0,
    );
    expect(JSON.parse(body)).toMatchObject({
      customerId: 'GPG1576724269',
      customerName: '示例',
      destinationType: 1,
    });
  });
  it('cancel, ask and look up on their own paths; only the first may have an effect', () => {
    const seen = [cancelRequest, statusRequest, trackRequest].map((make): Partial<CarrierRequest> => {
      const { path, body, effect } = make(command, keys(), 0);
      return { path, body, effect };
    });
    expect(seen).toEqual([
      { path: '/thirdcenter.cancelIntercept', body: CANCEL, effect: 'write' },
      {
        path: '/thirdcenter.queryInterceptAndReturnStatus',
        body: '{"billCode":"73100130019486"}',
        effect: 'read',
      },
      {
        path: '/zto.merchant.waybill.track.query',
        body: '{"billCode":"73100130019486","mobilePhone":"0000"}',
        effect: 'read',
      },
    ]);
    expect(trackRequest({ ...command, phoneTail: null }, keys(), 0).body).toBe('{"billCode":"73100130019486"}');
  });
});

describe('the credentials of ZTO', () => {
  it('need nothing but the two of the contract, and are cautious about what is not documented', () => {
    expect(keys()).toEqual({
      appKey: 'key-demo',
      appSecret: 'zto-secret-demo',
      digest: 'md5',
      sendTimestamp: false,
      pushDigest: 'md5',
      destinationType: 2,
      noInterceptCodes: [],
      noInterceptWhenEmpty: false,
      noTraceCodes: [],
      redirectTypes: [],
    });
  });
  it('need the second key for HmacSHA256', () => {
    expect(() => keys({ digest: 'hmac-sha256' })).toThrow('secretKey');
    expect(keys({ digest: 'hmac-sha256', secretKey: 'k' }).digest).toBe('hmac-sha256');
  });
  it('cannot be taught that a time-out means "there is no intercept": that would send twice', () => {
    for (const code of ['S200', 'S202', 'S203', 'S206', 'S211', 'G500', 'PARAM_ERROR', 'E23144']) {
      expect(ztoCredentials.safeParse({ appKey: 'a', ...KEYS, noInterceptCodes: [code] }).success).toBe(false);
    }
    expect(keys({ noInterceptCodes: ['E23102'] }).noInterceptCodes).toEqual(['E23102']);
  });
  it('never redirect a parcel to somebody else: only the two ways back are known', () => {
    for (const destinationType of [0, 3, 4, '2']) {
      expect(ztoCredentials.safeParse({ appKey: 'a', ...KEYS, destinationType }).success).toBe(false);
    }
  });
});
