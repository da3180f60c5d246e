import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { jtexpress } from '../../../src/workers/carriers/jtexpress/adapter.js';
import { jtexpressCredentials } from '../../../src/workers/carriers/jtexpress/credentials.js';
import { readJtexpressPush, verifyJtexpressPush } from '../../../src/workers/carriers/jtexpress/push.js';

const KEY = '0123456789abcdef0123456789abcdef';
const TOKEN = 'a-secret-of-ours-1';
const RESULT = {
  mailNo: 'JT0000000000001',
  billCode: 'JT0000000000001',
  interceptResult: '2',
  returnMailNo: 'JT0000000000009',
  feedbackTime: '2025-01-01 10:00:00',
};

const keys = (callbacks: object = {}) => jtexpressCredentials.parse({ apiAccount: 'a', privateKey: KEY, callbacks });
const signed = keys({ verifiedBy: 'signature' });
const withToken = keys({ verifiedBy: 'token', token: TOKEN });

const digestOf = (text: string) => createHash('md5').update(`${text}${KEY}`).digest('base64');
const form = (text: string) => `bizContent=${encodeURIComponent(text)}`;
const push = (body: string, headers: Record<string, string> = {}, query: Record<string, string> = {}) => ({
  body: Buffer.from(body),
  headers,
  query,
});
const TEXT = JSON.stringify(RESULT);

describe('where a push of J&T comes from', () => {
  it('is not known unless the account says what to go by: then nothing is believed', () => {
    const genuine = push(form(TEXT), { digest: digestOf(TEXT) }, { token: TOKEN });
    expect(verifyJtexpressPush(genuine, keys())).toBe(false);
    expect(verifyJtexpressPush(genuine, signed)).toBe(true);
    expect(verifyJtexpressPush(genuine, withToken)).toBe(true);
  });
  it('by the signature: header digest over the content, in a form or as the whole body', () => {
    expect(verifyJtexpressPush(push(TEXT, { digest: digestOf(TEXT) }), signed)).toBe(true);
    const odd = [
      push(form(TEXT)),
      push(form(TEXT), { digest: '' }),
      push(form(TEXT), { digest: digestOf(`${TEXT} `) }),
      push(form(TEXT), { digest: createHash('md5').update(TEXT).digest('base64') }),
      push(`${form(TEXT)}&${form('{}')}`, { digest: digestOf(TEXT) }),
      push('content=1', { digest: digestOf('') }),
      push(form(TEXT), {}, { token: TOKEN, digest: digestOf(TEXT) }),
    ];
    for (const one of odd) expect(verifyJtexpressPush(one, signed)).toBe(false);
  });
  it('by the token: the one in the address that was registered', () => {
    expect(verifyJtexpressPush(push(TEXT, {}, { token: TOKEN }), withToken)).toBe(true);
    const odd = [
      push(TEXT),
      push(TEXT, {}, { token: '' }),
      push(TEXT, {}, { token: `${TOKEN}x` }),
      push(TEXT, { token: TOKEN }),
      push(TEXT, { digest: digestOf(TEXT) }),
      push('token=1', {}, { token: TOKEN }),
    ];
    for (const one of odd) expect(verifyJtexpressPush(one, withToken)).toBe(false);
  });
});

describe('an intercept result of J&T', () => {
  const read = (fields: object, results: object = {}) =>
    readJtexpressPush({ body: Buffer.from(form(JSON.stringify(fields))) }, keys({ results }));

  it('is unclear, which moves nothing, until the account explains its values', () => {
    const rawText = '拦截回传，退回新单号 JT0000000000009';
    const status = { kind: 'unclear', rawCode: '2', rawText };
    expect(read(RESULT)).toEqual([{ waybillNo: 'JT0000000000001', sighting: null, status }]);
    expect(read({ ...RESULT, interceptResult: 'constructor' })).toMatchObject([{ status: { kind: 'unclear' } }]);
    for (const kind of ['pending', 'stopped', 'failed', 'cancelled']) {
      expect(read(RESULT, { '2': kind })).toMatchObject([{ sighting: null, status: { kind } }]);
    }
  });
  it('is a return scan only where the account says that the goods are on their way back, and when that was is told', () => {
    expect(read(RESULT, { '2': 'returning' })).toMatchObject([
      {
        sighting: { at: new Date('2025-01-01T02:00:00Z'), phase: 'returning', rawCode: '2', source: 'push' },
        status: { kind: 'returning' },
      },
    ]);
    for (const feedbackTime of [undefined, '', 'now', 1735696800000]) {
      expect(read({ ...RESULT, feedbackTime }, { '2': 'returning' })).toMatchObject([
        { sighting: null, status: { kind: 'returning' } },
      ]);
    }
  });
  it('may lack what is optional; the number that was asked about comes first, and a number may be a value', () => {
    const { mailNo: _mailNo, returnMailNo: _new, ...few } = RESULT;
    expect(read(few)).toMatchObject([{ waybillNo: 'JT0000000000001', status: { rawText: '拦截回传' } }]);
    expect(read({ ...RESULT, mailNo: 'jt1' })).toMatchObject([{ waybillNo: 'JT1' }]);
    expect(read({ ...RESULT, interceptResult: 2 }, { '2': 'failed' })).toMatchObject([{ status: { kind: 'failed' } }]);
  });
});

describe('a track push of J&T', () => {
  it('is read scan by scan, as one entry of the track query is', () => {
    const details = [
      { scanTime: '2025-01-01 10:00:00', scanType: '1', desc: '揽收' },
      { scanTime: '2025-01-01 11:00:00', scanType: '退件扫描', desc: '退件' },
    ];
    const body = Buffer.from(form(JSON.stringify({ billCode: 'JT0000000000001', details })));
    expect(readJtexpressPush({ body }, keys()).map(({ sighting, status }) => [sighting?.phase, status])).toEqual([
      ['picked_up', null],
      ['returning', null],
    ]);
  });
});

describe('the acknowledgement', () => {
  it("is the envelope of J&T's answers with a yes only when it is stored, or what the account says", () => {
    const { ack } = jtexpress.create(keys());
    const said = (['stored', 'bad_signature', 'overloaded'] as const).map((one) => JSON.parse(ack(one).body).code);
    expect(said).toEqual(['1', '0', '0']);
    expect(jtexpress.create(keys({ ack: 'SUCCESS' })).ack('stored')).toMatchObject({ status: 200, body: 'SUCCESS' });
    expect(jtexpress.create(keys({ ack: 'SUCCESS' })).ack('overloaded').status).toBe(503);
  });
});
