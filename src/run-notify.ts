import { presentIntercept } from './dashboard/presenters/intercept.js';
import { presentTask } from './dashboard/presenters/task.js';
import { Loop, type LoopReport } from './domain/loop.js';
import { doorsInUse } from './intake-doors.js';
import type { System } from './system.js';
import { watchAlerts } from './workers/notify/alert-watch.js';
import { sendDigests } from './workers/notify/digests.js';
import { Notifier } from './workers/notify/notifier.js';

/** Longest until a change is noticed when nobody says so, ms: a breaker that opened stays so, or half open, for longer. */
const ALERTS_MS = 2_000;
/** A hand-over arrives within this of the shift's end, ms. */
const DIGESTS_MS = 20_000;

/** Outgoing webhooks and alerts. An endpoint hears of all shops, so nothing is left out of what it gets. */
export function runNotify(system: System, report: LoopReport): { alertsMayHaveChanged(): void; stop(): Promise<void> } {
  const { db, settings, book, now, note: log } = system;
  const show = {
    intercept: (row: Parameters<typeof presentIntercept>[0]) => presentIntercept(row, null),
    task: presentTask,
  };
  const doorsOf = doorsInUse(system);
  const notifier = new Notifier({ db, settings, now, log, report, show });
  const alerts = new Loop('alerts', ALERTS_MS, () => watchAlerts({ db, settings, book, doorsOf, now, log }), report);
  const digests = new Loop('digests', DIGESTS_MS, () => sendDigests({ db, settings, now, log }), report);
  return {
    alertsMayHaveChanged: () => alerts.wake(),
    async stop() {
      await Promise.all([alerts.stop(), digests.stop(), notifier.stop()]);
    },
  };
}
