import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  callZto,
  createFields,
  http,
  type Json,
  onTheRoad,
  type StartOptions,
  startZto,
  type TwinUnderTest,
  ZTO_KEYS,
} from './running-twins.js';

const CREATE = 'thirdcenter.createIntercept';
const FIELDS = createFields('73100000000001');

/** Runs with a twin that has one parcel on the road. */
async function withZto<T>(options: StartOptions, run: (zto: TwinUnderTest) => Promise<T>): Promise<T> {
  const zto = await startZto(options);
  try {
    await zto.control('POST', '/parcels', [onTheRoad('73100000000001', { intercept: { outcome: 'never' } })]);
    return await run(zto);
  } finally {
    await zto.close();
  }
}

function digest(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('base64');
}

describe('the gateway refuses before anything acts', () => {
  it.each<[string, Record<string, string>, Json]>([
    ['a wrong sign', { 'x-datadigest': 'bm90IHRoaXMgc2lnbg==' }, { statusCode: 'S211', message: '签名错误' }],
    ['no sign', { 'x-datadigest': '' }, { statusCode: 'S211', message: '签名错误' }],
    ['a timestamp nobody asked for', { 'x-timestamp': '1735689600000' }, { statusCode: 'S211', message: '签名错误' }],
    ['another app', { 'x-companyid': 'someone' }, { statusCode: 'S210', message: '无权限访问' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, { statusCode: 'PARAM_ERROR' }],
  ])('%s', async (_what, headers, answer) => {
    await withZto({}, async (zto) => {
      const { status, json } = await callZto(zto.baseUrl, CREATE, FIELDS, headers);
      expect(status).toBe(200);
      expect(json).toMatchObject({ status: false, result: null, ...answer });
      expect((await zto.summary()).accepted).toBe(0);
    });
  });

  it('a timestamp is refused even if it is signed with: the interface does not document one', async () => {
    await withZto({}, async (zto) => {
      const sign = digest('md5', `1735689600000${JSON.stringify(FIELDS)}${ZTO_KEYS.appSecret}`);
      const headers = { 'x-timestamp': '1735689600000', 'x-datadigest': sign };
      expect((await callZto(zto.baseUrl, CREATE, FIELDS, headers)).json.statusCode).toBe('S211');
    });
  });

  it('an unknown path is no API', async () => {
    await withZto({}, async (zto) => {
      expect((await callZto(zto.baseUrl, 'thirdcenter.create', FIELDS)).json.statusCode).toBe('S207');
    });
  });

  it('a sign over other bytes is wrong even if the values are the same', async () => {
    await withZto({}, async (zto) => {
      const sign = digest('md5', JSON.stringify(FIELDS) + ZTO_KEYS.appSecret);
      const spaced = JSON.stringify(FIELDS, null, 1);
      const headers = { 'content-type': 'application/json', 'x-companyid': ZTO_KEYS.appKey, 'x-datadigest': sign };
      const answer = await http('POST', `${zto.baseUrl}/${CREATE}`, headers, spaced);
      expect(answer.json.statusCode).toBe('S211');
    });
  });

  it('a signed body that is no JSON object is refused', async () => {
    await withZto({}, async (zto) => {
      const headers = { 'content-type': 'application/json', 'x-companyid': ZTO_KEYS.appKey };
      const sign = digest('md5', `[1]${ZTO_KEYS.appSecret}`);
      const answer = await http('POST', `${zto.baseUrl}/${CREATE}`, { ...headers, 'x-datadigest': sign }, '[1]');
      expect(answer.json.statusCode).toBe('PARAM_ERROR');
    });
  });

  it('either name of the app key header is accepted', async () => {
    await withZto({}, async (zto) => {
      const headers = { 'x-companyid': '', 'x-appkey': ZTO_KEYS.appKey };
      expect((await callZto(zto.baseUrl, CREATE, FIELDS, headers)).json.status).toBe(true);
    });
  });
});

describe('an app may be set up with another digest', () => {
  const body = JSON.stringify(FIELDS);

  it('SHA256', async () => {
    await withZto({ own: { digest: 'sha256' } }, async (zto) => {
      const sign = digest('sha256', body + ZTO_KEYS.appSecret);
      expect((await callZto(zto.baseUrl, CREATE, FIELDS)).json.statusCode).toBe('S211');
      expect((await callZto(zto.baseUrl, CREATE, FIELDS, { 'x-datadigest': sign })).json.status).toBe(true);
    });
  });

  it('with a timestamp, which must then be there', async () => {
    await withZto({ own: { timestamp: true } }, async (zto) => {
      const sign = digest('md5', `1735689600000${body}${ZTO_KEYS.appSecret}`);
      const headers = { 'x-timestamp': '1735689600000', 'x-datadigest': sign };
      expect((await callZto(zto.baseUrl, CREATE, FIELDS)).json.statusCode).toBe('S214');
      expect((await callZto(zto.baseUrl, CREATE, FIELDS, headers)).json.status).toBe(true);
    });
  });
});

describe('flow control', () => {
  it('above the limit the gateway answers S221, and the summary knows the busiest second', async () => {
    await withZto({}, async (zto) => {
      await zto.control('POST', '/config', { rateLimit: { max: 3, perMs: 60_000 } });
      const codes: unknown[] = [];
      for (let i = 0; i < 5; i += 1) codes.push((await callZto(zto.baseUrl, CREATE, FIELDS)).json.statusCode);
      expect(codes).toEqual(['SYS000', 'SYS000', 'SYS000', 'S221', 'S221']);
      expect(await zto.summary()).toMatchObject({
        creates: 5,
        accepted: 1,
        repeated: 2,
        throttled: 2,
        maxCreatesPerSecond: 5,
      });
    });
  });

  it('reads have a window of their own', async () => {
    await withZto({}, async (zto) => {
      await zto.control('POST', '/config', { rateLimit: { max: 1, perMs: 60_000 } });
      await callZto(zto.baseUrl, CREATE, FIELDS);
      const track = await callZto(zto.baseUrl, 'zto.merchant.waybill.track.query', { billCode: '73100000000001' });
      expect(track.json.status).toBe(true);
    });
  });
});
