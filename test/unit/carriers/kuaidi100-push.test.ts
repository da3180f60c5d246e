import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { kuaidi100Credentials } from '../../../src/workers/carriers/kuaidi100/credentials.js';
import {
  ackKuaidi100Push,
  readKuaidi100Push,
  verifyKuaidi100Push,
} from '../../../src/workers/carriers/kuaidi100/push.js';

const SALT = 's4lts4lts4lts4lt';
const callbackUrl = 'https://seller.example/callbacks/kuaidi100/kd-main';
const keys = (callback: object = {}, more: object = {}) =>
  kuaidi100Credentials.parse({ key: 'k', secret: 'kd-secret', callbackUrl, salt: SALT, callback, ...more });

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
const form = (fields: [string, string][]) => ({
  body: Buffer.from(new URLSearchParams(fields).toString()),
  headers: {},
  query: {},
});
const PARAM =
  '{"kuaidicom":"ems","kuaidinum":"1100000000001","status":"30","message":"退件 签收","time":"2025-01-01 10:00:00"}';
const genuine: [string, string][] = [
  ['param', PARAM],
  ['sign', md5(PARAM + SALT)],
];
const read = (param: unknown, callback: object = {}, more: object = {}) =>
  readKuaidi100Push(form([['param', JSON.stringify(param)]]), keys(callback, more));

describe('the signature of a callback of Kuaidi100', () => {
  it('is made over param with the salt of the order, in either case of letters', () => {
    expect(verifyKuaidi100Push(form(genuine), keys())).toBe(true);
    expect(
      verifyKuaidi100Push(
        form([
          ['param', PARAM],
          ['sign', md5(PARAM + SALT).toUpperCase()],
        ]),
        keys(),
      ),
    ).toBe(true);
  });
  it('is not that of another salt, of the secret, or of nothing', () => {
    for (const other of [md5(PARAM), md5(`${PARAM}kd-secret`), md5(`${PARAM}${SALT}0`), '', 'x'.repeat(32)]) {
      expect(
        verifyKuaidi100Push(
          form([
            ['param', PARAM],
            ['sign', other],
          ]),
          keys(),
        ),
      ).toBe(false);
    }
    expect(verifyKuaidi100Push(form([['param', PARAM]]), keys())).toBe(false);
    expect(verifyKuaidi100Push(form([['sign', md5(SALT)]]), keys())).toBe(false);
  });
  it('verifies nothing for an account without a salt: an empty one would let everybody in', () => {
    const bare = kuaidi100Credentials.parse({ key: 'k', secret: 'kd-secret' });
    for (const sign of [md5(PARAM), md5(`${PARAM}undefined`)]) {
      expect(
        verifyKuaidi100Push(
          form([
            ['param', PARAM],
            ['sign', sign],
          ]),
          bare,
        ),
      ).toBe(false);
    }
  });
  it('does not cover a second message behind the signed one', () => {
    expect(verifyKuaidi100Push(form([...genuine, ['param', '{}']]), keys())).toBe(false);
    expect(verifyKuaidi100Push(form([['param', '{}'], ...genuine]), keys())).toBe(false);
    expect(verifyKuaidi100Push(form([...genuine, ['sign', 'x']]), keys())).toBe(false);
  });
});

describe('a callback of Kuaidi100', () => {
  it('says what became of the order, of which parcel of which courier, and where it is as far as the word tells', () => {
    expect(readKuaidi100Push(form(genuine), keys({ statuses: { '30': 'finished' } }))).toEqual([
      {
        waybillNo: '1100000000001',
        carrier: 'ems',
        status: { kind: 'finished', rawCode: '30', rawText: '退件 签收' },
        sighting: {
          at: new Date('2025-01-01T02:00:00Z'),
          phase: 'returned',
          rawCode: '30',
          text: '退件 签收',
          place: null,
          source: 'push',
        },
      },
    ]);
  });
  it.each([
    ['pending', null],
    ['stopped', null],
    ['returning', 'returning'],
    ['finished', 'returned'],
    ['failed', null],
    ['cancelled', null],
  ] as const)('with a word taught as %s speaks of the order, and of the road only if that follows', (kind, phase) => {
    const [push] = read({ kuaidinum: 'A', status: '某词', time: 1_735_696_800_000 }, { statuses: { 某词: kind } });
    expect(push?.status).toEqual({ kind, rawCode: '某词', rawText: '' });
    expect(push?.sighting?.phase ?? null).toBe(phase);
  });
  it('with a word nobody explained is unclear, and blocks (R70): a part of it explains nothing', () => {
    const statuses = { 拦截成功: 'stopped' };
    for (const word of ['未拦截成功', '拦截成功 ', '拦截', 'toString', '__proto__']) {
      const [push] = read({ kuaidinum: 'A', status: word, time: 1_735_696_800_000 }, { statuses });
      expect(push).toMatchObject({ status: { kind: 'unclear', rawCode: word }, sighting: { phase: 'unknown' } });
    }
    expect(read({ kuaidinum: 'A', status: '拦截成功' })[0]?.status?.kind).toBe('unclear');
  });
  it('that carries no readable time is no sighting: none is made up', () => {
    for (const time of [undefined, '', 'soon', 1_735_696_800, '2025-02-31 10:00:00', {}, null]) {
      const [push] = read({ kuaidinum: 'A', status: 'x', time }, { statuses: { x: 'returning' } });
      expect(push).toMatchObject({ status: { kind: 'returning' }, sighting: null });
    }
  });
  it('names the courier by any code it is known under, else it does not', () => {
    const courier = (kuaidicom: unknown, more: object = {}) =>
      read({ kuaidinum: 'A', status: 'x', kuaidicom }, {}, more)[0]?.carrier;
    expect([courier('debangwuliu'), courier('debangkuaidi'), courier('youzhengguonei')]).toEqual([
      ...['deppon', 'deppon', 'chinapost'],
    ]);
    expect(courier('depponx', { companyCodes: { deppon: 'depponx' } })).toBe('deppon');
    for (const odd of ['shunfeng', '', {}, undefined]) {
      expect(courier(odd)).toBeUndefined();
      expect(Object.keys(read({ kuaidinum: 'A', status: 'x', kuaidicom: odd })[0] ?? {})).not.toContain('carrier');
    }
  });
  it('is read where the account says its values are, with the waybill digit by digit', () => {
    const fields = { waybill: 'data.nu', company: 'data.com', status: 'data.state', text: 'data.msg', time: 'data.at' };
    const body = '{"data":{"nu":7000893114000949517,"com":"ems","state":1,"msg":"m","at":1735696800000}}';
    const [push] = readKuaidi100Push(form([['param', body]]), keys({ fields, statuses: { '1': 'returning' } }));
    expect(push).toMatchObject({
      waybillNo: '7000893114000949517',
      carrier: 'ems',
      status: { kind: 'returning', rawCode: '1', rawText: 'm' },
      sighting: { at: new Date('2025-01-01T02:00:00Z') },
    });
  });
  it('without waybill or status is set aside whole: it can be read again once the fields are known', () => {
    const odd = [
      { status: 'x' },
      { kuaidinum: 'A' },
      { kuaidinum: 'A', status: '' },
      { kuaidinum: ['A'], status: 'x' },
    ];
    for (const param of [...odd, [], null, 'x', 1]) {
      expect(() => read(param)).toThrow(CarrierFault);
      expect(() => read(param)).toThrow('callback.fields');
    }
    expect(() => readKuaidi100Push(form([['sign', 'x']]), keys())).toThrow(CarrierFault);
    expect(() => readKuaidi100Push(form([['param', '{"kuaidinum":"A","sta']]), keys())).toThrow(CarrierFault);
  });
  it('is acknowledged in the words of Kuaidi100, with a yes only for what is stored', () => {
    const said = (['stored', 'bad_signature', 'overloaded'] as const).map((outcome) => ackKuaidi100Push(outcome).body);
    expect(said[0]).toBe('{"result":true,"returnCode":"200","message":"提交成功"}');
    expect(said.map((body) => JSON.parse(body).result)).toEqual([true, false, false]);
  });
});
