import type { Intercept } from '../intercept/intercept.js';
import type { Reason } from '../reasons.js';
import type { LookResult, Sighting } from '../tracking/sighting.js';
import { type AttemptKind, type AttemptRecord, recordCall, settleLostSend } from './attempt-store.js';
import type { Database, Sql } from './database.js';
import { lockIntercept, move, type StepToTake } from './intercept-store.js';
import { type JudgeEnv, judgeIn } from './judgement.js';
import { addSightings, lockParcel, recordLook } from './parcel-store.js';
import { askOnce } from './task-store.js';

/** What a worker learnt by asking the courier about one intercept. Everything in it is written in one transaction. */
export interface Report {
  readonly call: {
    readonly kind: Exclude<AttemptKind, 'send'>;
    readonly record: AttemptRecord;
    readonly startedAt: Date;
  } | null;
  readonly look: {
    readonly result: LookResult;
    readonly error: string | null;
    readonly sightings: readonly Sighting[];
  } | null;
  /** Steps to take one after the other; empty: nothing moved. */
  readonly steps: readonly Omit<StepToTake, 'actor'>[];
  /** What the lost send turned out to be, if this settles it. */
  readonly settle: 'accepted' | 'refused' | 'absent' | null;
  /** When to ask again if the row stays where it is. */
  readonly nextAt: Date;
  /** Since when the courier says "no record"; null clears it. */
  readonly absentSince: Date | null;
  /** The wish to cancel has been answered. */
  readonly cancelAnswered: boolean;
  /** What a person is asked once about an accepted order that stays where it is. */
  readonly question?: Reason | null;
}

/**
 * Writes a report about the row as it was read (`asked`). If somebody moved the row meanwhile, what was seen of the
 * parcel is kept and judged, but no step is taken: it was decided on facts that are gone.
 */
export function recordReport(
  db: Database,
  env: JudgeEnv,
  asked: Intercept,
  report: Report,
  now: Date,
): Promise<Intercept | null> {
  return db.transaction(async (tx) => {
    await lockParcel(tx, asked.parcelId);
    const row = await lockIntercept(tx, asked.id);
    if (!row) return null;
    const { call, look } = report;
    if (call) await recordCall(tx, row, call.kind, call.record, call.startedAt, now);
    if (look) {
      await addSightings(tx, row.parcelId, look.sightings, now);
      await recordLook(tx, row.parcelId, look, now);
    }
    let at = row;
    if (row.version === asked.version) {
      if (report.settle) await settleLostSend(tx, row.id, report.settle);
      const steps = (await lostTooOften(tx, row.id, report)) ? GIVE_UP : report.steps;
      for (const step of steps) at = await move(tx, at, { ...step, actor: 'courier' }, now);
      if (report.question && at.state === 'accepted') await askOnce(tx, at, report.question, now);
      if (report.steps.length === 0) {
        await tx.run(
          `UPDATE intercept SET next_at = ?, dispatched_at = NULL, absent_since = ?, cancel_reason = IF(?, NULL, cancel_reason)
           WHERE id = ? AND version = ?`,
          [report.nextAt, report.absentSince, report.cancelAnswered, row.id, row.version],
        );
      }
    }
    if (!look && report.steps.length === 0) return at;
    return (await judgeIn(tx, env, row.parcelId, 'system', now)) ?? at;
  });
}

/** So many sends of one order that never arrived are no accident: perhaps it is the order that kills its worker (F10). */
const MOST_LOST_SENDS = 5;
const GIVE_UP: Report['steps'] = [{ event: 'give_up', reason: 'answer_never_proved' }];

async function lostTooOften(tx: Sql, interceptId: string, report: Report): Promise<boolean> {
  if (!report.steps.some(({ event }) => event === 'prove_absent')) return false;
  const lost = await tx.rows<{ n: number }>(
    "SELECT COUNT(*) AS n FROM attempt WHERE intercept_id = ? AND kind = 'send' AND outcome = 'absent'",
    [interceptId],
  );
  return (lost[0]?.n ?? 0) >= MOST_LOST_SENDS;
}
