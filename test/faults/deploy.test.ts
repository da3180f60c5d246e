import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Running } from '../support/house.js';
import { until } from '../support/until.js';
import { FaultHouse } from './harness/fault-house.js';
import { underLoad } from './harness/load.js';
import { nextVersion } from './harness/next-version.js';

/** The next version of the program rolled out beside the present one, on the same database, Redis and courier. */
let faults: FaultHouse;
/** Roles of the present version, as they were before the rollout. */
let oldWeb: Running;
let old: Running;

beforeAll(async () => {
  faults = await FaultHouse.open({ limit: { max: 20, perMs: 1_000 } });
  oldWeb = await faults.house.start('web');
  old = await faults.house.start('scheduler,worker');
}, 90_000);
afterAll(() => faults.close());

const answeredBy = (running: Running) => running.output().split('intercept.answered').length - 1;

/** Parcels are told of until each of these has sent some. */
async function allSend(running: readonly Running[]): Promise<void> {
  const before = running.map(answeredBy);
  const done = async () => {
    await faults.refundsAtOnce(8);
    return running.every((one, i) => answeredBy(one) > (before[i] ?? 0));
  };
  await until(done, { what: 'each version to have sent an order', timeoutMs: 30_000 });
}

it('F42: the next version migrates and sends beside the old one, which cannot come back afterwards', async () => {
  const { house } = faults;
  const present = house.program;
  const next = nextVersion(join(faults.dir, 'next'));
  await underLoad(faults, {
    id: 'F42',
    seen: 'migrated under load, both sent; the old one went in order and was refused when it came back',
    async strike() {
      house.program = next;
      expect(await house.cli(['migrate'])).toContain('Next');
      const fresh = await house.start('scheduler,worker');
      await allSend([old, fresh]);
      await oldWeb.end('SIGTERM');
      await house.start('web');
      await allSend([old, fresh]);
      await old.end('SIGTERM');
      expect([oldWeb.child.exitCode, old.child.exitCode]).toEqual([0, 0]);
      expect(old.output()).not.toMatch(/Unknown column|SQL syntax|doesn't exist/);
      house.program = present;
      await expect(house.start('worker')).rejects.toThrow(
        /ended at its start with 78[\s\S]*belongs to a newer version/,
      );
      house.program = next;
    },
  });
}, 120_000);

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
