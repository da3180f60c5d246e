import { describe, expect, it } from '@jest/globals';
import { companyOf, courierOf, SERVES } from '../../../src/workers/carriers/kuaidi100/companies.js';
import { kuaidi100Credentials } from '../../../src/workers/carriers/kuaidi100/credentials.js';
import { createRequest } from '../../../src/workers/carriers/kuaidi100/requests.js';
import { signKuaidi100, signKuaidi100Callback } from '../../../src/workers/carriers/kuaidi100/sign.js';
import { commandOf } from '../../support/command.js';

/** The value of the reference; it was not made with this code. */
const PARAM =
  '{"kuaidicom":"jtexpress","kuaidinum":"JT0000000000001","interceptType":"RETURN_SEND_ADDR","partnerId":"J0000000001","reason":"买家申请退款","orderid":"RF1","salt":"s4lts4lts4lts4lt","callbackUrl":"https://example.test/cb"}';
const REFERENCE = PARAM.replace('s4lts4lts4lts4lt', 's4lt');
const URL_AND_SALT = { callbackUrl: 'https://example.test/cb', salt: 's4lts4lts4lts4lt' };

const parse = (more: object = {}) => kuaidi100Credentials.parse({ key: 'testkey', secret: 'testsecret', ...more });
const keys = (more: object = {}) => ({ ...parse({ ...URL_AND_SALT, ...more }), ...URL_AND_SALT });
const command = commandOf({ waybillNo: 'JT0000000000001', carrier: 'jtexpress', requestId: 'RF1', bizNo: 'RF1' });
const paramOf = (body: string) => JSON.parse(new URLSearchParams(body).get('param') ?? '');

describe('the signature of Kuaidi100', () => {
  it('is the upper-case hex of the md5 over param, t, key and secret, over the UTF-8 bytes of Chinese text', () => {
    expect(signKuaidi100(REFERENCE, '1700000000000', 'testkey', 'testsecret')).toBe('6D48835375A315BA3A71DF510C57FC34');
  });
  it('of a callback is the hex of the md5 over param and salt', () => {
    // Made with Python's hashlib.
    const param = '{"kuaidinum":"DPK000000000001","status":"X"}';
    expect(signKuaidi100Callback(param, 's4lts4lts4lts4lt')).toBe('735e5e84ba4e0c60a6ae1cd1c1f70a3d');
  });
});

describe('the request of Kuaidi100', () => {
  it('is a form whose param is signed as it reads before url-encoding', () => {
    const partners = { jtexpress: { partnerId: 'J0000000001' } };
    const { body, ...rest } = createRequest(command, 'jtexpress', keys({ partners }), 1_700_000_000_000);
    expect(rest).toEqual({
      method: 'POST',
      path: '/label/order?method=interceptOrder',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
      effect: 'write',
    });
    expect(Object.fromEntries(new URLSearchParams(body))).toEqual({
      method: 'interceptOrder',
      key: 'testkey',
      t: '1700000000000',
      // Made with Python's hashlib over PARAM.
      sign: '6F6E1E19A29A15D5AA3BE27DB592E5DE',
      param: PARAM,
    });
  });
  it('names the real courier in the words of Kuaidi100, and nothing that is not set', () => {
    const { body } = createRequest({ ...command, carrier: 'ems' }, 'ems', keys(), 1);
    expect(Object.keys(paramOf(body))).toEqual([
      ...['kuaidicom', 'kuaidinum', 'interceptType', 'reason', 'orderid', 'salt', 'callbackUrl'],
    ]);
  });
  it('takes what an account was told: the type, the payer, the name of the order number', () => {
    const told = {
      ...{ interceptType: 'RETURN_SEND_STATION', orderIdField: 'orderId', orderRole: '1', interceptPayType: 'MONTHLY' },
      ...{ reason: '退款', partners: { ems: { partnerId: 'E1' } } },
    };
    const { body } = createRequest(command, 'jtexpress', keys(told), 1);
    expect(paramOf(body)).toEqual({
      ...{ kuaidicom: 'jtexpress', kuaidinum: 'JT0000000000001', interceptType: 'RETURN_SEND_STATION' },
      ...{ reason: '退款', orderId: 'RF1', orderRole: '1', interceptPayType: 'MONTHLY', ...URL_AND_SALT },
    });
  });
});

describe('the companies behind Kuaidi100', () => {
  it('are those that the reference names, each with the code it gives', () => {
    expect(SERVES).toEqual({
      ...{ deppon: 'debangwuliu', ems: 'ems', chinapost: 'youzhengguonei', chinapostec: 'youzhengdsbk' },
      ...{ zto: 'zhongtong', jtexpress: 'jtexpress', jd: 'jd' },
    });
  });
  it('are called as the account says, and one that is not known has no code', () => {
    expect(companyOf('deppon', {})).toBe('debangwuliu');
    expect(companyOf('deppon', { deppon: 'debangkuaidi' })).toBe('debangkuaidi');
    for (const unknown of ['sf', '', 'constructor', '__proto__']) expect(companyOf(unknown, {})).toBeUndefined();
  });
  it('are recognised by any of their codes, and by none that two of them could have', () => {
    for (const code of ['debangwuliu', 'debangkuaidi', ' DebangWuliu ']) expect(courierOf(code, {})).toBe('deppon');
    expect(courierOf('own', { ems: 'own' })).toBe('ems');
    expect(courierOf('ems', { deppon: 'ems' })).toBeUndefined();
    for (const unknown of ['', 'shunfeng', 'constructor']) expect(courierOf(unknown, {})).toBeUndefined();
  });
});

describe('the credentials of Kuaidi100', () => {
  it('need nothing but the two of the contract', () => {
    expect(parse()).toEqual({
      key: 'testkey',
      secret: 'testsecret',
      interceptType: 'RETURN_SEND_ADDR',
      reason: '买家申请退款',
      orderIdField: 'orderid',
      companyCodes: {},
      partners: {},
      meanings: {},
      callback: {
        fields: {
          waybill: 'kuaidinum',
          company: 'kuaidicom',
          order: 'orderid',
          status: 'status',
          text: 'message',
          time: 'time',
        },
        statuses: {},
      },
    });
  });
  it('take a callback address only with a salt, over TLS or on this machine', () => {
    const { callbackUrl, salt } = URL_AND_SALT;
    expect(() => parse({ callbackUrl })).toThrow('salt');
    expect(() => parse({ salt })).toThrow('salt');
    for (const short of ['', 's4lt', 'has blanks in it 0123'])
      expect(() => parse({ callbackUrl, salt: short })).toThrow();
    for (const loopback of ['http://127.0.0.1:8080/a', 'http://localhost/a', 'http://[::1]/a']) {
      expect(parse({ callbackUrl: loopback, salt }).callbackUrl).toBe(loopback);
    }
    for (const odd of ['http://seller.example/a', 'ftp://seller.example', '/callbacks', 'https://a/#b', '']) {
      expect(() => parse({ callbackUrl: odd, salt })).toThrow('https');
    }
  });
  it('know no courier, type or meaning that is not one', () => {
    const odd = [
      { companyCodes: { sf: 'shunfeng' } },
      { companyCodes: { deppon: 'De Bang' } },
      { partners: { deppon: { secret: 'x' } } },
      { interceptType: 'MODIFY_ADDR' },
      { callback: { statuses: { 成功: 'no_record' } } },
      { callback: { statuses: { 成功: 'unclear' } } },
      { callback: { fields: { status: 'data..status' } } },
      { meanings: { '30001': 'accepted' } },
    ];
    for (const one of odd) expect(() => parse(one)).toThrow();
  });
});
