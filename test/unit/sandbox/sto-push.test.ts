import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import { callSto, STO_KEYS, STO_SUBSCRIBE, startSto, stoCreate } from './running-sto.js';
import { type Json, onTheRoad, type StartOptions, type TwinUnderTest } from './running-twins.js';

const BILL = '777031922725111';
const wayBack = {
  intercept: { outcome: 'success', afterMs: 1000, returnScanAfterMs: 1000, returnSignedAfterMs: 1000 },
};

let receiver: ScriptedServer;
let twins: TwinUnderTest[] = [];
beforeEach(async () => {
  receiver = await scriptedServer();
  receiver.answer({ body: '{"success":true,"errorCode":"","errorMsg":""}' });
});
afterEach(async () => {
  await Promise.all([...twins.map((twin) => twin.close()), receiver.close()]);
  twins = [];
});

async function started(config: Json = {}, options: StartOptions = {}): Promise<TwinUnderTest> {
  const twin = await startSto({ timeScale: 0.01, ...options });
  twins.push(twin);
  await twin.control('POST', '/config', { callbackUrl: receiver.baseUrl, ...config });
  return twin;
}
const subscribe = (twin: TwinUnderTest) =>
  callSto(twin.baseUrl, STO_SUBSCRIBE, { subscribeInfoList: [{ waybillNo: BILL }] });
const pushCounts = async (twin: TwinUnderTest) => (await twin.summary()).pushes as Record<string, number>;
const acknowledged = (twin: TwinUnderTest, count: number) =>
  until(async () => (await pushCounts(twin)).acknowledged === count, { what: `${count} acknowledged pushes` });
const messages = () =>
  receiver.received().map(({ body }): Json => JSON.parse(new URLSearchParams(body).get('content') ?? body));

describe('pushes of STO', () => {
  it('are a form whose digest is over the content, with the way back of an intercepted parcel', async () => {
    const twin = await started();
    await twin.control('POST', '/parcels', [onTheRoad(BILL, wayBack)]);
    await subscribe(twin);
    await stoCreate(twin.baseUrl, BILL);
    await acknowledged(twin, 2);
    for (const { body, headers } of receiver.received()) {
      const form = new URLSearchParams(body);
      const content = form.get('content') ?? '';
      expect(headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
      expect(form.get('data_digest')).toBe(
        createHash('md5')
          .update(content + STO_KEYS.secretKey)
          .digest('base64'),
      );
      expect([form.get('api_name'), form.get('to_code')]).toEqual(['STO_TRACE_PLATFORM_PUSH', STO_KEYS.fromCode]);
    }
    expect(messages().map(({ waybillNo, trace }) => [waybillNo, (trace as Json).scanType])).toEqual([
      [BILL, '退回件'],
      [BILL, '签收'],
    ]);
  });

  it('may be the bare message, or signed with a secret of their own', async () => {
    const twin = await started({ pushTracks: 'all', pushBody: 'json' }, { own: { 'push-secret': 'second' } });
    await twin.control('POST', '/parcels', [onTheRoad(BILL)]);
    await twin.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL' });
    await acknowledged(twin, 1);
    expect(receiver.received()[0]?.headers['content-type']).toMatch(/^application\/json/);
    expect(messages()[0]).toMatchObject({ waybillNo: BILL, trace: { scanType: '到件' } });
    await twin.control('POST', '/config', { pushBody: 'form' });
    await twin.control('POST', `/parcels/${BILL}/scan`, { action: 'DISPATCH' });
    await acknowledged(twin, 2);
    const form = new URLSearchParams(receiver.received()[1]?.body);
    const digest = createHash('md5')
      .update(`${form.get('content')}second`)
      .digest('base64');
    expect(form.get('data_digest')).toBe(digest);
  });

  it('are sent again until the answer says success, each repeat with the outBizCode of the first', async () => {
    const answers = ['{"success":"false"}', '{}', '<success>true</success>', '{"success":"true"}'];
    let asked = 0;
    receiver.answer(() => ({ body: answers[asked++] ?? '' }));
    const twin = await started({ pushTracks: 'all' });
    await twin.control('POST', '/parcels', [onTheRoad(BILL)]);
    await twin.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL' });
    await acknowledged(twin, 1);
    expect(await pushCounts(twin)).toEqual({ started: 1, acknowledged: 1, givenUp: 0, attempts: 4 });
    receiver.answer({ body: '{"success":true}' });
    await twin.control('POST', '/config', { pushDuplicates: 1 });
    await twin.control('POST', `/parcels/${BILL}/scan`, { action: 'DISPATCH' });
    await acknowledged(twin, 3);
    const codes = messages().map(({ trace }) => (trace as Json).outBizCode);
    expect(codes.length).toBe(6);
    expect(new Set(codes.slice(0, 4)).size).toBe(1);
    expect(new Set(codes.slice(4)).size).toBe(1);
    expect(new Set(codes).size).toBe(2);
  });
});
