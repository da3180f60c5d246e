import { cpSync, renameSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Running } from '../support/house.js';
import { until } from '../support/until.js';
import { FaultHouse } from './harness/fault-house.js';
import { slowestAnswer, type Trouble, underLoad } from './harness/load.js';

/** Redis says who works next and may forget it at any moment: it is restarted, emptied, filled up, frozen and cut off. */
const LIMIT = { max: 20, perMs: 1_000 };
/** A platform waits this long for our answer, ms. */
const ANSWER_MS = 1_000;

let faults: FaultHouse;
let worker: Running;

beforeAll(async () => {
  faults = await FaultHouse.open({ limit: LIMIT });
  await faults.house.start('web,scheduler');
  worker = await faults.house.start('worker');
}, 90_000);
afterAll(() => faults.close());

const redis = () => faults.house.redis;
const during = (trouble: Trouble) => underLoad(faults, trouble);
const acknowledgedMeanwhile = async () => slowestAnswer(faults, await faults.refundsAtOnce(3));

it(
  'F19: restarted with its append-only file',
  () =>
    during({
      id: 'F19',
      figure: 'redis_restart',
      seen: 'workers went on by themselves',
      strike: () => faults.redis.stop(),
      heal: () => faults.redis.start(),
    }),
  60_000,
);

it(
  'F20: killed and back without anything',
  () =>
    during({
      id: 'F20',
      figure: 'redis_restart',
      seen: 'rebuilt from MySQL',
      async strike() {
        await faults.redis.kill();
        faults.redis.forget();
      },
      heal: () => faults.redis.start(),
    }),
  60_000,
);

it(
  'F21: FLUSHALL with waiting and active jobs',
  () =>
    during({
      id: 'F21',
      figure: 'redis_flush',
      seen: 'rebuilt from MySQL, rate kept',
      strike: async () => void (await redis().flushall()),
    }),
  60_000,
);

it(
  'F22: some of its keys are gone: lists of what waits, locks',
  () =>
    during({
      id: 'F22',
      seen: 'found missing and handed over anew',
      async strike() {
        // Between two hand-overs there may be none for a moment: a few more keep them coming.
        await faults.refundsAtOnce(24);
        const remove = async () => {
          const keys = await redis().keys('*zto-main*');
          const some = keys.filter((key) => /:(wait|prioritized|active)$|:lock$/.test(key));
          return some.length > 0 && redis().del(...some);
        };
        await until(remove, { what: 'some keys to be there, and then gone' });
      },
    }),
  60_000,
);

it(
  'F23: its scripts are gone',
  () =>
    during({
      id: 'F23',
      seen: 'scripts were sent again',
      strike: async () => void (await redis().script('FLUSH')),
    }),
  60_000,
);

it(
  'F24: full, it takes nothing, and events are acknowledged all the same',
  () =>
    during({
      id: 'F24',
      seen: 'events acknowledged meanwhile',
      async strike() {
        await redis().config('SET', 'maxmemory', '1mb');
        expect(await acknowledgedMeanwhile()).toBeLessThan(ANSWER_MS);
      },
      heal: async () => void (await redis().config('SET', 'maxmemory', '0')),
    }),
  60_000,
);

it(
  'F26: a replica for a while, as in a failover',
  () =>
    during({
      id: 'F26',
      seen: 'workers went on without a restart',
      async strike() {
        await redis().config('RESETSTAT');
        await redis().replicaof('127.0.0.1', '1');
        const refused = async () => (await redis().info('errorstats')).includes('READONLY');
        await until(refused, { what: 'somebody to be refused' });
      },
      heal: async () => void (await redis().replicaof('NO', 'ONE')),
    }),
  60_000,
);

it('F27: an old copy of its file comes back: done jobs rise again, new ones are gone', async () => {
  const file = faults.redis.files;
  return during({
    id: 'F27',
    seen: 'claims found the rows elsewhere and skipped',
    async strike() {
      cpSync(file, `${file}.old`, { recursive: true });
      await faults.recovery();
      await faults.redis.stop();
      rmSync(file, { recursive: true });
      renameSync(`${file}.old`, file);
    },
    heal: () => faults.redis.start(),
  });
}, 90_000);

it('F30: away when the product starts: events are acknowledged, the rest goes on when it comes', async () => {
  await faults.house.endAll();
  await faults.redis.stop();
  await faults.house.start('web,scheduler');
  const refunds = await faults.refundsAtOnce(5);
  const slowest = await slowestAnswer(faults, refunds).finally(() => faults.redis.start());
  worker = await faults.house.start('worker');
  const seconds = await faults.recovery(refunds);
  faults.saw('F30', `slowest acknowledgement without Redis: ${slowest} ms`, seconds);
}, 90_000);

it('F28: frozen: events are acknowledged as ever', async () => {
  faults.redis.signal('SIGSTOP');
  const refunds = await faults.refundsAtOnce(10);
  const slowest = await slowestAnswer(faults, refunds).finally(() => faults.redis.signal('SIGCONT'));
  expect(slowest).toBeLessThan(ANSWER_MS);
  const seconds = await faults.recovery(refunds);
  faults.saw('F28', `slowest acknowledgement while it was frozen: ${slowest} ms`, seconds);
}, 60_000);

const TOXICS = {
  '300 ms late': { kind: 'latency', ms: 300 },
  'in slices of one byte': { kind: 'slicer', bytes: 1, gapMs: 0 },
  'reset after each second': { kind: 'reset_peer', afterMs: 1_000 },
  'into a black hole': { kind: 'timeout' },
} as const;

it.each(Object.entries(TOXICS))(
  'F29: its network %s',
  (name, toxic) => {
    let remove: () => void = () => undefined;
    return during({
      id: 'F29',
      seen: `network ${name}`,
      async strike() {
        remove = faults.net.redis.add(toxic);
        await acknowledgedMeanwhile();
      },
      heal: async () => remove(),
    });
  },
  60_000,
);

it('F31: another password: refused, without a hot loop and without a secret in the log', () => {
  const said = worker.output().length;
  return during({
    id: 'F31',
    seen: 'refused quietly',
    async strike() {
      await redis().config('SET', 'requirepass', 'another');
      faults.net.redis.reset();
      await acknowledgedMeanwhile();
      const text = worker.output().slice(said);
      expect(text.split('\n').length).toBeLessThan(300);
      expect(text).not.toContain(':faults@');
    },
    heal: async () => void (await redis().config('SET', 'requirepass', 'faults')),
  });
}, 60_000);

it('keeps every invariant, and the three histories agree', () => faults.check(), 90_000);
