import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '../support/until.js';
import { FaultHouse } from './harness/fault-house.js';
import { underLoad } from './harness/load.js';
import { canHaveSmallDisk } from './harness/small-disk.js';

/** What MariaDB may grow to: it begins with about 130 MiB, most of them its redo log. */
const DISK_MIB = 240;
/** Told at once until the tables would have to grow. */
const EVENTS = 40;
const MOST_EVENTS = 2_000;

/** What MariaDB says when a table cannot grow. */
const TABLE_FULL = 1_114;

let faults: FaultHouse;
/** Where nobody may mount a disk, the inbox says what it would say on a full one. */
const hasDisk = canHaveSmallDisk();

beforeAll(async () => {
  faults = await FaultHouse.open({ mysqlDiskMiB: hasDisk ? DISK_MIB : null });
  await faults.house.start('web,scheduler');
  await faults.house.start('worker');
}, 90_000);
afterAll(() => faults.close());

/** How the platform was answered, over all it told. */
async function answers(): Promise<{ kept: number; refused: number }> {
  const { pushes } = await faults.house.control<{
    pushes: { ackedAt: number | null; attempts: { status?: number }[] }[];
  }>(faults.house.douyin, 'pushes');
  const refused = pushes.filter(({ attempts }) => attempts.some(({ status }) => status === 503));
  return { kept: pushes.filter(({ ackedAt }) => ackedAt !== null).length, refused: refused.length };
}

async function fill(): Promise<void> {
  if (hasDisk) expect(faults.mysql.disk.fill()).toBeGreaterThan(0);
  else
    await faults.house.db.run(
      `CREATE TRIGGER inbox_full BEFORE INSERT ON inbox FOR EACH ROW
       SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${TABLE_FULL}, MESSAGE_TEXT = 'The table is full'`,
    );
}

async function free(): Promise<void> {
  if (hasDisk) faults.mysql.disk.free();
  else await faults.house.db.run('DROP TRIGGER inbox_full');
}

it(
  'F39: the disk is full: what cannot be kept is answered 503, and told again',
  () =>
    underLoad(faults, {
      id: 'F39',
      seen: `503 from when the tables could not grow (${hasDisk ? 'a disk of 240 MiB, filled' : 'error 1114'})`,
      async strike() {
        await fill();
        for (let told = 0; (await answers()).refused === 0; told += EVENTS) {
          if (told > MOST_EVENTS) throw new Error(`${told} events and the disk still had room`);
          const { kept, refused } = await answers();
          await faults.refundsAtOnce(EVENTS);
          await until(
            async () => {
              const now = await answers();
              return now.kept + now.refused >= kept + refused + EVENTS;
            },
            { what: 'them to be answered', timeoutMs: 20_000 },
          );
        }
      },
      heal: free,
    }),
  120_000,
);

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
