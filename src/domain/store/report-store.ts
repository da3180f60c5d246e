import type { Intercept } from '../intercept/intercept.js';
import type { Reason } from '../reasons.js';
import type { LookResult, Sighting } from '../tracking/sighting.js';
import { type AttemptKind, type AttemptRecord, recordCall, settleLostSend } from './attempt-store.js';
import type { Database, Sql } from './database.js';
import { assignEach, each } from './each.js';
import { lockIntercepts, move, type StepToTake } from './intercept-store.js';
import { type JudgeEnv, judgeAll } from './judgement.js';
import { addSightings, lockParcels, recordLooks } from './parcel-store.js';
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

/** A report about a row as it was read when its question was asked. */
export interface GivenReport {
  readonly asked: Intercept;
  readonly report: Report;
}

/**
 * Writes reports about rows as they were read (`asked`), in one transaction. If somebody moved a row meanwhile, what was seen
 * of its parcel is kept and judged, but no step is taken: it was decided on facts that are gone. Returns the rows as they
 * are now, in the order given; null: it is gone. No intercept may be given twice.
 */
export function recordReports(
  db: Database,
  env: JudgeEnv,
  given: readonly GivenReport[],
  now: Date,
): Promise<(Intercept | null)[]> {
  return db.transaction(async (tx) => {
    await lockParcels(
      tx,
      given.map(({ asked }) => asked.parcelId),
      'wait',
    );
    const rows = await lockIntercepts(
      tx,
      given.map(({ asked }) => asked.id),
    );
    const there = given.flatMap(({ asked, report }) => {
      const row = rows.get(asked.id);
      return row ? [{ row, asked, report }] : [];
    });
    for (const { row, report } of there) {
      if (report.call) await recordCall(tx, row, report.call.kind, report.call.record, report.call.startedAt, now);
    }
    await keepLooks(tx, there, now);
    const asAsked = there.filter(({ row, asked }) => row.version === asked.version);
    await putOff(
      tx,
      asAsked.filter(({ report }) => report.steps.length === 0),
    );
    const at = new Map(rows);
    for (const { row, report } of asAsked) at.set(row.id, await takeSteps(tx, row, report, now));
    const seen = there.filter(({ report }) => report.look || report.steps.length > 0).map(({ row }) => row.parcelId);
    const judged = seen.length > 0 ? await judgeAll(tx, env, seen, 'system', now) : new Map<string, Intercept>();
    return given.map(({ asked }) => judged.get(asked.parcelId) ?? at.get(asked.id) ?? null);
  });
}

interface Kept extends GivenReport {
  readonly row: Intercept;
}

async function keepLooks(tx: Sql, reports: readonly Kept[], now: Date): Promise<void> {
  const looks = reports.flatMap(({ row, report: { look } }) => (look ? [{ parcelId: row.parcelId, look }] : []));
  await addSightings(
    tx,
    looks.flatMap(({ parcelId, look }) => look.sightings.map((sighting) => ({ parcelId, sighting }))),
    now,
    now,
  );
  await recordLooks(tx, looks, now);
}

/** Nothing moved: when to ask again. */
async function putOff(tx: Sql, quiet: readonly Kept[]): Promise<void> {
  if (quiet.length === 0) return;
  const assigned = assignEach(
    'id',
    quiet.map(({ row, report }) => ({
      id: row.id,
      columns: {
        next_at: report.nextAt,
        absent_since: report.absentSince,
        cancel_reason: report.cancelAnswered ? null : row.cancelReason,
        dispatched_at: null,
      },
    })),
  );
  const version = each(
    'id',
    quiet.map(({ row }) => [row.id, row.version]),
  );
  await tx.run(`UPDATE intercept SET ${assigned.sql} WHERE id IN (?) AND version = ${version.sql}`, [
    ...assigned.values,
    quiet.map(({ row }) => row.id),
    ...version.values,
  ]);
}

/** What the answer leads to, for a row that is as it was when it was asked. */
async function takeSteps(tx: Sql, row: Intercept, report: Report, now: Date): Promise<Intercept> {
  if (report.settle) await settleLostSend(tx, row.id, report.settle);
  const steps = (await lostTooOften(tx, row.id, report)) ? GIVE_UP : report.steps;
  let at = row;
  for (const step of steps) at = await move(tx, at, { ...step, actor: 'courier' }, now);
  if (report.question && at.state === 'accepted') await askOnce(tx, at, report.question, now);
  return at;
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
