import { z } from 'zod';
import { parseLossless } from '../../domain/lossless.js';
import type { AttemptView, History, SightingView } from '../../domain/store/history-reader.js';
import type { InterceptView } from '../../domain/store/intercept-reader.js';
import type { LedgerView } from '../../domain/store/ledger-reader.js';
import type { InterceptDetailAnswer, SightingAnswer } from '../api/schemas/intercept.js';
import { presentIntercept } from './intercept.js';
import { presentLedgerEntry } from './ledger-entry.js';
import { maskDeep, maskPhones, reasonText, time, timeOrNull } from './words.js';

/** The kept decision holds the facts of every shop in the parcel; only the findings leave. */
const KEPT_DECISION = z.object({
  failed: z.array(
    z.object({ rule: z.string(), verdict: z.enum(['skip', 'missed', 'review', 'hold']), reason: z.string() }),
  ),
});

function presentDecision(kept: string): InterceptDetailAnswer['decision'] {
  const read = KEPT_DECISION.safeParse(jsonOrNull(kept));
  return { failed: read.success ? read.data.failed : [] };
}

function jsonOrNull(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return null;
  }
}

function presentSighting(sighting: SightingView): SightingAnswer {
  return {
    at: time(sighting.at),
    seenAt: time(sighting.seenAt),
    phase: sighting.phase,
    rawCode: sighting.rawCode,
    text: maskPhones(sighting.text),
    place: sighting.place === null ? null : maskPhones(sighting.place),
    source: sighting.source,
  };
}

function presentAttempt(attempt: AttemptView): InterceptDetailAnswer['attempts'][number] {
  return {
    seq: attempt.seq,
    kind: attempt.kind,
    requestId: attempt.requestId,
    startedAt: time(attempt.startedAt),
    finishedAt: timeOrNull(attempt.finishedAt),
    outcome: attempt.outcome,
    httpStatus: attempt.httpStatus,
    rawCode: attempt.rawCode,
    rawText: attempt.rawText === null ? null : maskPhones(attempt.rawText),
    exchange: attempt.exchange === null ? null : maskDeep(jsonOrNull(attempt.exchange)),
  };
}

/** R67: a look that failed or was never made is not "no trace", and none of them hides the last good scan. */
function presentTracking(row: InterceptView, sightings: readonly SightingView[]): InterceptDetailAnswer['tracking'] {
  const last = sightings.at(-1);
  return {
    lastLookAt: timeOrNull(row.lastLookAt),
    lastResult: row.lastLook ?? 'not_asked',
    ...(row.lastLookError === null ? {} : { lastError: maskPhones(row.lastLookError) }),
    ...(last === undefined ? {} : { lastSighting: presentSighting(last) }),
  };
}

/** One intercept with everything that happened to it. */
export function presentInterceptDetail(
  row: InterceptView,
  history: History,
  fees: readonly LedgerView[],
  shops: readonly string[] | null,
): InterceptDetailAnswer {
  return {
    ...presentIntercept(row, shops),
    decision: presentDecision(row.decision),
    tracking: presentTracking(row, history.sightings),
    transitions: history.transitions.map((t) => ({ ...t, reasonText: reasonText(t.reason), at: time(t.at) })),
    attempts: history.attempts.map(presentAttempt),
    sightings: history.sightings.map(presentSighting),
    fees: fees.map(presentLedgerEntry),
  };
}
