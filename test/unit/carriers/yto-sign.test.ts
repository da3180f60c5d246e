import { describe, expect, it } from '@jest/globals';
import { ytoCredentials } from '../../../src/workers/carriers/yto/credentials.js';
import { cancelRequest, createRequest, trackRequest } from '../../../src/workers/carriers/yto/requests.js';
import { signYto, signYtoPush } from '../../../src/workers/carriers/yto/sign.js';
import { commandOf } from '../../support/command.js';

/** Published and recomputed values; they were not made with this code. */
const SECRET = 'yto-secret-demo';
const REPORT = '{"waybillNo":"YT2819007867584","wantedDesc":"拦截退回"}';
const CANCEL = '{"waybillNo":"YT2819007867584","dealRemark":"取消拦截"}';
const NOW_MS = 1735689600000;

const command = commandOf({
  waybillNo: 'YT2819007867584',
  requestId: '4711-1',
  bizNo: '4711-1',
  phoneTail: '0000',
});
const keys = (more: object = {}) =>
  ytoCredentials.parse({
    appKey: 'HtpG1F',
    customerCode: 'K9991024989',
    appSecret: SECRET,
    wantedDesc: '拦截退回',
    dealRemark: '取消拦截',
    ...more,
  });
const envelope = (body: string): Record<string, string> => JSON.parse(body);

describe('the signature of YTO', () => {
  it('is the base64 of the raw md5, as in the example of the documents', () => {
    expect(signYto('opentest', '', '', '123456')).toBe('YLstCNa3x8ijQx16e/jqOA==');
  });
  it('is over param, method, version and secret, in this order', () => {
    expect(signYto(REPORT, 'wanted_report_adapter', 'v1', SECRET)).toBe('SIf1VX24MNvJIg66EOvewQ==');
    expect(signYto(CANCEL, 'wanted_cancel_adapter', 'v1', SECRET)).toBe('z1m06964pYIsgrryr2nNbw==');
  });
  it('of a push is over the message and the secret alone', () => {
    expect(signYtoPush('<order></order>', '123456')).toBe('LghTkEmsD2tbQ3fsIBRcBg==');
  });
});

describe('the requests of YTO', () => {
  it('carry the signed text inside the envelope, to the letter', () => {
    expect(createRequest(command, keys(), NOW_MS)).toEqual({
      method: 'POST',
      path: '/open/wanted_report_adapter/v1/HtpG1F/K9991024989',
      headers: { 'Content-Type': 'application/json; charset=utf-8' },
      body: JSON.stringify({
        timestamp: '1735689600000',
        param: REPORT,
        sign: 'SIf1VX24MNvJIg66EOvewQ==',
        format: 'JSON',
      }),
      effect: 'write',
    });
  });
  it('cancel and look up at addresses of their own; only a look has no effect', () => {
    const cancel = cancelRequest(command, keys(), NOW_MS);
    expect([cancel.path, cancel.effect]).toEqual(['/open/wanted_cancel_adapter/v1/HtpG1F/K9991024989', 'write']);
    expect(envelope(cancel.body)).toMatchObject({ param: CANCEL, sign: 'z1m06964pYIsgrryr2nNbw==' });
    const track = trackRequest(command, keys(), NOW_MS);
    expect([track.path, track.effect]).toEqual(['/open/track_query_adapter/v1/HtpG1F/K9991024989', 'read']);
    expect(envelope(track.body).param).toBe('{"NUMBER":"YT2819007867584"}');
  });
  it('go to the address and are signed with the secret that YTO issued for the interface', () => {
    const own = keys({
      urls: {
        wanted_report_adapter: 'https://openapi.yto.net.cn/open/wanted_report_adapter/v2/QTG4O9a/K99a',
        track_query_adapter: '/service/waybill_query/v1/abc',
      },
      secrets: { wanted_report_adapter: 'other' },
    });
    const report = createRequest(command, own, NOW_MS);
    expect(report.path).toBe('/open/wanted_report_adapter/v2/QTG4O9a/K99a');
    expect(envelope(report.body).sign).toBe(signYto(REPORT, 'wanted_report_adapter', 'v2', 'other'));
    const track = trackRequest(command, own, NOW_MS);
    expect(track.path).toBe('/service/waybill_query/v1/abc');
    expect(envelope(track.body).sign).toBe(
      signYto('{"NUMBER":"YT2819007867584"}', 'track_query_adapter', 'v1', SECRET),
    );
    expect(cancelRequest(command, own, NOW_MS).path).toBe('/open/wanted_cancel_adapter/v1/HtpG1F/K9991024989');
  });
});

describe('the credentials of YTO', () => {
  it('need nothing but the three of the contract', () => {
    expect(ytoCredentials.parse({ appKey: 'a', customerCode: 'c', appSecret: 's' })).toEqual({
      appKey: 'a',
      customerCode: 'c',
      appSecret: 's',
      urls: {},
      secrets: {},
      wantedDesc: '买家申请退款，拦截退回',
      dealRemark: '买家撤销退款，取消拦截',
      meanings: {},
    });
  });
  it('have no empty reason: YTO refuses an intercept without one', () => {
    for (const wantedDesc of ['', '  ']) expect(() => keys({ wantedDesc })).toThrow('wantedDesc');
  });
  it('name interfaces as YTO does, and no others: a slip would leave the common address in use', () => {
    expect(() => keys({ urls: { wanted_report: '/open/x' } })).toThrow('wanted_report');
    expect(() => keys({ secrets: { track: 's' } })).toThrow('track');
    for (const url of ['open/x', 'ftp://h/x', 'https://h', '/x?y=1', '/x y']) {
      expect(() => keys({ urls: { wanted_report_adapter: url } })).toThrow('URL');
    }
  });
  it('have addresses on one host: the host of an account is its baseUrl, and another would be ignored', () => {
    const urls = {
      wanted_report_adapter: 'https://a.example/open/x',
      wanted_cancel_adapter: 'https://b.example/open/x',
    };
    expect(() => keys({ urls })).toThrow('one host');
    expect(() => keys({ urls: { ...urls, wanted_cancel_adapter: 'https://a.example/open/y' } })).not.toThrow();
  });
});
