import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { scriptedServer } from '../../support/scripted-server.js';
import { removeCompiledSandbox, startTwinProcess, type TwinProcess } from '../../support/twin-process.js';
import { until } from '../../support/until.js';
import { callSto, STO_CANCEL, STO_KEYS, STO_SUBSCRIBE, startSto, stoCreate } from './running-sto.js';
import { controlsOf, onTheRoad, type TwinUnderTest } from './running-twins.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** One half of a test on the folder's ledger. */
async function half(run: (twin: TwinUnderTest) => Promise<unknown>): Promise<void> {
  const twin = await startSto({ ledgerFile: join(folder, 'ledger.jsonl'), timeScale: 0.05 });
  try {
    await run(twin);
  } finally {
    await twin.close();
  }
}

const slow = { intercept: { outcome: 'success', afterMs: 60_000_000 } };

describe('an STO twin that was restarted remembers what it answered', () => {
  it('orders, cancellations, scripted refusals, subscriptions and pushes nobody acknowledged', async () => {
    const receiver = await scriptedServer();
    receiver.answer({ status: 500, body: '' });
    const code = async (twin: TwinUnderTest, waybillNo: string) =>
      (await stoCreate(twin.baseUrl, waybillNo)).json.errorCode;
    try {
      await half(async (twin) => {
        const parcels = [
          onTheRoad('1', slow),
          onTheRoad('2', slow),
          onTheRoad('3', { refuseWith: 'E9', refuseTimes: 2 }),
        ];
        await twin.control('POST', '/parcels', parcels);
        await twin.control('POST', '/config', { callbackUrl: receiver.baseUrl, refuseSecondIntercept: true });
        for (const waybill of ['1', '2', '3']) await code(twin, waybill);
        await callSto(twin.baseUrl, STO_CANCEL, { waybillNo: '2' });
        await callSto(twin.baseUrl, STO_SUBSCRIBE, { subscribeInfoList: [{ waybillNo: '0' }, { waybillNo: '1' }] });
        await twin.control('POST', '/parcels/1/scan', { action: 'ARRIVAL' });
        await until(() => receiver.received().length > 0, { what: 'a first attempt' });
      });
      receiver.answer({ body: '{"success":"true"}' });
      await half(async (twin) => {
        expect(await code(twin, '1')).toBe('TWIN_EXISTS');
        expect(await code(twin, '2')).toBe('');
        expect([await code(twin, '3'), await code(twin, '3')]).toEqual(['E9', '']);
        await twin.control('POST', '/parcels/1/scan', { action: 'DEPARTURE' });
        const pushes = async () => (await twin.summary()).pushes as { acknowledged: number };
        await until(async () => (await pushes()).acknowledged === 2, { what: 'both pushes' });
        expect(await pushes()).toMatchObject({ started: 2, givenUp: 0 });
        expect(await twin.summary()).toMatchObject({ creates: 7, accepted: 4, refused: 3, cancelled: 1 });
      });
    } finally {
      await receiver.close();
    }
  });
});

describe('as a program', () => {
  it('it says where it listens, answers, and ends on SIGTERM with 0', async () => {
    let twin: TwinProcess | undefined;
    try {
      const keys = ['--app-key', STO_KEYS.fromAppkey, '--from-code', STO_KEYS.fromCode];
      const own = [...keys, '--app-secret', STO_KEYS.secretKey];
      twin = await startTwinProcess('couriers/sto', ['--ledger', join(folder, 'sto'), ...own]);
      expect((await controlsOf(twin.baseUrl).control('GET', '')).json).toMatchObject({ twin: 'sto', pid: twin.pid });
      expect(await twin.end('SIGTERM')).toBe(0);
    } finally {
      twin?.child.kill('SIGKILL');
      await removeCompiledSandbox();
    }
  }, 20_000);
});
