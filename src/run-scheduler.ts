import { laneIdOf } from './domain/ids.js';
import { Loop } from './domain/loop.js';
import { fillDetails, fillLanes, findMissing } from './producers/dispatch.js';
import { runIntake } from './producers/intake.js';
import { runReplays } from './producers/replay.js';
import { judgeOwed, sweep } from './producers/sweeper.js';
import type { System } from './system.js';

const INTAKE_MS = 100;
/** Pages of the inbox drained side by side; SKIP LOCKED keeps them apart. */
const DRAINS = 2;
const JUDGE_MS = 200;
const DISPATCH_MS = 100;
const SWEEP_MS = 2_000;
const REPLAY_MS = 500;

/**
 * The scheduler: intake, judging, dispatch, sweeper. Any number of them may run; each loop works by locks and
 * compare-and-set in MySQL. In one process the bell makes them follow each other within milliseconds.
 */
export function runScheduler(system: System): { stop(): Promise<void> } {
  const { db, settings, platformOf, carrierOf, now, note, bell, queues, env } = system;
  const report = (loop: string, error: unknown) =>
    system.log.warn(
      { event: 'loop.failed', loop, why: error instanceof Error ? error.message : String(error) },
      'loop failed',
    );

  const intake = new Loop(
    'intake',
    INTAKE_MS,
    async () => {
      const deps = { db, settings, platformOf, carrierOf, now, log: note };
      const runs = await Promise.all(Array.from({ length: DRAINS }, () => runIntake(deps)));
      if (runs.some((run) => run.shops.length > 0)) bell.ring('dispatch');
      if (runs.some((run) => run.parcels.length > 0)) bell.ring('judge');
      return runs.some((run) => run.read > 0);
    },
    report,
  );
  const judge = new Loop(
    'judge',
    JUDGE_MS,
    async () => {
      const judged = await judgeOwed({ db, env, now, log: note }, 0);
      if (judged > 0) bell.ring('dispatch');
      return judged > 0;
    },
    report,
  );
  const deps = { db, queues, settings, now, log: note };
  const lanes = new Loop('lanes', DISPATCH_MS, () => fillLanes(deps), report);
  const details = new Loop('details', DISPATCH_MS, () => fillDetails(deps), report);
  const sweeper = new Loop('sweeper', SWEEP_MS, () => sweep({ db, env, now, log: note }), report);
  const replays = new Loop('replays', REPLAY_MS, () => runReplays({ db, env, now, log: note }), report);
  const missing = new Loop(
    'missing',
    SWEEP_MS,
    async () => {
      await findMissing(deps);
      return false;
    },
    report,
  );
  const known = new Loop(
    'queues',
    SWEEP_MS,
    async () => {
      const { accounts, shops } = settings();
      const open = [...accounts.values()].filter((a) => a.enabled).map((a) => laneIdOf(a.carrier, a.id));
      await queues.retain(
        open,
        [...shops.values()].filter((s) => s.enabled).map((s) => s.id),
      );
      return false;
    },
    report,
  );
  bell.on('intake', () => intake.wake());
  bell.on('judge', () => judge.wake());
  bell.on('dispatch', () => {
    lanes.wake();
    details.wake();
  });
  bell.on('settings', () => known.wake());
  const loops = [intake, judge, lanes, details, sweeper, replays, missing, known];
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}
