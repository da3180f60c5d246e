import { describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../../src/domain/carrier/fault.js';
import { stoCredentials } from '../../../src/workers/carriers/sto/credentials.js';
import { ackStoPush, readStoPush, verifyStoPush } from '../../../src/workers/carriers/sto/push.js';

const TOKEN = 'f3b0c44298fc1c149afb';
const keys = (more: object = {}) =>
  stoCredentials.parse({ fromAppkey: 'a', fromCode: 'c', secretKey: 'sto-secret-demo', ...more });

const CONTENT =
  '{"waybillNo":"777031922725111","linkCode":"LP1","trace":{"outBizCode":"b-1","scanType":"派件","opTime":"2025-01-01 10:00:00","memo":"派件中 + 100%","opOrgName":"江夏网点","opOrgCityName":"武汉市"}}';
/** Made with another language's library. */
const DIGEST = 'o9YpNa5iizn+z3fV8V7PrA==';

function push(fields: [string, string][], query: Record<string, string> = {}) {
  return { body: Buffer.from(new URLSearchParams(fields).toString()), headers: {}, query };
}
const bare = (content: string, query: Record<string, string> = {}) => ({
  body: Buffer.from(content),
  headers: {},
  query,
});
const genuine: [string, string][] = [
  ['content', CONTENT],
  ['data_digest', DIGEST],
  ['api_name', 'STO_TRACE_PLATFORM_PUSH'],
];

describe('a track push of STO, whose signature is a guess by analogy', () => {
  it('is verified only if it was made with our secret, which may be one of its own', () => {
    expect(verifyStoPush(push(genuine), keys())).toBe(true);
    expect(verifyStoPush(push(genuine), keys({ secretKey: 'other' }))).toBe(false);
    expect(verifyStoPush(push(genuine), keys({ pushSecretKey: 'other' }))).toBe(false);
    expect(verifyStoPush(push(genuine), keys({ secretKey: 'other', pushSecretKey: 'sto-secret-demo' }))).toBe(true);
  });
  it('is not verified if a second message hides behind the signed one, or a field is missing', () => {
    const [content, digest] = genuine as [[string, string], [string, string]];
    const odd: [string, string][][] = [
      [...genuine, ['content', '{}']],
      [['content', '{}'], ...genuine],
      [...genuine, ['data_digest', 'x']],
      [content],
      [digest],
      [['content', ''], digest],
    ];
    for (const fields of odd) expect(verifyStoPush(push(fields), keys())).toBe(false);
  });
  it('as a bare message, which nobody signed, is let in only to the address with our token', () => {
    const told = keys({ pushToken: TOKEN });
    expect(verifyStoPush(bare(CONTENT, { token: TOKEN }), told)).toBe(true);
    expect(verifyStoPush(bare(` ${CONTENT}`, { token: TOKEN }), told)).toBe(true);
    for (const query of [{}, { token: '' }, { token: `${TOKEN}0` }, { token: TOKEN.toUpperCase() }]) {
      expect(verifyStoPush(bare(CONTENT, query), told)).toBe(false);
    }
    for (const query of [{}, { token: '' }, { token: TOKEN }, { token: 'undefined' }]) {
      expect(verifyStoPush(bare(CONTENT, query), keys())).toBe(false);
    }
  });
  it('as a form needs its digest, token or not', () => {
    const unsigned: [string, string][] = [['content', CONTENT]];
    expect(verifyStoPush(push(unsigned, { token: TOKEN }), keys({ pushToken: TOKEN }))).toBe(false);
    expect(verifyStoPush(push(genuine), keys({ pushToken: TOKEN }))).toBe(true);
  });
  it('is read alike in both forms, with the time of China, its words and its place', () => {
    for (const one of [push(genuine), bare(CONTENT)]) {
      expect(readStoPush(one)).toEqual([
        {
          waybillNo: '777031922725111',
          status: null,
          sighting: {
            at: new Date('2025-01-01T02:00:00Z'),
            phase: 'out_for_delivery',
            rawCode: '派件',
            text: '派件中 + 100%',
            place: '武汉市 江夏网点',
            source: 'push',
          },
        },
      ]);
    }
  });
  it('pushed again with the same outBizCode is the same scan, in whatever order its members come', () => {
    const { waybillNo, linkCode, trace } = JSON.parse(CONTENT);
    const turned = Object.fromEntries(Object.entries(trace).reverse());
    const again = JSON.stringify({ trace: turned, linkCode, waybillNo });
    expect(readStoPush(bare(again))).toEqual(readStoPush(push(genuine)));
  });
  it('that is another message, or lacks what tells the parcel and the moment, breaks the contract', () => {
    const odd = [
      ...['{}', '{"waybillNo":"1"}', '{"waybillNo":"1","trace":[]}', '{"waybillNo":"1","trace":{"scanType":"签收"}}'],
      ...['{"trace":{"opTime":"2025-01-01 10:00:00"}}', CONTENT.slice(0, -2), CONTENT.replace('10:00:00', '25:00:00')],
    ];
    for (const content of odd) {
      for (const one of [bare(content), push([['content', content]])]) {
        expect(() => readStoPush(one)).toThrow(CarrierFault);
      }
    }
  });
  it('keeps a waybill of 19 digits digit by digit, though it came as a number', () => {
    const content = CONTENT.replace('"777031922725111"', '7000893114000949517');
    expect(readStoPush(bare(content))[0]?.waybillNo).toBe('7000893114000949517');
  });
  it('is acknowledged in the words of STO, with a success only for what is stored', () => {
    expect(ackStoPush('stored')).toEqual({
      status: 200,
      contentType: 'application/json; charset=utf-8',
      body: '{"success":"true","errorCode":"","errorMsg":""}',
    });
    const others = [ackStoPush('bad_signature'), ackStoPush('overloaded')].map(({ body }) => JSON.parse(body).success);
    expect(others).toEqual(['false', 'false']);
  });
});
