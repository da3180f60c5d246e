import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { removeCompiledSandbox, startTwinProcess } from '../../support/twin-process.js';
import {
  callJos,
  callLop,
  cancelFields,
  interceptFields,
  JD_ARGS,
  JOS_CREATE,
  LOP_CREATE,
  LOP_STATUS,
  startJd,
  startJos,
  whose,
} from './running-jd.js';
import { controlsOf, onTheRoad, type StartOptions, type TwinUnderTest } from './running-twins.js';

let folder: string;
let options: StartOptions;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-'));
  options = { ledgerFile: join(folder, 'ledger.jsonl') };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const slow = { intercept: { outcome: 'success', afterMs: 60_000_000 } };
const parcels = [
  onTheRoad('JDV1', slow),
  { waybillNo: 'JDV2', timeline: [{ action: 'GOT', afterMs: 60_000_000 }] },
  onTheRoad('JDV3', { ...slow, refuseWith: '4001', refuseTimes: 1 }),
];

/** Runs both halves on one ledger, with a restart between. */
async function overRestart(
  begin: (options: StartOptions) => Promise<TwinUnderTest>,
  before: (twin: TwinUnderTest) => Promise<unknown>,
  after: (twin: TwinUnderTest) => Promise<unknown>,
): Promise<void> {
  for (const half of [before, after]) {
    const twin = await begin(options);
    try {
      await half(twin);
    } finally {
      await twin.close();
    }
  }
}

describe('a JD twin that was restarted remembers what it answered', () => {
  it('LOP: intercepts, cancelled shipments and scripted refusals', async () => {
    const cancel = async (twin: TwinUnderTest, waybill: string) =>
      (await callLop(twin.baseUrl, LOP_CREATE, cancelFields(waybill))).json;
    await overRestart(
      startJd,
      async (twin) => {
        await twin.control('POST', '/parcels', parcels);
        for (const { waybillNo } of parcels) await cancel(twin, String(waybillNo));
      },
      async (twin) => {
        expect(await cancel(twin, 'JDV2')).toMatchObject({ data: { resultType: 2 } });
        expect((await callLop(twin.baseUrl, LOP_STATUS, whose('JDV2'))).json).toMatchObject({ data: { status: 690 } });
        expect(await cancel(twin, 'JDV3')).toMatchObject({ data: { resultType: 1 } });
        await cancel(twin, 'JDV1');
        expect(await twin.summary()).toMatchObject({ creates: 6, accepted: 4, refused: 2, duplicateAccepts: 1 });
        // Created again under the same waybill it is another parcel, and not cancelled.
        await twin.control('POST', '/parcels', [onTheRoad('JDV2', slow)]);
        expect(await cancel(twin, 'JDV2')).toMatchObject({ data: { resultType: 1 } });
      },
    );
  });
  it('JOS: the same', async () => {
    const state = async (twin: TwinUnderTest, waybill: string) =>
      (await callJos(twin.baseUrl, JOS_CREATE, interceptFields(waybill))).text;
    await overRestart(
      startJos,
      async (twin) => {
        await twin.control('POST', '/parcels', parcels);
        for (const { waybillNo } of parcels) await state(twin, String(waybillNo));
      },
      async (twin) => {
        for (const [waybill, code] of [
          ['JDV1', 108],
          ['JDV2', 108],
          ['JDV3', 100],
        ]) {
          expect(await state(twin, String(waybill))).toContain(`"stateCode":${code}`);
        }
        expect(await twin.summary()).toMatchObject({ creates: 6, accepted: 3, refused: 3, duplicateAccepts: 0 });
      },
    );
  });
});

describe('as a program', () => {
  it('it says where it listens, answers, and ends on SIGTERM with 0', async () => {
    const args = Object.entries(JD_ARGS).flatMap(([name, value]) => [`--${name}`, value]);
    const twin = await startTwinProcess('couriers/jd', ['--ledger', join(folder, 'jd'), ...args]);
    try {
      expect((await controlsOf(twin.baseUrl).control('GET', '')).json).toMatchObject({ twin: 'jd', pid: twin.pid });
      expect(await twin.end('SIGTERM')).toBe(0);
    } finally {
      twin.child.kill('SIGKILL');
      await removeCompiledSandbox();
    }
  }, 20_000);
});
