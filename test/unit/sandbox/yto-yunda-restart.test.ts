import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { scriptedServer } from '../../support/scripted-server.js';
import { removeCompiledSandbox, startTwinProcess, type TwinProcess } from '../../support/twin-process.js';
import { until } from '../../support/until.js';
import { controlsOf, onTheRoad, type StartOptions, type TwinUnderTest } from './running-twins.js';
import {
  callYto,
  callYunda,
  startYto,
  startYunda,
  YTO_KEYS,
  YUNDA_CREATE,
  YUNDA_KEYS,
  yundaFields,
} from './running-yto-yunda.js';

let folder: string;
let options: StartOptions;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-'));
  options = { ledgerFile: join(folder, 'ledger.jsonl'), timeScale: 0.05 };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs both halves on one ledger, with a restart between. */
async function overRestart(
  begin: () => Promise<TwinUnderTest>,
  before: (twin: TwinUnderTest) => Promise<unknown>,
  after: (twin: TwinUnderTest) => Promise<unknown>,
): Promise<void> {
  for (const half of [before, after]) {
    const twin = await begin();
    try {
      await half(twin);
    } finally {
      await twin.close();
    }
  }
}

const slow = { intercept: { outcome: 'success', afterMs: 60_000_000 } };

describe('a twin that was restarted remembers what it answered', () => {
  it('YTO: orders, cancellations, scripted refusals, subscriptions and pushes nobody acknowledged', async () => {
    const receiver = await scriptedServer();
    receiver.answer({ status: 500, body: '' });
    const report = (twin: TwinUnderTest, waybillNo: string) =>
      callYto(twin.baseUrl, 'wanted_report_adapter', { waybillNo, wantedDesc: 'x' });
    const words = async (twin: TwinUnderTest, waybillNo: string) => (await report(twin, waybillNo)).json.statusMessage;
    await overRestart(
      () => startYto(options),
      async (twin) => {
        const parcels = [
          onTheRoad('YT1', slow),
          onTheRoad('YT2', slow),
          onTheRoad('YT3', { refuseWith: '异常', refuseTimes: 2 }),
        ];
        await twin.control('POST', '/parcels', parcels);
        await twin.control('POST', '/config', { callbackUrl: receiver.baseUrl });
        for (const waybill of ['YT1', 'YT2', 'YT3']) await report(twin, waybill);
        await callYto(twin.baseUrl, 'wanted_cancel_adapter', { waybillNo: 'YT2', dealRemark: 'x' });
        const order = JSON.stringify({ clientId: 'c', waybillNo: 'YT1' });
        await callYto(twin.baseUrl, 'subscribe_adapter', {
          client_id: 'c',
          logistics_interface: order,
          msg_type: 'online',
        });
        await twin.control('POST', '/parcels/YT1/scan', { action: 'ARRIVAL' });
        await until(() => receiver.received().length > 0, { what: 'a first attempt' });
      },
      async (twin) => {
        receiver.answer({ body: '<success>true</success>' });
        expect(await words(twin, 'YT1')).toBe('已有有效拦截件，不能重复发起拦截');
        expect(await words(twin, 'YT2')).toBe('操作成功');
        expect([await words(twin, 'YT3'), await words(twin, 'YT3')]).toEqual(['异常', '操作成功']);
        await twin.control('POST', '/parcels/YT1/scan', { action: 'DEPARTURE' });
        const pushes = async () => (await twin.summary()).pushes;
        await until(async () => ((await pushes()) as { acknowledged: number }).acknowledged === 2, {
          what: 'both pushes',
        });
        expect(await pushes()).toMatchObject({ started: 2, givenUp: 0 });
      },
    ).finally(() => receiver.close());
  });

  it('Yunda: orders, scripted refusals and subscriptions', async () => {
    await overRestart(
      () => startYunda(options),
      async (twin) => {
        await twin.control('POST', '/parcels', [
          onTheRoad('1', slow),
          onTheRoad('2', { refuseWith: 'E9', refuseTimes: 1 }),
        ]);
        for (const waybill of ['1', '2']) await callYunda(twin.baseUrl, YUNDA_CREATE, yundaFields(waybill));
        await callYunda(twin.baseUrl, 'openapi/outer/logictis/subscribe', { orders: [{ orderid: 'o', mailno: '1' }] });
      },
      async (twin) => {
        await callYunda(twin.baseUrl, YUNDA_CREATE, yundaFields('1'));
        const second = await callYunda(twin.baseUrl, YUNDA_CREATE, yundaFields('2'));
        const track = await callYunda(twin.baseUrl, 'openapi/outer/logictis/query', { mailno: '1' });
        expect(second.json.result).toBe(true);
        expect(track.json.data).toMatchObject({ result: 'true' });
        expect(await twin.summary()).toMatchObject({ creates: 4, accepted: 3, refused: 1, duplicateAccepts: 1 });
      },
    );
  });
});

describe('as programs', () => {
  it('both say where they listen, answer, and end on SIGTERM with 0', async () => {
    const started: TwinProcess[] = [];
    try {
      const secret = ['--app-secret', 'yto-secret-demo'];
      const yto = ['--app-key', YTO_KEYS.appKey, '--customer-code', YTO_KEYS.customerCode, ...secret];
      const yunda = ['--app-key', YUNDA_KEYS.appKey, '--app-secret', YUNDA_KEYS.appSecret];
      for (const [name, keys] of [['yto', yto] as const, ['yunda', yunda] as const]) {
        const twin = await startTwinProcess(`couriers/${name}`, ['--ledger', join(folder, name), ...keys]);
        started.push(twin);
        expect((await controlsOf(twin.baseUrl).control('GET', '')).json).toMatchObject({ twin: name, pid: twin.pid });
        expect(await twin.end('SIGTERM')).toBe(0);
      }
    } finally {
      for (const twin of started) twin.child.kill('SIGKILL');
      await removeCompiledSandbox();
    }
  }, 20_000);
});
