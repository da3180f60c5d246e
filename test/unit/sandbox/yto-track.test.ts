import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { until } from '../../support/until.js';
import { type Json, onTheRoad, type TwinUnderTest } from './running-twins.js';
import { callYto, startYto, YTO_KEYS } from './running-yto-yunda.js';

const BILL = 'YT0000000000001';
const GOT_IT = { body: '<Response><logisticProviderID>YTO</logisticProviderID><success>true</success></Response>' };

let yto: TwinUnderTest;
let receiver: ScriptedServer;
beforeEach(async () => {
  [yto, receiver] = await Promise.all([startYto({ timeScale: 0.01 }), scriptedServer()]);
  receiver.answer(GOT_IT);
  await yto.control('POST', '/config', { callbackUrl: `${receiver.baseUrl}/callbacks/yto/main` });
});
afterEach(() => Promise.all([yto.close(), receiver.close()]));

const forms = () => receiver.received().map(({ body }) => new URLSearchParams(body));
const words = () => forms().map((form) => /<infoContent>(\w+)</.exec(form.get('logistics_interface') ?? '')?.[1]);
const pushCounts = async () => (await yto.summary()).pushes as Record<string, number>;
const track = (param: Json) => callYto(yto.baseUrl, 'track_query_adapter', param);
const subscribe = (waybillNo: string) =>
  callYto(yto.baseUrl, 'subscribe_adapter', {
    client_id: YTO_KEYS.customerCode,
    logistics_interface: JSON.stringify({ clientId: YTO_KEYS.customerCode, waybillNo }),
    msg_type: 'online',
  });

describe('the track query of YTO', () => {
  it('answers a bare list in its own words, oldest first, under either name of the field', async () => {
    const actions = 'GOT DEPARTURE ARRIVAL DISPATCH INBOUND SIGNED PROBLEM RETURN_SCAN RETURN_SIGNED'.split(' ');
    const timeline = actions.map((action, i) => ({ action, afterMs: -1000 + i, city: '武汉市' }));
    await yto.control('POST', '/parcels', [{ waybillNo: BILL, timeline }]);
    for (const param of [{ NUMBER: BILL }, { Number: BILL }]) {
      const scans: Json[] = JSON.parse((await track(param)).text);
      expect(scans.map(({ infoContent }) => infoContent)).toEqual(
        'GOT DEPARTURE ARRIVAL SENT_SCAN INBOUND SIGNED FORWARDING TMS_RETURN SIGNED'.split(' '),
      );
      const upload_Time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
      expect(scans[0]).toMatchObject({ waybill_No: BILL, upload_Time, city: '武汉市' });
    }
  });

  it('is empty in quite another shape, and an order without a waybill is refused', async () => {
    await yto.control('POST', '/parcels', [{ waybillNo: BILL, timeline: [] }]);
    const none = { map: { [BILL]: [] }, code: '1001', success: 'true', message: '查询结果为空。' };
    expect((await track({ NUMBER: BILL })).json).toEqual(none);
    expect((await track({})).json).toMatchObject({ success: false, code: 200010003 });
  });
});

describe('track pushes of YTO', () => {
  it('a subscribed waybill is pushed as XML in signed form fields', async () => {
    await yto.control('POST', '/parcels', [onTheRoad(BILL), onTheRoad('YT2')]);
    expect((await subscribe(BILL)).json).toEqual({ waybillNo: BILL, success: true });
    for (const bill of ['YT2', BILL]) {
      await yto.control('POST', `/parcels/${bill}/scan`, { action: 'DISPATCH', desc: '派件 <张三> & 李四' });
    }
    await until(async () => (await pushCounts()).acknowledged === 1, { what: 'the push' });
    const form = forms()[0] ?? new URLSearchParams();
    const xml = form.get('logistics_interface') ?? '';
    expect(form.get('data_digest')).toBe(
      createHash('md5')
        .update(xml + YTO_KEYS.appSecret)
        .digest('base64'),
    );
    expect([form.get('clientId'), form.get('type')]).toEqual([YTO_KEYS.customerCode, 'online']);
    expect(xml).toMatch(
      /^<UpdateInfo><logisticProviderID>YTO<.*<mailNo>YT0000000000001<.*<infoType>STATUS<\/infoType><infoContent>SENT_SCAN</,
    );
    expect(xml).toContain('<remark>派件 &lt;张三&gt; &amp; 李四</remark>');
  });

  it('an intercepted parcel moves by itself and pushes its way back', async () => {
    const intercept = { outcome: 'success', afterMs: 1000, returnScanAfterMs: 1000, returnSignedAfterMs: 1000 };
    await yto.control('POST', '/config', { pushTracks: 'all', pushTimeTail: '.0 CST' });
    await yto.control('POST', '/parcels', [onTheRoad(BILL, { intercept })]);
    await callYto(yto.baseUrl, 'wanted_report_adapter', { waybillNo: BILL, wantedDesc: 'x' });
    await until(async () => (await pushCounts()).acknowledged === 2, { what: 'both return scans' });
    expect(words()).toEqual(['TMS_RETURN', 'SIGNED']);
    expect(forms()[0]?.get('logistics_interface')).toMatch(/<acceptTime>[\d: -]{19}\.0 CST<\/acceptTime>/);
    expect(await yto.summary()).toMatchObject({ interceptedWaybills: 1, returned: 1, missed: 0 });
  });

  it('is sent again, the same bytes, until the answer says success, and is given up in the end', async () => {
    const answers = [
      { status: 500, body: 'x' },
      { body: '<success>false</success>' },
      { ...GOT_IT, status: 500 },
      GOT_IT,
    ];
    let asked = 0;
    receiver.answer(() => answers[Math.min(asked++, 3)] ?? GOT_IT);
    await yto.control('POST', '/config', { pushTracks: 'all' });
    await yto.control('POST', '/parcels', [onTheRoad(BILL)]);
    await yto.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL' });
    await until(async () => (await pushCounts()).acknowledged === 1, { what: 'the acknowledgement' });
    expect(await pushCounts()).toEqual({ started: 1, acknowledged: 1, givenUp: 0, attempts: 4 });
    expect(new Set(receiver.received().map(({ body }) => body)).size).toBe(1);
  });

  it('can be doubled, and held back so that many later ones overtake', async () => {
    const timeline = Array.from({ length: 12 }, (_, i) => ({ action: 'ARRIVAL', afterMs: i * 100, desc: String(i) }));
    const order = () =>
      forms().map((form) => Number(/<remark>(\d+)</.exec(form.get('logistics_interface') ?? '')?.[1]));
    await yto.control('POST', '/config', { pushTracks: 'all', pushShuffle: 0.5, pushShuffleMs: 20_000 });
    await yto.control('POST', '/parcels', [{ waybillNo: BILL, timeline }]);
    await until(async () => (await pushCounts()).acknowledged === 12, { what: 'all pushes' });
    expect(Math.max(...order().map((scan, place) => Math.abs(scan - place)))).toBeGreaterThan(3);
    await yto.control('POST', '/config', { pushDuplicates: 1 });
    await yto.control('POST', `/parcels/${BILL}/scan`, { action: 'ARRIVAL', desc: '12' });
    await until(async () => (await pushCounts()).acknowledged === 14, { what: 'the doubled push' });
    expect(order().filter((scan) => scan === 12)).toHaveLength(2);
  });
});
