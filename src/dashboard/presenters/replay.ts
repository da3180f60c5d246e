import type { ReplayItemView } from '../../domain/store/replay-reader.js';
import type { Replay } from '../../domain/store/replay-store.js';
import type { ReplayAnswer, ReplayItemAnswer } from '../api/schemas/replay.js';
import { PROBLEMS, type ProblemCode } from '../problem.js';
import { shownCarrier } from './intercept.js';
import { reasonText, time, timeOrNull } from './words.js';

export function presentReplay({ createdAt, finishedAt, outcomes, ...replay }: Replay): ReplayAnswer {
  const known = Object.fromEntries(Object.entries(outcomes).map(([outcome, n]) => [outcome, n ?? 0]));
  return { ...replay, outcomes: known, createdAt: time(createdAt), finishedAt: timeOrNull(finishedAt) };
}

/** A reason of an intercept, or the code of a refused step. */
function whyText(code: string): { zh: string; en: string } {
  if (!Object.hasOwn(PROBLEMS, code)) return reasonText(code);
  const { zh, en } = PROBLEMS[code as ProblemCode];
  return { zh, en };
}

export function presentReplayItem(item: ReplayItemView): ReplayItemAnswer {
  return {
    seq: item.seq,
    interceptId: item.interceptId,
    carrier: shownCarrier(item),
    waybillNo: item.waybillNo,
    outcome: item.outcome,
    reason: item.reason,
    reasonText: item.reason === null ? null : whyText(item.reason),
    resultId: item.resultId,
    state: item.state,
    doneAt: timeOrNull(item.doneAt),
  };
}
