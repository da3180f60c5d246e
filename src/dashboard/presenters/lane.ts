import { CANARY_MISSED_AFTER_MS } from '../../domain/canary.js';
import type { LaneFigures, TooLate } from '../../domain/store/lane-reader.js';
import type { LaneConfig } from '../api/lane-configs.js';
import type { QueueDrift } from '../api/route.js';
import type { DriftAnswer, LaneAnswer, TooLateAnswer } from '../api/schemas/lane.js';
import { time, timeOrNull } from './words.js';

const MINUTE_MS = 60_000;

/** When a lane that runs has sent all that waits now; null: nothing waits, or nothing moves. */
function emptyAt(lane: LaneConfig, figures: LaneFigures, now: Date): string | null {
  const { waiting, paused, breaker } = figures;
  if (waiting === 0 || paused || breaker === 'open') return null;
  const gapMs = lane.rateLimit ? lane.rateLimit.perMs / lane.rateLimit.max : 0;
  return time(new Date(now.getTime() + Math.ceil(waiting * gapMs)));
}

/** How much of what the limit allows in a minute was used; a limit below one a minute allows its share of one. */
function use({ rateLimit }: LaneConfig, ordersLastMinute: number): LaneAnswer['use'] {
  const allowed = rateLimit ? (rateLimit.max * MINUTE_MS) / rateLimit.perMs : null;
  return { ordersLastMinute, share: allowed === null ? null : ordersLastMinute / allowed };
}

/** Has a test job come through this lane lately? */
function hasWorker(canaryAt: Date | null, now: Date): boolean {
  return canaryAt !== null && now.getTime() - canaryAt.getTime() <= CANARY_MISSED_AFTER_MS;
}

export function presentLane(lane: LaneConfig, figures: LaneFigures, now: Date): LaneAnswer {
  return {
    id: lane.id,
    carrier: lane.carrier,
    accountId: lane.accountId,
    paused: figures.paused,
    breaker: figures.breaker,
    breakerReason: figures.breakerReason,
    breakerUntil: timeOrNull(figures.breakerUntil),
    rateLimit: lane.rateLimit && { max: lane.rateLimit.max, perMs: lane.rateLimit.perMs },
    concurrency: lane.concurrency,
    waiting: figures.waiting,
    inWindow: figures.handed,
    held: figures.held,
    inFlight: figures.inFlight,
    uncertain: figures.uncertain,
    use: use(lane, figures.ordersLastMinute),
    emptyAt: emptyAt(lane, figures, now),
    tooLateCount: figures.tooLateCount,
    oldestDueAt: timeOrNull(figures.oldestDueAt),
    canaryAt: timeOrNull(figures.canaryAt),
    hasWorker: hasWorker(figures.canaryAt, now),
    capabilities: lane.capabilities && { ...lane.capabilities },
  };
}

export function presentTooLate(row: TooLate): TooLateAnswer {
  return { ...row, deadlineAt: time(row.deadlineAt), turnAt: time(row.turnAt) };
}

export function presentDrift(queues: readonly QueueDrift[], now: Date): DriftAnswer {
  return { at: time(now), queues: queues.map((queue) => ({ ...queue })) };
}
