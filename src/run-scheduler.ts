import { CANARY_EVERY_MS } from './domain/canary.js';
import { laneIdOf, newId } from './domain/ids.js';
import { readyOfAll } from './domain/intercept/ready.js';
import { Loop } from './domain/loop.js';
import { sealMessage } from './domain/secrets/sealed-message.js';
import { laneAccounts } from './domain/settings/lanes.js';
import { auditHead } from './domain/store/audit-store.js';
import { storeEvents } from './domain/store/inbox-store.js';
import { ensureLanes } from './domain/store/lane-store.js';
import { forgetOld } from './domain/store/retention-store.js';
import { PlatformCalls } from './platform-calls.js';
import { runBills } from './producers/bills/run-bills.js';
import { learnFromOutcomes } from './producers/chances.js';
import { fillDetails, fillLanes, findMissing } from './producers/dispatch.js';
import { GroupCommit } from './producers/http/group-commit.js';
import { runImports } from './producers/import/run-imports.js';
import { INTAKE_PAGE, runIntake } from './producers/intake.js';
import { POLL_READERS, runPolls } from './producers/poll-intake.js';
import { runReplays } from './producers/replay.js';
import { GoodsWatch } from './producers/returns.js';
import { learnFromSightings } from './producers/road-times.js';
import { noteSlownesses } from './producers/slowness.js';
import { SocketIntake } from './producers/socket-intake.js';
import { judgeOwed, sweep, watchClocks, watchOutcomes } from './producers/sweeper.js';
import { BrakeWatch } from './producers/watch-brakes.js';
import { watchInvariants } from './producers/watch-invariants.js';
import type { System } from './system.js';
import { backoffMs } from './workers/backoff.js';

const INTAKE_MS = 100;
/** Pages of the inbox drained side by side while more is there than one holds; SKIP LOCKED keeps them apart. */
const DRAINS = 2;
const JUDGE_MS = 200;
const DISPATCH_MS = 100;
const SWEEP_MS = 2_000;
const CLOCKS_MS = 10_000;
const OUTCOMES_MS = 60_000;
const REPLAY_MS = 500;
const IMPORT_MS = 500;
const GOODS_MS = 1_000;
const POLLS_MS = 500;
const SLOWNESS_MS = 1_000;
/** How soon a policy that runs away is stopped. */
const BRAKES_MS = 5_000;
const LEARN_MS = 10 * 60_000;
const ANCHOR_MS = 24 * 3_600_000;
const FORGET_MS = 10 * 60_000;
/** Whether the hourly check is due; the first is left until the start is over. */
const INVARIANTS_MS = 5 * 60_000;
/** Well within the life of a lease. */
const SOCKETS_MS = 2_000;

/**
 * The scheduler: intake, judging, dispatch, sweeper. Any number of them may run; each loop works by locks and
 * compare-and-set in MySQL. In one process the bell makes them follow each other within milliseconds.
 */
export function runScheduler(system: System): { stop(): Promise<void> } {
  const { db, secrets, settings, book, platformOf, carrierOf, now, note, bell, queues, env, handOver } = system;
  const startedAt = performance.now();
  const report = (loop: string, error: unknown) =>
    system.log.warn(
      { event: 'loop.failed', loop, why: error instanceof Error ? error.message : String(error) },
      'loop failed',
    );

  let isBehind = false;
  const intake = new Loop(
    'intake',
    INTAKE_MS,
    async () => {
      const deps = { db, secrets, settings, env: handOver.env, platformOf, carrierOf, now, log: note };
      const runs = await Promise.all(Array.from({ length: isBehind ? DRAINS : 1 }, () => runIntake(deps)));
      isBehind = runs.some((run) => run.read >= INTAKE_PAGE);
      if (runs.some((run) => run.shops.length > 0)) bell.ring('details');
      if (runs.some((run) => run.parcels.length > 0)) bell.ring('judge');
      await handOver.onReady(readyOfAll(runs.map((run) => run.ready)));
      return runs.some((run) => run.read > 0);
    },
    report,
  );
  const judge = new Loop(
    'judge',
    JUDGE_MS,
    async () => (await judgeOwed({ db, handOver, now, log: note }, 0)) > 0,
    report,
  );
  const deps = { db, queues, quiet: system.quiet, settings, book, now, log: note };
  const lanes = new Loop('lanes', DISPATCH_MS, () => fillLanes(deps), report);
  const details = new Loop('details', DISPATCH_MS, () => fillDetails(deps), report);
  const sweeper = new Loop('sweeper', SWEEP_MS, () => sweep({ db, handOver, now, log: note }), report);
  const clocks = new Loop('clocks', CLOCKS_MS, () => watchClocks({ db, handOver, now, log: note }), report);
  const outcomes = new Loop('outcomes', OUTCOMES_MS, () => watchOutcomes({ db, now }), report);
  const replays = new Loop('replays', REPLAY_MS, () => runReplays({ db, env, now, log: note }), report);
  const imports = new Loop('imports', IMPORT_MS, () => runImports({ db, env, now, log: note }), report);
  const bills = new Loop('bills', IMPORT_MS, () => runBills({ db, now, log: note }), report);
  const watch = new GoodsWatch();
  const goods = new Loop('goods', GOODS_MS, () => watch.run({ db, env, now }), report);
  const missing = new Loop('missing', SWEEP_MS, async () => void (await findMissing(deps)), report);
  const calls = new PlatformCalls(system);
  const polls = Array.from(
    { length: POLL_READERS },
    () =>
      new Loop(
        'polls',
        POLLS_MS,
        () =>
          runPolls({
            db,
            secrets,
            settings,
            platformOf,
            openCall: (shop) => calls.open(shop),
            onStored: () => bell.ring('intake'),
            now,
            log: note,
          }),
        report,
      ),
  );
  const commit = new GroupCommit({
    insert: (rows) =>
      storeEvents(
        db,
        rows.map((row) => sealMessage(secrets, row)),
      ),
    onStored: () => bell.ring('intake'),
  });
  const sockets = new SocketIntake({
    db,
    settings,
    platformOf,
    store: (rows) => commit.store(rows),
    holder: newId(),
    backoffMs,
    now,
    log: note,
  });
  const connections = new Loop('sockets', SOCKETS_MS, () => sockets.follow(), report);
  const canaries = new Loop(
    'canaries',
    CANARY_EVERY_MS,
    async () => {
      for (const { carrier, id } of laneAccounts(settings(), book)) await queues.addCanary(laneIdOf(carrier, id));
    },
    report,
  );
  const slowness = new Loop(
    'slowness',
    SLOWNESS_MS,
    () => noteSlownesses({ db, redis: system.redis, settings, book }),
    report,
  );
  const roads = new Loop(
    'learning',
    LEARN_MS,
    async () => {
      await learnFromSightings(db, now());
      await learnFromOutcomes(db, now());
    },
    report,
  );
  const brakeWatch = new BrakeWatch({ db, settings, now, log: note });
  const brakes = new Loop('brakes', BRAKES_MS, () => brakeWatch.look(), report);
  const forgetting = new Loop('retention', FORGET_MS, async () => (await forgetOld(db, now())) > 0, report);
  const anchors = new Loop(
    'audit anchor',
    ANCHOR_MS,
    async () => {
      // A log is kept elsewhere: whoever rewrites the chain in the database cannot rewrite this line.
      note('audit.anchor', { head: await auditHead(db) });
    },
    report,
  );
  const invariants = new Loop(
    'invariants',
    INVARIANTS_MS,
    async () => {
      if (performance.now() - startedAt > INVARIANTS_MS) await watchInvariants({ db, now, log: note });
    },
    report,
  );
  const known = new Loop(
    'queues',
    SWEEP_MS,
    async () => {
      const { shops } = settings();
      const accounts = laneAccounts(settings(), book);
      const open = accounts.map((a) => laneIdOf(a.carrier, a.id));
      // Channels have no row of their own in the configuration: their lanes' rows are made here.
      await ensureLanes(db, accounts);
      await queues.retain(
        open,
        [...shops.values()].filter((s) => s.enabled).map((s) => s.id),
      );
    },
    report,
  );
  bell.on('intake', () => intake.wake());
  bell.on('judge', () => judge.wake());
  bell.on('dispatch', () => lanes.wake());
  bell.on('details', () => details.wake());
  bell.on('settings', () => {
    known.wake();
    connections.wake();
    for (const reader of polls) reader.wake();
  });
  const loops = [
    intake,
    judge,
    lanes,
    details,
    sweeper,
    clocks,
    outcomes,
    replays,
    imports,
    bills,
    goods,
    missing,
    ...polls,
    connections,
    canaries,
    slowness,
    roads,
    brakes,
    forgetting,
    anchors,
    invariants,
    known,
  ];
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await sockets.stop();
      await calls.close();
    },
  };
}
