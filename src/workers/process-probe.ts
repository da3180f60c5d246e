import type { CarrierFault } from '../domain/carrier/fault.js';
import type { CancelAnswer, StatusAnswer } from '../domain/carrier/port.js';
import { type Asked, askedWhileAccepted, askedWhileUncertain } from '../domain/intercept/asked.js';
import type { Intercept } from '../domain/intercept/intercept.js';
import { nextAskMs, nextPollMs, waitsForTrack } from '../domain/intercept/timing.js';
import { letRest } from '../domain/store/dispatch-store.js';
import { findIntercept } from '../domain/store/intercept-store.js';
import { lastLookAt } from '../domain/store/parcel-store.js';
import type { Report } from '../domain/store/report-store.js';
import { backoffMs } from './backoff.js';
import { commandFor } from './command.js';
import { eyesOf } from './eyes.js';
import type { Lane, WorkerDeps } from './lane.js';
import type { LaneJob } from './process-intercept.js';
import { say } from './say.js';

/** Longest wait for a slot of the read budget, ms. */
const SLOT_WAIT_MS = 5_000;
/** A good look at the track is not repeated sooner than this, ms (cases.md T11). */
const LOOK_AGAIN_MS = 5 * 60_000;

export type ProbeOutcome =
  | 'stale'
  | 'lane closed'
  | 'no slot'
  | 'looked'
  | 'asked'
  | 'cancel asked'
  | 'waiting for word'
  | 'no answer';

const untouched: Omit<Report, 'nextAt'> = {
  call: null,
  look: null,
  steps: [],
  settle: null,
  absentSince: null,
  cancelAnswered: false,
};

/**
 * Asks the courier about one row, whatever the row needs to know: where the parcel is (`held`), what became of a lost
 * answer (`uncertain`), how an order ends (`accepted`, `intercepted`), or to undo it. Nothing here can start an
 * intercept: a probe may run twice, late or never, and only loses time.
 */
export async function processProbe(deps: WorkerDeps, lane: Lane, job: LaneJob): Promise<ProbeOutcome> {
  const row = await deps.desk.read(job.id);
  if (!row || row.dispatch !== job.dispatch || row.dispatchedAt === null) return 'stale';
  if (!lane.breaker.allows()) {
    await deps.desk.takeBack(job, lane.breaker.until());
    return 'lane closed';
  }
  if (!(await lane.reads.take(performance.now() + SLOT_WAIT_MS))) {
    await deps.desk.takeBack(job, deps.now());
    return 'no slot';
  }
  switch (row.state) {
    case 'held':
      return waitsForTrack(row.reason) ? look(deps, lane, row) : rest(deps, row);
    case 'uncertain':
      return ask(deps, lane, row);
    case 'accepted':
      return row.cancelReason ? cancel(deps, lane, row) : follow(deps, lane, row);
    case 'intercepted':
      return look(deps, lane, row);
    default:
      return 'stale';
  }
}

/** A look at the road of one parcel that somebody needs now: before money moves (R73). Its outcome is kept like any other. */
export async function lookNow(deps: WorkerDeps, lane: Lane, row: Intercept): Promise<ProbeOutcome> {
  if (!eyesOf(deps, lane, row) || !lane.breaker.allows()) return 'lane closed';
  if (!(await lane.reads.take(performance.now() + SLOT_WAIT_MS))) return 'no slot';
  return look(deps, lane, row);
}

/** A held row that no look can help: it waits for facts. */
async function rest(deps: WorkerDeps, row: Intercept): Promise<ProbeOutcome> {
  await letRest(deps.db, row);
  return 'stale';
}

async function look(deps: WorkerDeps, lane: Lane, row: Intercept): Promise<ProbeOutcome> {
  const eyes = eyesOf(deps, lane, row);
  if (!eyes) return waitForWord(deps, lane, row);
  // The slot taken before was this lane's; another lane's reads have a budget of their own.
  if (eyes !== lane && !(await eyes.reads.take(performance.now() + SLOT_WAIT_MS))) {
    await deps.desk.takeBack(row, deps.now());
    return 'no slot';
  }
  const command = await commandFor(deps, eyes, row);
  const said = await say(eyes, row, (context) => eyes.adapter.track(command, context));
  const now = deps.now();
  const ageMs = now.getTime() - (row.acceptedAt ?? row.createdAt).getTime();
  if ('fault' in said) {
    const failed = { result: 'failed', error: said.fault.message, sightings: [] } as const;
    await report(deps, row, { ...untouched, look: failed, nextAt: later(now, lookRetryMs(row, said.fault)) });
    return 'no answer';
  }
  const found = said.answer.kind === 'found' ? said.answer.sightings : [];
  const askedForMs = now.getTime() - (row.askSince ?? now).getTime();
  const againMs = row.state === 'uncertain' ? nextAskMs(lane.adapter.manifest.settleMs, askedForMs) : nextPollMs(ageMs);
  await report(deps, row, {
    ...untouched,
    look: { result: said.answer.kind, error: null, sightings: found },
    nextAt: later(now, againMs),
  });
  return 'looked';
}

/** Nobody can look and nobody can be asked: the order's end comes by itself, or a person is told that it did not. */
async function waitForWord(deps: WorkerDeps, lane: Lane, row: Intercept): Promise<ProbeOutcome> {
  const now = deps.now();
  const { callbackWithinMs } = lane.adapter.manifest;
  const ageMs = now.getTime() - (row.acceptedAt ?? row.createdAt).getTime();
  const waits = callbackWithinMs !== undefined && ageMs < callbackWithinMs;
  const missing = callbackWithinMs !== undefined && !waits && row.state === 'accepted';
  await report(deps, row, {
    ...untouched,
    question: missing ? 'callback_missing' : null,
    nextAt: later(now, waits ? callbackWithinMs - ageMs : nextPollMs(ageMs)),
  });
  return 'waiting for word';
}

async function ask(deps: WorkerDeps, lane: Lane, row: Intercept): Promise<ProbeOutcome> {
  const { manifest } = lane.adapter;
  const eyes = eyesOf(deps, lane, row);
  // A channel that can tell nothing itself: our account at the courier may see that the order took.
  const probe = manifest.probe === 'none' && eyes !== null && eyes !== lane ? 'tracking' : manifest.probe;
  if (probe === 'none') {
    await report(deps, row, { ...untouched, nextAt: later(deps.now(), manifest.askUntilMs) });
    await giveUpWhenExhausted(deps, lane, row);
    return 'asked';
  }
  if (probe === 'tracking') {
    const outcome = await look(deps, lane, row);
    // Only a courier that answers can use its time up (case 25).
    if (outcome === 'looked') await giveUpWhenExhausted(deps, lane, row);
    return outcome;
  }
  const startedAt = deps.now();
  const command = await commandFor(deps, lane, row);
  const said = await say<StatusAnswer>(lane, row, (context) => lane.adapter.status(command, context));
  const now = deps.now();
  const call = { kind: 'query', record: said.record, startedAt } as const;
  if ('fault' in said) {
    await report(deps, row, {
      ...untouched,
      call,
      absentSince: row.absentSince,
      nextAt: later(now, faultRetryMs(row, said.fault)),
    });
    return 'no answer';
  }
  const asked = askedWhileUncertain(row, manifest, said.answer, now);
  await report(deps, row, { ...untouched, ...asked, call });
  return 'asked';
}

/** Tracking proves presence, never absence: past `askUntilMs` a person takes over (design.md "Sending again"). */
async function giveUpWhenExhausted(deps: WorkerDeps, lane: Lane, row: Intercept): Promise<void> {
  const now = deps.now();
  const since = (row.askSince ?? row.updatedAt).getTime();
  if (now.getTime() - since < lane.adapter.manifest.askUntilMs && row.deadlineAt > now) return;
  const current = await findIntercept(deps.db, row.id);
  if (current?.state !== 'uncertain' || current.version !== row.version) return;
  await report(deps, current, {
    ...untouched,
    steps: [{ event: 'give_up', reason: 'answer_never_proved' }],
    nextAt: now,
  });
}

async function follow(deps: WorkerDeps, lane: Lane, row: Intercept): Promise<ProbeOutcome> {
  if (!lane.adapter.manifest.capabilities.status) return look(deps, lane, row);
  const startedAt = deps.now();
  const command = await commandFor(deps, lane, row);
  const said = await say<StatusAnswer>(lane, row, (context) => lane.adapter.status(command, context));
  const now = deps.now();
  if ('fault' in said) {
    await report(deps, row, { ...untouched, nextAt: later(now, faultRetryMs(row, said.fault)) });
    return 'no answer';
  }
  const asked: Asked = askedWhileAccepted(row, said.answer, now);
  if (asked.lookNext || (asked.steps.length === 0 && (await lookIsOld(deps, row)))) return look(deps, lane, row);
  // Polls that say nothing new are not kept: a row may be followed for days.
  const call = asked.steps.length > 0 ? ({ kind: 'query', record: said.record, startedAt } as const) : null;
  await report(deps, row, { ...untouched, ...asked, call });
  return 'asked';
}

async function lookIsOld(deps: WorkerDeps, row: Intercept): Promise<boolean> {
  const lookedAt = await lastLookAt(deps.db, row.parcelId);
  return lookedAt === null || deps.now().getTime() - lookedAt.getTime() > LOOK_AGAIN_MS;
}

/** The refund was withdrawn after the courier took the order: it is asked to let the parcel travel on (R80). */
async function cancel(deps: WorkerDeps, lane: Lane, row: Intercept): Promise<ProbeOutcome> {
  const startedAt = deps.now();
  const command = await commandFor(deps, lane, row);
  const said = await say<CancelAnswer>(lane, row, (context) => lane.adapter.cancel(command, context));
  const now = deps.now();
  const call = { kind: 'cancel', record: said.record, startedAt } as const;
  if ('fault' in said) {
    await report(deps, row, { ...untouched, call, nextAt: later(now, faultRetryMs(row, said.fault)) });
    return 'no answer';
  }
  const step =
    said.answer.kind === 'cancelled'
      ? ({
          event: 'cancel',
          reason: row.cancelReason === 'waybill_changed' ? 'waybill_changed' : 'cancelled_at_courier',
        } as const)
      : ({ event: 'hand_over', reason: 'cannot_recall', rule: 'R80' } as const);
  await report(deps, row, { ...untouched, call, steps: [step], nextAt: now, cancelAnswered: true });
  return 'cancel asked';
}

async function report(deps: WorkerDeps, row: Intercept, what: Report): Promise<void> {
  const at = await deps.desk.report({ asked: row, report: what });
  if (at && at.version !== row.version) {
    deps.log('intercept.moved', { id: at.id, from: row.state, to: at.state, reason: at.reason });
    deps.wake();
  }
}

const later = (now: Date, ms: number) => new Date(now.getTime() + ms);

/** A lost answer is asked for again soon, whatever broke; the breaker keeps a dead courier from being hammered. */
function faultRetryMs(row: Intercept, fault: CarrierFault): number {
  return fault.retryAfterMs ?? backoffMs(row.state === 'uncertain' ? 3 : 6);
}

function lookRetryMs(row: Intercept, fault: CarrierFault): number {
  return fault.retryAfterMs ?? (row.state === 'held' ? backoffMs(4) : backoffMs(7));
}
