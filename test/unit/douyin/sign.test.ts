import { describe, expect, it } from '@jest/globals';
import { canonicalJson, gatewaySign, isEventSigned } from '../../../src/producers/platforms/douyin/sign.js';
import { bytes, CREATED, KEYS, URL_CHECK } from './messages.js';

const VECTORS = [
  {
    name: 'address check',
    body: URL_CHECK,
    md5: '08b5f1cb2e1a64d406d53abbaea13e72',
    hmac: 'a8757b33c8ca6fad288c503638f2307dc55f2c2ac5418f352921d65132a96bbe',
  },
  {
    name: 'refund created',
    body: CREATED,
    md5: 'e36b38259e1e3c079ab7bccd6ece88fe',
    hmac: 'a51da503dfa1b95e1ce97a062346db5d1f07c722f2c32517e6ab0d6d97ba8c07',
  },
];

describe('event-sign', () => {
  it.each(VECTORS)(
    'accepts both digests of the vector "$name", because their length tells them apart',
    ({ body, md5, hmac }) => {
      expect(isEventSigned(KEYS, bytes(body), md5)).toBe(true);
      expect(isEventSigned(KEYS, bytes(body), hmac)).toBe(true);
      expect(isEventSigned(KEYS, bytes(body), md5.toUpperCase())).toBe(true);
    },
  );

  it.each(VECTORS)(
    'refuses one changed byte of "$name", because the bytes are what was signed',
    ({ body, md5, hmac }) => {
      const changed = bytes(body.replace('"tag"', '"taq"'));
      expect(isEventSigned(KEYS, changed, md5)).toBe(false);
      expect(isEventSigned(KEYS, changed, hmac)).toBe(false);
      expect(isEventSigned(KEYS, bytes(`${body} `), md5)).toBe(false);
    },
  );

  it('refuses the signature of another app, because its secret is another', () => {
    const [vector] = VECTORS;
    expect(isEventSigned({ ...KEYS, appSecret: 'other' }, bytes(URL_CHECK), vector?.md5 ?? '')).toBe(false);
    expect(isEventSigned({ ...KEYS, appKey: '1' }, bytes(URL_CHECK), vector?.hmac ?? '')).toBe(false);
  });

  it.each([
    '',
    'abc',
    '08b5f1cb2e1a64d406d53abbaea13e7',
    '08b5f1cb2e1a64d406d53abbaea13e7g',
    'é'.repeat(32),
    '0'.repeat(64),
    '0'.repeat(1000),
  ])('refuses %j without an error, because anybody can send a header', (eventSign) => {
    expect(isEventSigned(KEYS, bytes(URL_CHECK), eventSign)).toBe(false);
  });
});

describe('gateway sign', () => {
  it('gives vector 4, keys sorted at every level and the int64 id exact', () => {
    const paramJson = canonicalJson({
      op_from: 1,
      intercept_targets: [{ tracking_no: '75417914223203', company_code: 'zhongtong' }],
      after_sale_id: 7000893114000949000n,
    });
    expect(paramJson).toBe(
      '{"after_sale_id":7000893114000949000,"intercept_targets":[{"company_code":"zhongtong","tracking_no":"75417914223203"}],"op_from":1}',
    );
    expect(
      gatewaySign(KEYS, { method: 'afterSale.applyLogisticsIntercept', paramJson, timestampS: '1630022518' }),
    ).toBe('00a1857bc4c0b93bd808f33eeae3f680ea5823f780a6ca82d422badfd61944f3');
  });

  it('leaves <, > and & alone, because the platform signs them unescaped', () => {
    expect(canonicalJson({ b: '<a>&中', a: [true, null, { d: 1, c: 'x' }] })).toBe(
      '{"a":[true,null,{"c":"x","d":1}],"b":"<a>&中"}',
    );
  });

  it('refuses a number that is rounded already, because it would sign another id', () => {
    expect(() => canonicalJson({ id: Number('7000893114000949517') })).toThrow(RangeError);
  });
});
