import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import type { CarrierRequest } from '../../../src/domain/carrier/port.js';
import { maskExchange, maskPhones } from '../../../src/workers/carriers/mask.js';

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' };
const request = (patch: Partial<CarrierRequest> = {}): CarrierRequest => ({
  method: 'POST',
  path: '/x',
  headers: {},
  body: '',
  effect: 'write',
  ...patch,
});
const bodyOf = (body: string, headers: Record<string, string> = {}): string =>
  maskExchange({ request: request({ body, headers }), response: null, fault: null }, []).request.body;
const answerOf = (text: string, secrets: string[] = []): string =>
  maskExchange({ request: request(), response: { status: 200, headers: {}, text }, fault: null }, secrets).response
    ?.body ?? '';

describe('an exchange that is kept', () => {
  it('shows who was asked what, without keys and digests', () => {
    const { request: kept } = maskExchange(
      {
        request: request({
          path: '/open/x?appKey=k1&method=track',
          headers: {
            'x-appKey': 'k1',
            'x-companyid': 'k1',
            'x-dataDigest': 'd',
            sign: 's',
            'app-key': 'k',
            accept: '*/*',
          },
          body: '{"billCode":"73100130019486","requestId":"4711-1","thirdBizNo":"4711-1","token":"t"}',
        }),
        response: null,
        fault: new CarrierFault('outcome_unknown', 'no whole answer within the time limit, after sending'),
      },
      [],
    );
    expect(kept).toEqual({
      method: 'POST',
      path: '/open/x?appKey=***&method=track',
      headers: {
        'x-appKey': '***',
        'x-companyid': '***',
        'x-dataDigest': '***',
        sign: '***',
        'app-key': '***',
        accept: '*/*',
      },
      body: '{"billCode":"73100130019486","requestId":"4711-1","thirdBizNo":"4711-1","token":"***"}',
    });
  });
  it('holds no phone, name or address, at any depth; codes and numbers of orders stay', () => {
    const address = {
      receiveUsername: '张三',
      receivePhone: '13000000000',
      receiveAddress: '华新镇华志路1685号',
      data: {
        centerBizNo: 7000893114000,
        statusName: '拦截中',
        list: [{ signMan: '李四', scanType: '签收', scanDate: 1735689600000 }],
      },
      scanSite: { name: '武汉藏龙岛', phone: '027-87654321' },
      desc: '快递员王五 13900000000 正在派件',
      message: '请联系 139 0000 0000',
    };
    expect(JSON.parse(answerOf(JSON.stringify(address)))).toEqual({
      receiveUsername: '***',
      receivePhone: '***',
      receiveAddress: '***',
      data: {
        centerBizNo: 7000893114000,
        statusName: '拦截中',
        list: [{ signMan: '***', scanType: '签收', scanDate: 1735689600000 }],
      },
      scanSite: { name: '武汉藏龙岛', phone: '***' },
      desc: '***',
      message: '请联系 ***',
    });
  });
  it('hides a person given as a whole, whatever the fields within are called', () => {
    const people = { receiver: { nick: '小明', vip: true }, senders: [{ wx: 'wx-1' }], billCode: '13000000000' };
    expect(JSON.parse(answerOf(JSON.stringify(people)))).toEqual({
      receiver: '***',
      senders: ['***'],
      billCode: '13000000000',
    });
  });
  it('looks into forms, and into JSON that hides in a string', () => {
    const content = JSON.stringify({ waybillNo: '777031922725111', receiverTel: '13000000000' });
    const form = new URLSearchParams({
      content,
      data_digest: 'abc==',
      from_appkey: 'k',
      api_name: 'INTERCEPT',
    }).toString();
    const kept = new URLSearchParams(bodyOf(form, FORM));
    expect(Object.fromEntries(kept)).toEqual({
      content: '{"waybillNo":"777031922725111","receiverTel":"***"}',
      data_digest: '***',
      from_appkey: '***',
      api_name: 'INTERCEPT',
    });
    expect(bodyOf('{"param":"{\\"receiverTel\\":\\"13000000000\\"}","sign":"x"}')).toBe(
      '{"param":"{\\"receiverTel\\":\\"***\\"}","sign":"***"}',
    );
  });
  it('masks what is no whole JSON too: half an answer, XML, an error page', () => {
    expect(answerOf('{"receivePhone":"13000000000","statusCode":"E23101","receiveUsername":"张')).toBe(
      '{"receivePhone":***,"statusCode":"E23101","receiveUsername":***',
    );
    expect(answerOf('<Response><deliveryName>李四</deliveryName><mailNo>YT1</mailNo></Response>')).toBe(
      '<Response><deliveryName>李四</deliveryName><mailNo>YT1</mailNo></Response>'.replace('李四', '***'),
    );
    expect(answerOf('<p>Bad Gateway, call 021-12345678 (key=k-1)</p>', ['k-1-not-there'])).toBe(
      '<p>Bad Gateway, call *** (key=k-1)</p>',
    );
  });
  it('blanks the credentials to the letter wherever the courier quotes them', () => {
    expect(
      answerOf('unknown app app-key-demo, sign over ...zto-secret-demo', ['app-key-demo', 'zto-secret-demo']),
    ).toBe('unknown app ***, sign over ...***');
    expect(answerOf('{"message":"app-key-demo?"}', ['app-key-demo'])).toBe('{"message":"***?"}');
  });
  it('keeps ids of 19 digits as they were, and numbers that only contain a phone', () => {
    expect(answerOf('{"billCode":7000893114000949517,"orderId":9130000000001}')).toBe(
      '{"billCode":"7000893114000949517","orderId":9130000000001}',
    );
    expect(maskPhones('运单 7313000000000486 电话 +86 130-0000-0000，0755-1234567')).toBe(
      '运单 7313000000000486 电话 ***，***',
    );
    expect(JSON.parse(answerOf('{"billCode":"13000000000","x":13000000000}'))).toEqual({
      billCode: '13000000000',
      x: '***',
    });
  });
  it('is at most 4 KiB each way, whatever came', () => {
    const headers = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x-header-${i}`, '\u0001'.repeat(300)]));
    const huge = [
      '"'.repeat(1_048_576),
      `[${'['.repeat(50_000)}`,
      JSON.stringify({ message: '长'.repeat(300_000) }),
      '-'.repeat(500_000),
    ];
    for (const text of huge) {
      const kept = maskExchange(
        {
          request: request({ path: `/${'p'.repeat(9_000)}`, headers, body: text }),
          response: { status: 200, headers, text },
          fault: null,
        },
        ['secret'],
      );
      expect(Buffer.byteLength(JSON.stringify(kept.request))).toBeLessThanOrEqual(4096);
      expect(Buffer.byteLength(JSON.stringify(kept.response))).toBeLessThanOrEqual(4096);
      expect(kept.response?.body).toMatch(/…\[cut\]$/);
    }
  });
  it('never throws and never shows a secret, whatever the courier wrote', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.string(), (before, after) => {
        const kept = JSON.stringify(answerOf(`${before}S3CR3T-KEY${after}`, ['S3CR3T-KEY']));
        return !kept.includes('S3CR3T-KEY');
      }),
    );
  });
});
