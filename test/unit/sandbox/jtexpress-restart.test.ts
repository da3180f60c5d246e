import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { removeCompiledSandbox, startTwinProcess } from '../../support/twin-process.js';
import { until } from '../../support/until.js';
import { callJtexpress, JTEXPRESS_API, JTEXPRESS_KEYS, startJtexpress } from './running-jtexpress.js';
import { controlsOf, onTheRoad, type TwinUnderTest } from './running-twins.js';

let folder: string;
let receiver: ScriptedServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-'));
  receiver = await scriptedServer();
});
afterEach(() => Promise.all([receiver.close(), rm(folder, { recursive: true, force: true })]));

const slow = { intercept: { outcome: 'success', afterMs: 60_000_000 } };
const create = async (twin: TwinUnderTest, mailNo: string) =>
  (await callJtexpress(twin.baseUrl, JTEXPRESS_API.create, { mailNo, applyTypeCode: 4 })).json.code;
const pushes = async (twin: TwinUnderTest) => (await twin.summary()).pushes as Record<string, number>;

/** Runs both halves on one ledger, with a restart between. */
async function overRestart(...halves: readonly ((twin: TwinUnderTest) => Promise<unknown>)[]): Promise<void> {
  for (const half of halves) {
    const twin = await startJtexpress({ ledgerFile: join(folder, 'ledger.jsonl'), timeScale: 0.05 });
    await half(twin).finally(() => twin.close());
  }
}

describe('a J&T twin that was restarted', () => {
  it('remembers orders, scripted refusals and subscriptions', async () => {
    const list = [{ waybillCode: 'JT1', traceNode: '1', backUrl: '' }];
    await overRestart(
      async (twin) => {
        await twin.control('POST', '/parcels', [
          onTheRoad('JT1', slow),
          onTheRoad('JT2', { ...slow, refuseWith: '9', refuseTimes: 2 }),
        ]);
        expect([await create(twin, 'JT1'), await create(twin, 'JT2')]).toEqual(['1', '9']);
        await callJtexpress(twin.baseUrl, JTEXPRESS_API.subscribe, { id: JTEXPRESS_KEYS.apiAccount, list });
      },
      async (twin) => {
        expect(await create(twin, 'JT1')).toBe('1');
        expect([await create(twin, 'JT2'), await create(twin, 'JT2')]).toEqual(['9', '1']);
        expect(await twin.summary()).toMatchObject({ creates: 5, accepted: 3, duplicateAccepts: 1 });
        receiver.answer({ body: '{"code":"1"}' });
        await twin.control('POST', '/config', { callbackUrl: receiver.baseUrl });
        await twin.control('POST', '/parcels/JT1/scan', { action: 'ARRIVAL' });
        await until(async () => (await pushes(twin)).acknowledged === 1, {
          what: 'the push of the subscribed waybill',
        });
      },
    );
  });

  it('goes on pushing a result that nobody acknowledged, and pushes no result twice', async () => {
    receiver.answer({ status: 500, body: '' });
    await overRestart(
      async (twin) => {
        await twin.control('POST', '/config', { callbackUrl: receiver.baseUrl });
        await twin.control('POST', '/parcels', [onTheRoad('JT1', { intercept: { outcome: 'success', afterMs: 0 } })]);
        await create(twin, 'JT1');
        await until(() => receiver.received().length > 0, { what: 'a first attempt' });
      },
      async (twin) => {
        receiver.answer({ body: '{"code":"1"}' });
        await until(async () => (await pushes(twin)).acknowledged === 1, { what: 'the acknowledgement' });
        await twin.control('POST', '/config', { pushTracks: 'all' });
        await twin.control('POST', '/parcels/JT1/scan', { action: 'RETURN_SCAN' });
        await until(async () => (await pushes(twin)).acknowledged === 2, { what: 'the scan' });
        expect(await pushes(twin)).toMatchObject({ started: 2, givenUp: 0 });
      },
    );
  });

  it('is a program that says where it listens, answers, and ends on SIGTERM with 0', async () => {
    const { apiAccount, privateKey } = JTEXPRESS_KEYS;
    const keys = ['--api-account', apiAccount, '--private-key', privateKey];
    const twin = await startTwinProcess('couriers/jtexpress', ['--ledger', join(folder, 'ledger'), ...keys]);
    try {
      expect((await controlsOf(twin.baseUrl).control('GET', '')).json).toMatchObject({ twin: 'jtexpress' });
      expect(await twin.end('SIGTERM')).toBe(0);
    } finally {
      twin.child.kill('SIGKILL');
      await removeCompiledSandbox();
    }
  }, 20_000);
});
