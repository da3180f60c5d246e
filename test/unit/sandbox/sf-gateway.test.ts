import { describe, expect, it } from '@jest/globals';
import { sfDigest, sfToken, tokenLives } from '../../../sandbox/couriers/sf/sign.js';
import {
  callSf,
  INTERCEPT,
  postForm,
  ROUTES,
  returnOf,
  routesOf,
  SF_KEYS,
  SF_SERVICE,
  saidIn,
  sfForm,
  startSf,
} from './running-sf.js';
import { http, type Json, onTheRoad, type StartOptions, type TwinUnderTest } from './running-twins.js';

const BILL = 'SF0000000000001';

/** Runs with a twin that has one parcel on the road. */
async function withSf<T>(options: StartOptions, run: (sf: TwinUnderTest) => Promise<T>): Promise<T> {
  const sf = await startSf(options);
  try {
    await sf.control('POST', '/parcels', [onTheRoad(BILL, { intercept: { outcome: 'never' } })]);
    return await run(sf);
  } finally {
    await sf.close();
  }
}

const issue = async (sf: TwinUnderTest, change: Record<string, string> = {}): Promise<Json> => {
  const form = { partnerID: SF_KEYS.partnerId, secret: SF_KEYS.checkWord, grantType: 'password', ...change };
  return (await postForm(sf.baseUrl, 'oauth2/accessToken', new URLSearchParams(form))).json;
};

/** A route query with a token instead of a digest. */
const withToken = async (sf: TwinUnderTest, accessToken: unknown) => {
  const form = sfForm(ROUTES, routesOf(BILL), { accessToken: String(accessToken) });
  form.delete('msgDigest');
  return (await postForm(sf.baseUrl, SF_SERVICE, form)).json.apiResultCode;
};

describe('SF digests equal the vectors of the reference, else a twin would refuse a right adapter', () => {
  const msgData =
    '{"waybillNo":"SF0000000000001","serviceCode":"2","role":"1","payMode":"4","monthlyCardNo":"0000000000","newDestAddress":{"province":"广东省","city":"深圳市","county":"南山区","address":"测试路1号","contact":"测试收件人","phone":"13000000000"}}';
  it.each([
    [false, 'gtLcFbxao859LN6T0fPcpA=='],
    [true, 'vMQC4F5oCz7SJckwHw1D4A=='],
  ])('raw: %s', (raw, digest) => {
    expect(sfDigest(msgData, '1700000000000', 'TESTCHECKWORD0123456789abcdefgh', raw)).toBe(digest);
  });
  it('a token is known by what it says of itself, and dies', () => {
    const token = sfToken(1_000, 3, 'secret');
    expect(tokenLives(token, 3, 'secret', 1_500, 1_000)).toBe(true);
    expect(tokenLives(token, 3, 'secret', 2_000, 1_000)).toBe(false);
    expect(tokenLives(token, 4, 'secret', 1_500, 1_000)).toBe(false);
    expect(tokenLives(token, 3, 'other', 1_500, 1_000)).toBe(false);
    expect(tokenLives('', 3, 'secret', 1_500, 1_000)).toBe(false);
  });
});

describe('the gateway of SF refuses before anything acts', () => {
  it.each<[string, unknown, Record<string, string>, string]>([
    ['a wrong digest', returnOf(BILL), { msgDigest: 'bm90IHRoaXMgc2lnbg==' }, 'A1006'],
    ['another text under the same digest', returnOf(BILL), { msgData: '{}' }, 'A1006'],
    ['another partner', returnOf(BILL), { partnerID: 'other' }, 'A1004'],
    ['no request id', returnOf(BILL), { requestID: '' }, 'A1001'],
    ['a request id of 41 characters', returnOf(BILL), { requestID: 'x'.repeat(41) }, 'A1001'],
    ['no proof', returnOf(BILL), { msgDigest: '' }, 'A1001'],
    ['two proofs', returnOf(BILL), { accessToken: 'x' }, 'A1001'],
    ['a field nobody asked for', returnOf(BILL), { sign: 'x' }, 'A1001'],
    ['seconds', returnOf(BILL), { timestamp: String(Math.floor(Date.now() / 1000)) }, 'A1002'],
    ['an old time', returnOf(BILL), { timestamp: String(Date.now() - 600_000) }, 'A1002'],
    ['an unknown service', returnOf(BILL), { serviceCode: 'constructor' }, 'A1004'],
  ])('%s', async (_what, msgData, change, code) => {
    await withSf({}, async (sf) => {
      expect(await callSf(sf.baseUrl, INTERCEPT, msgData, change)).toMatchObject({ http: 200, gateway: code });
      expect((await sf.summary()).accepted).toBe(0);
    });
  });

  it('a body that is no form, a field that comes twice, and another address', async () => {
    await withSf({}, async (sf) => {
      const json = await http('POST', `${sf.baseUrl}/${SF_SERVICE}`, { 'content-type': 'application/json' }, '{}');
      expect(saidIn(json).gateway).toBe('A1001');
      const twice = `${sfForm(INTERCEPT, returnOf(BILL))}&msgData=%7B%7D`;
      expect(saidIn(await postForm(sf.baseUrl, SF_SERVICE, twice)).gateway).toBe('A1001');
      expect((await postForm(sf.baseUrl, 'std/other', sfForm(INTERCEPT, {}))).status).toBe(404);
      const said = await callSf(sf.baseUrl, INTERCEPT, '[]');
      expect(said).toMatchObject({ gateway: 'A1000', success: false, errorCode: 'S0001' });
    });
  });

  it('takes raw digests and seconds where it is told to', async () => {
    await withSf({ own: { 'raw-digest': true, 'timestamp-unit': 's' } }, async (sf) => {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const msgData = JSON.stringify(returnOf(BILL));
      const msgDigest = sfDigest(msgData, timestamp, SF_KEYS.checkWord, true);
      expect(await callSf(sf.baseUrl, INTERCEPT, msgData, { timestamp, msgDigest })).toMatchObject({ success: true });
      expect((await callSf(sf.baseUrl, INTERCEPT, msgData, { timestamp })).gateway).toBe('A1006');
    });
  });

  it('a request id is taken once, whatever it asked for; one that was throttled only where told to', async () => {
    await withSf({}, async (sf) => {
      const gateways = async (...ids: string[]) => {
        const codes: string[] = [];
        for (const requestID of ids)
          codes.push((await callSf(sf.baseUrl, ROUTES, routesOf(BILL), { requestID })).gateway);
        return codes;
      };
      expect(await gateways('a', 'a', 'b')).toEqual(['A1000', 'A1007', 'A1000']);
      await sf.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
      expect(await gateways('c', 'd', 'd')).toEqual(['A1000', 'A1005', 'A1005']);
      await sf.control('POST', '/config', { rememberThrottled: true });
      expect(await gateways('e', 'e')).toEqual(['A1005', 'A1007']);
      expect(await sf.summary()).toMatchObject({ throttled: 3, trackQueries: 8, creates: 0, badRequest: 0 });
    });
  });

  it('a token opens the gateway until it dies or is revoked', async () => {
    await withSf({}, async (sf) => {
      const { apiResultCode, accessToken } = await issue(sf);
      expect(apiResultCode).toBe('A1000');
      expect(await withToken(sf, accessToken)).toBe('A1000');
      await sf.control('POST', '/config', { tokenEpoch: 1 });
      expect([await withToken(sf, accessToken), await withToken(sf, 'x')]).toEqual(['A1011', 'A1011']);
      expect(await withToken(sf, (await issue(sf)).accessToken)).toBe('A1000');
      const odd = [
        await issue(sf, { secret: 'x' }),
        await issue(sf, { grantType: 'code' }),
        await issue(sf, { a: 'b' }),
      ];
      expect(odd.map((answer) => answer.apiResultCode)).toEqual(['A1011', 'A1001', 'A1001']);
      expect(await sf.summary()).toMatchObject({ tokens: 2 });
    });
  });
});
