import type { LaneFigures } from '../../domain/store/lane-reader.js';
import type { LaneConfig } from '../api/lane-configs.js';
import type { LaneAnswer } from '../api/schemas/lane.js';
import { time, timeOrNull } from './words.js';

/** When a lane that runs has sent all that waits now; null: nothing waits, or nothing moves. */
function emptyAt(lane: LaneConfig, figures: LaneFigures, now: Date): string | null {
  const { waiting, paused, breaker } = figures;
  if (waiting === 0 || paused || breaker === 'open') return null;
  const gapMs = lane.rateLimit ? lane.rateLimit.perMs / lane.rateLimit.max : 0;
  return time(new Date(now.getTime() + Math.ceil(waiting * gapMs)));
}

export function presentLane(lane: LaneConfig, figures: LaneFigures, now: Date): LaneAnswer {
  return {
    id: lane.id,
    carrier: lane.carrier,
    accountId: lane.accountId,
    paused: figures.paused,
    breaker: figures.breaker,
    rateLimit: lane.rateLimit && { max: lane.rateLimit.max, perMs: lane.rateLimit.perMs },
    concurrency: lane.concurrency,
    waiting: figures.waiting,
    held: figures.held,
    inFlight: figures.inFlight,
    uncertain: figures.uncertain,
    emptyAt: emptyAt(lane, figures, now),
    tooLateCount: figures.tooLateCount,
    oldestDueAt: timeOrNull(figures.oldestDueAt),
  };
}
