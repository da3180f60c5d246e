import { describe, expect, it } from '@jest/globals';
import { ytoPushDigest, ytoSign } from '../../../sandbox/couriers/yto/sign.js';
import { http, type Json, onTheRoad, type StartOptions, type TwinUnderTest } from './running-twins.js';
import { callYto, startYto, YTO_REPORT, ytoEndpoint, ytoEnvelope } from './running-yto-yunda.js';

const REPORT = 'wanted_report_adapter';
const BILL = 'YT0000000000001';
const PARAM = { waybillNo: BILL, wantedDesc: '拦截退回' };

/** Runs with a twin that has one parcel on the road. */
async function withYto<T>(options: StartOptions, run: (yto: TwinUnderTest) => Promise<T>): Promise<T> {
  const yto = await startYto(options);
  try {
    await yto.control('POST', '/parcels', [onTheRoad(BILL, { intercept: { outcome: 'never' } })]);
    return await run(yto);
  } finally {
    await yto.close();
  }
}

describe('YTO signs equal the vectors of the reference, else a twin would refuse a right adapter', () => {
  it.each([
    ['opentest', '', '', '123456', 'YLstCNa3x8ijQx16e/jqOA=='],
    [
      '{"waybillNo":"YT2819007867584","wantedDesc":"拦截退回"}',
      REPORT,
      'v1',
      'yto-secret-demo',
      'SIf1VX24MNvJIg66EOvewQ==',
    ],
    [
      '{"waybillNo":"YT2819007867584","dealRemark":"取消拦截"}',
      'wanted_cancel_adapter',
      'v1',
      'yto-secret-demo',
      'z1m06964pYIsgrryr2nNbw==',
    ],
  ])('%s', (param, method, version, secret, sign) => {
    expect(ytoSign(param, method, version, secret)).toBe(sign);
  });
  it('of a push', () => {
    expect(ytoPushDigest('<order></order>', '123456')).toBe('LghTkEmsD2tbQ3fsIBRcBg==');
  });
});

describe('the gateway of YTO refuses before anything acts', () => {
  const badSign = { success: false, code: 401, reason: '请求加密校验失败' };
  const malformed = { success: false, code: 200017004, reason: '报文不合法' };

  it.each<[string, unknown, Json, Json]>([
    ['a wrong sign', PARAM, { sign: 'bm90IHRoaXMgc2lnbg==' }, badSign],
    ['another param under the same sign', PARAM, { param: '{"waybillNo":"YT2","wantedDesc":"x"}' }, badSign],
    ['the sign of another method', PARAM, { sign: ytoEnvelope('wanted_cancel_adapter', PARAM).sign }, badSign],
    ['a param that is no JSON', 'x', {}, malformed],
    ['a param that is a list', '[]', {}, malformed],
    ['a param that is no text', PARAM, { param: PARAM }, malformed],
    ['no timestamp', PARAM, { timestamp: '' }, malformed],
    ['another format', PARAM, { format: 'XML' }, malformed],
    ['a field nobody asked for', PARAM, { method: REPORT }, malformed],
    ['no waybill', { wantedDesc: 'x' }, {}, { success: false, code: 200010003, reason: '入参不规范' }],
    ['an empty reason', { ...PARAM, wantedDesc: ' ' }, {}, { success: false, code: 200010003, reason: '入参不规范' }],
  ])('%s', async (_what, param, change, answer) => {
    await withYto({}, async (yto) => {
      expect(await callYto(yto.baseUrl, REPORT, param, change)).toMatchObject({ status: 200, json: answer });
      expect((await yto.summary()).accepted).toBe(0);
    });
  });

  it('an address that was issued to somebody else, or for another version, is none', async () => {
    await withYto({}, async (yto) => {
      const paths = [`open/${REPORT}/v1/other/K9991024989`, `open/${REPORT}/v2/HtpG1F/K9991024989`, 'constructor'];
      for (const path of paths) {
        const body = JSON.stringify(ytoEnvelope(REPORT, PARAM));
        const answer = await http('POST', `${yto.baseUrl}/${path}`, { 'content-type': 'application/json' }, body);
        expect(answer.status).toBe(404);
      }
    });
  });

  it('the timestamp is not signed, may be a number, and the envelope may be a form: clients differ', async () => {
    await withYto({}, async (yto) => {
      expect((await callYto(yto.baseUrl, REPORT, PARAM, { timestamp: 1735689600001 })).json.statusCode).toBe(0);
      const envelope = ytoEnvelope('wanted_cancel_adapter', { waybillNo: BILL, dealRemark: 'x' });
      const form = new URLSearchParams(Object.entries(envelope).map(([k, v]): [string, string] => [k, String(v)]));
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const url = `${yto.baseUrl}/${ytoEndpoint('wanted_cancel_adapter')}`;
      expect((await http('POST', url, headers, form.toString())).json.statusCode).toBe(0);
    });
  });

  it('each interface may have a secret of its own, and a bad sign another HTTP status', async () => {
    await withYto({ own: { 'report-secret': 'second', 'bad-sign-status': 401 } }, async (yto) => {
      expect(await callYto(yto.baseUrl, REPORT, PARAM)).toMatchObject({ status: 401, json: badSign });
      const { sign } = ytoEnvelope(REPORT, PARAM, 'second');
      expect((await callYto(yto.baseUrl, REPORT, PARAM, { sign })).json.statusCode).toBe(0);
    });
  });

  it('above the limit it answers 429, and the summary knows the busiest second', async () => {
    await withYto({}, async (yto) => {
      await yto.control('POST', '/config', { rateLimit: { max: 2, perMs: 60_000 } });
      const statuses: number[] = [];
      for (let i = 0; i < 4; i += 1) statuses.push((await callYto(yto.baseUrl, REPORT, PARAM)).status);
      expect(statuses).toEqual([200, 200, 429, 429]);
      expect(await yto.summary()).toMatchObject({
        creates: 4,
        accepted: 1,
        refused: 1,
        throttled: 2,
        maxCreatesPerSecond: 4,
      });
    });
  });

  it('a fault is aimed at an address and a waybill', async () => {
    await withYto({}, async (yto) => {
      await yto.control('POST', '/faults', { endpoint: YTO_REPORT, kind: 'http_error', waybillNo: BILL, times: 1 });
      const statuses = [await callYto(yto.baseUrl, REPORT, PARAM), await callYto(yto.baseUrl, REPORT, PARAM)];
      expect(statuses.map(({ status }) => status)).toEqual([500, 200]);
    });
  });
});
