import type { Intercept } from '../intercept/intercept.js';
import type { Reason } from '../reasons.js';
import { type AttemptRecord, finishAttempts } from './attempt-store.js';
import type { Claim } from './claim-store.js';
import type { Database } from './database.js';
import { type Changes, lockIntercepts, moveAll, type StepToTake } from './intercept-store.js';
import { lockParcels } from './parcel-store.js';
import { askOnce } from './task-store.js';

export interface Answer {
  readonly record: AttemptRecord;
  readonly step: Omit<StepToTake, 'actor'>;
  readonly changes: Changes;
  /** What a person is asked about an order that was accepted; null: nothing. */
  readonly question?: Reason | null;
}

/** One answer as it is given to the books: see `recordAnswers`. */
export interface ClaimAnswer {
  readonly claim: Claim;
  readonly answer: Answer;
}

/** As `recordAnswers`, for one answer. */
export async function recordAnswer(db: Database, claim: Claim, answer: Answer, now: Date): Promise<Intercept | null> {
  const [kept] = await recordAnswers(db, [{ claim, answer }], now);
  return kept ?? null;
}

/**
 * The answers to claims, in one transaction: attempt, state, transition, fee. A claim whose lease ran out meanwhile is
 * `uncertain` by now; a late answer with the claim's epoch still settles it. Any other owner's row is left alone (I13).
 * Returns, in the order given, the rows as they are now; null: the answer moved nothing. No intercept may be given twice.
 */
export function recordAnswers(db: Database, answers: readonly ClaimAnswer[], now: Date): Promise<(Intercept | null)[]> {
  return db.transaction(async (tx) => {
    await lockParcels(
      tx,
      answers.map(({ claim }) => claim.row.parcelId),
      'wait',
    );
    const rows = await lockIntercepts(
      tx,
      answers.map(({ claim }) => claim.row.id),
    );
    const ours = answers.flatMap(({ claim, answer }) => {
      const row = rows.get(claim.row.id);
      return row?.epoch === claim.row.epoch ? [{ row, claim, answer }] : [];
    });
    await finishAttempts(
      tx,
      ours.map(({ row, claim, answer }) => ({ interceptId: row.id, seq: claim.attempt, record: answer.record })),
      now,
    );
    const moves = ours.flatMap(({ row, answer }) => {
      const take = stepFor(row, answer);
      return take ? [{ row, take, changes: answer.changes, question: answer.question ?? null }] : [];
    });
    const moved = new Map((await moveAll(tx, moves, now)).map((row) => [row.id, row]));
    for (const { row, question } of moves) {
      const at = moved.get(row.id);
      if (question && at?.state === 'accepted') await askOnce(tx, at, question, now);
    }
    return answers.map(({ claim }) => moved.get(claim.row.id) ?? null);
  });
}

/** The step that an answer to its own claim takes from where the row is now; null: none. */
function stepFor(row: Intercept, answer: Answer): StepToTake | null {
  const take = { ...answer.step, actor: 'courier' };
  if (row.state === 'submitting') return take;
  if (row.state !== 'uncertain') return null;
  if (take.event === 'accept' || take.event === 'refuse') return take;
  return take.event === 'not_sent' || take.event === 'not_yet' ? { ...take, event: 'prove_absent' } : null;
}
