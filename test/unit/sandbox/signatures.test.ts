import { describe, expect, it } from '@jest/globals';
import { ztoDigest, ztoPushDigest } from '../../../sandbox/couriers/zto/sign.js';
import {
  eventSign,
  eventSignHmac,
  gatewaySign,
  isCanonicalParam,
  sameSign,
} from '../../../sandbox/platforms/douyin/sign.js';
import { DOUYIN_KEYS } from './running-twins.js';

const SECRET = 'zto-secret-demo';
const MD5 = { digest: 'md5', base64: true, appSecret: SECRET, hmacKey: '' } as const;
const BODY = '{"billCode":"73100130019486","requestId":"req-0001","destinationType":2,"thirdBizNo":"RF20250101-1"}';

describe('ZTO digests equal the vectors of the reference, else a twin would refuse a right adapter', () => {
  it.each([
    ['default', MD5, BODY, '', '3dfU/UL8ZDnH+OzwevIgeQ=='],
    ['timestamp prefixed', MD5, BODY, '1735689600000', 'B2Yrzuw2YS0UsxtGjwgDRA=='],
    ['SHA256', { ...MD5, digest: 'sha256' } as const, BODY, '', 'aNMJAnvZozIiDcmJ55t0hDqxfZr8E+thFT/ZR57myX4='],
    ['cancel body', MD5, '{"billCode":"73100130019486","thirdBizNo":"RF20250101-1"}', '', 'OQrj6lASjNWdce8ckcdEhA=='],
    [
      'Chinese text',
      MD5,
      '{"billCode":"73100130019486","requestId":"req-0002","destinationType":3,"thirdBizNo":"RF-2","receiveProvince":"上海","receiveCity":"上海市","receiveDistrict":"青浦区","receiveAddress":"华新镇华志路1685号","receiveUsername":"张三","receivePhone":"13000000000"}',
      '',
      '78KlBwyzfl7Jf4EoG8Xy7Q==',
    ],
  ])('%s', (_name, setup, body, timestamp, digest) => {
    expect(ztoDigest(setup, body, timestamp)).toBe(digest);
  });

  it('track pushes are signed over the decoded data text', () => {
    const data =
      '{"billCode":"73100130019486","action":"DISPATCH","actionTime":"2025-01-01 10:00:00","city":"武汉市","facilityCode":"02729","facilityName":"武汉藏龙岛","desc":"正在派件"}';
    expect(ztoPushDigest(SECRET, data)).toBe('EF5hxh1DnGfcq4yXEbapbQ==');
  });

  it('a digest without base64 is the hex of the same bytes', () => {
    const hex = ztoDigest({ ...MD5, base64: false }, BODY);
    expect(Buffer.from(hex, 'hex').toString('base64')).toBe('3dfU/UL8ZDnH+OzwevIgeQ==');
  });

  it('HMAC uses its own key, so that the app secret alone does not pass', () => {
    const setup = { ...MD5, digest: 'hmac-sha256', hmacKey: 'key-1' } as const;
    expect(ztoDigest(setup, BODY)).not.toBe(ztoDigest({ ...setup, hmacKey: SECRET }, BODY));
  });
});

describe('Douyin signs equal the vectors of the reference', () => {
  const check = '[{"tag":"0","msg_id":"0","data":"2020-09-10T16:27:56.52842897+08:00"}]';
  const created =
    '[{"tag":"200","msg_id":"7012345678901234567:200:1630022518:7000893114000949000","data":"{\\"aftersale_id\\":7000893114000949000,\\"aftersale_status\\":6,\\"aftersale_type\\":1,\\"apply_time\\":1630022518,\\"p_id\\":4835804142146757000,\\"reason_code\\":1,\\"refund_amount\\":8900,\\"refund_post_amount\\":0,\\"refund_voucher_num\\":0,\\"s_id\\":4835804142146757000,\\"shop_id\\":10437917,\\"update_time\\":\\"2021-08-27T08:01:58+08:00\\"}"}]';

  it.each([
    [check, '08b5f1cb2e1a64d406d53abbaea13e72', 'a8757b33c8ca6fad288c503638f2307dc55f2c2ac5418f352921d65132a96bbe'],
    [created, 'e36b38259e1e3c079ab7bccd6ece88fe', 'a51da503dfa1b95e1ce97a062346db5d1f07c722f2c32517e6ab0d6d97ba8c07'],
  ])('event-sign in both variants', (body, md5, hmac) => {
    expect([eventSign(DOUYIN_KEYS, body), eventSignHmac(DOUYIN_KEYS, body)]).toEqual([md5, hmac]);
  });

  it('gateway sign v2', () => {
    const param =
      '{"after_sale_id":7000893114000949000,"intercept_targets":[{"company_code":"zhongtong","tracking_no":"75417914223203"}],"op_from":1}';
    expect(gatewaySign(DOUYIN_KEYS, 'afterSale.applyLogisticsIntercept', '1630022518', param)).toBe(
      '00a1857bc4c0b93bd808f33eeae3f680ea5823f780a6ca82d422badfd61944f3',
    );
  });

  it('a sign of another length is wrong, not an error', () => {
    expect(sameSign('abc', 'abcd')).toBe(false);
  });

  it.each([
    ['{"a":1,"b":[{"c":1,"d":2}]}', true],
    ['{"b":1,"a":2}', false],
    ['{"a":[{"d":1,"c":2}]}', false],
    ['{"a":"\\u003cb"}', false],
  ])('%s is the form that is signed: %s', (text, canonical) => {
    expect(isCanonicalParam(text)).toBe(canonical);
  });
});
