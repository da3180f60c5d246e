import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { josRequest } from '../../../src/producers/platforms/jd/gateway.js';
import { josSign } from '../../../src/producers/platforms/jd/sign.js';
import { AT_MS, CREDENTIALS } from './wire.js';

const VECTOR = {
  '360buy_param_json': '{"pageIndex":1,"pageSize":50,"status":0}',
  access_token: 'tok',
  app_key: 'appk',
  method: 'jingdong.pop.afs.soa.refundapply.queryPageList',
  timestamp: '2021-08-27 08:01:58',
  v: '2.0',
};

describe('the signature of a call', () => {
  it('is the one of the reference (4.1), in whatever order the parameters come', () => {
    expect(josSign(VECTOR, 'sec')).toBe('012BAC26206CDFF11BA18D105453A459');
    expect(josSign(Object.fromEntries(Object.entries(VECTOR).reverse()), 'sec')).toBe(
      '012BAC26206CDFF11BA18D105453A459',
    );
  });

  it('covers every parameter, Chinese words as they are', () => {
    const request = josRequest(CREDENTIALS, 'reply', { id: '1', remark: '买家申请退款' }, AT_MS);
    const form = new URLSearchParams(request.body);
    const pairs = [...form].filter(([name]) => name !== 'sign').sort(([a], [b]) => (a < b ? -1 : 1));
    const text = `sec${pairs.map((pair) => pair.join('')).join('')}sec`;
    expect(form.get('sign')).toBe(createHash('md5').update(text).digest('hex').toUpperCase());
    expect([...form.keys()].sort()).toEqual([
      ...['360buy_param_json', 'access_token', 'app_key', 'format', 'method', 'sign', 'timestamp', 'v'],
    ]);
  });

  it('goes with the time in China, to the one address of JOS', () => {
    const request = josRequest(CREDENTIALS, 'refund', { id: '1' }, AT_MS);
    expect(new URLSearchParams(request.body).get('timestamp')).toBe('2026-11-20 11:04:05');
    expect(request).toMatchObject({ method: 'POST', path: '/routerjson', effect: 'read' });
    expect(josRequest(CREDENTIALS, 'reply', {}, AT_MS).effect).toBe('write');
  });
});
