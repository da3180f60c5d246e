import type { Intercept } from '../intercept/intercept.js';
import type { Reason } from '../reasons.js';
import type { Database, Sql } from './database.js';
import { type Changes, lockIntercept, move, recordTransition, type StepToTake } from './intercept-store.js';
import { lockParcel } from './parcel-store.js';
import { askOnce } from './task-store.js';

/** The right to send one order once: committed before any byte leaves (design.md step 6). */
export interface Claim {
  readonly row: Intercept;
  readonly attempt: number;
  /** Sends of this intercept before this one whose bytes may have left. */
  readonly earlierSends: number;
}

export type AttemptKind = 'send' | 'query' | 'cancel';
export type AttemptOutcome =
  | 'accepted'
  | 'duplicate'
  | 'refused'
  | 'not_yet'
  | 'not_sent'
  | 'unknown'
  | 'absent'
  | 'answered'
  | 'failed';

/** What is kept of an exchange, masked and bounded by the caller. */
export interface AttemptRecord {
  readonly outcome: AttemptOutcome;
  readonly rawCode: string | null;
  readonly rawText: string | null;
  readonly httpStatus: number | null;
  readonly exchange: string | null;
}

async function nextSeq(tx: Sql, interceptId: string): Promise<number> {
  const rows = await tx.rows<{ n: number }>(
    'SELECT COALESCE(MAX(seq), 0) + 1 AS n FROM attempt WHERE intercept_id = ?',
    [interceptId],
  );
  return rows[0]?.n ?? 1;
}

/**
 * `queued → submitting`, epoch raised, lease taken on database time, attempt row written, in one transaction.
 * null when the row is no longer ours to send: moved, handed over anew, withdrawn, or past its deadline. `judgeFirst`
 * runs in the same transaction before the row is locked: the claim is made on facts that cannot change until it commits.
 */
export function claimForSend(
  db: Database,
  job: { readonly id: string; readonly dispatch: number },
  leaseMs: number,
  now: Date,
  judgeFirst: (tx: Sql) => Promise<unknown> = async () => undefined,
): Promise<Claim | null> {
  return db.transaction(async (tx) => {
    await judgeFirst(tx);
    const row = await lockIntercept(tx, job.id);
    if (row?.state !== 'queued' || row.dispatch !== job.dispatch || row.deadlineAt <= now) return null;
    const before = await tx.rows<{ seq: number; earlier: number }>(
      `SELECT CAST(COALESCE(MAX(seq), 0) AS SIGNED) AS seq, CAST(COALESCE(SUM(kind = 'send'
         AND outcome NOT IN ('not_sent', 'not_yet')), 0) AS SIGNED) AS earlier FROM attempt WHERE intercept_id = ?`,
      [row.id],
    );
    const seq = (before[0]?.seq ?? 0) + 1;
    await tx.run(
      `INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at) VALUES (?, ?, 'send', ?, ?, ?)`,
      [row.id, seq, row.epoch + 1, row.requestId, now],
    );
    const affected = await tx.run(
      `UPDATE intercept SET state = 'submitting', reason = 'sending', rule = NULL, version = version + 1, epoch = epoch + 1,
         tries = tries + 1, dispatched_at = NULL, next_at = NULL, sent_at = COALESCE(sent_at, ?), updated_at = ?,
         lease_until = NOW(3) + INTERVAL ? MICROSECOND
       WHERE id = ? AND state = 'queued' AND version = ?`,
      [now, now, leaseMs * 1_000, row.id, row.version],
    );
    if (affected !== 1) return null;
    const claimed: Intercept = {
      ...row,
      state: 'submitting',
      reason: 'sending',
      version: row.version + 1,
      epoch: row.epoch + 1,
      tries: row.tries + 1,
    };
    await recordTransition(
      tx,
      claimed,
      'queued',
      'submitting',
      { event: 'claim', reason: 'sending', actor: 'system' },
      now,
    );
    return { row: claimed, attempt: seq, earlierSends: before[0]?.earlier ?? 0 };
  });
}

/** Prolongs the lease of a claim that still waits for its slot. false: somebody took the row over, do not send. */
export async function renewLease(db: Database, claim: Claim, leaseMs: number): Promise<boolean> {
  const affected = await db.run(
    `UPDATE intercept SET lease_until = NOW(3) + INTERVAL ? MICROSECOND
     WHERE id = ? AND state = 'submitting' AND epoch = ? AND version = ?`,
    [leaseMs * 1_000, claim.row.id, claim.row.epoch, claim.row.version],
  );
  return affected === 1;
}

async function finishAttempt(
  tx: Sql,
  interceptId: string,
  seq: number,
  record: AttemptRecord,
  now: Date,
): Promise<void> {
  await tx.run(
    `UPDATE attempt SET finished_at = ?, outcome = ?, raw_code = ?, raw_text = ?, http_status = ?, exchange = ?
     WHERE intercept_id = ? AND seq = ? AND (outcome IS NULL OR outcome = 'unknown')`,
    [
      now,
      record.outcome,
      record.rawCode?.slice(0, 64) ?? null,
      record.rawText?.slice(0, 500) ?? null,
      record.httpStatus,
      record.exchange,
      interceptId,
      seq,
    ],
  );
}

/** Records a call that is no claim: a status query, a cancel. */
export async function recordCall(
  tx: Sql,
  row: Intercept,
  kind: Exclude<AttemptKind, 'send'>,
  record: AttemptRecord,
  startedAt: Date,
  now: Date,
): Promise<void> {
  const seq = await nextSeq(tx, row.id);
  await tx.run(
    'INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at) VALUES (?, ?, ?, ?, ?, ?)',
    [row.id, seq, kind, row.epoch, row.requestId, startedAt],
  );
  await finishAttempt(tx, row.id, seq, record, now);
}

/** The answer of a lost send became known: its attempt is settled, which frees the one place for an unresolved send. */
export async function settleLostSend(
  tx: Sql,
  interceptId: string,
  outcome: 'accepted' | 'refused' | 'absent',
): Promise<void> {
  await tx.run(`UPDATE attempt SET outcome = ? WHERE intercept_id = ? AND kind = 'send' AND outcome = 'unknown'`, [
    outcome,
    interceptId,
  ]);
}

export interface Answer {
  readonly record: AttemptRecord;
  readonly step: Omit<StepToTake, 'actor'>;
  readonly changes: Changes;
  /** What a person is asked about an order that was accepted; null: nothing. */
  readonly question?: Reason | null;
}

/**
 * The answer to a claim, in one transaction: attempt, state, transition, fee. A claim whose lease ran out meanwhile is
 * `uncertain` by now; a late answer with the claim's epoch still settles it. Any other owner's row is left alone (I13).
 */
export function recordAnswer(db: Database, claim: Claim, answer: Answer, now: Date): Promise<Intercept | null> {
  return db.transaction(async (tx) => {
    await lockParcel(tx, claim.row.parcelId);
    const row = await lockIntercept(tx, claim.row.id);
    if (!row || row.epoch !== claim.row.epoch) return null;
    await finishAttempt(tx, row.id, claim.attempt, answer.record, now);
    const take = { ...answer.step, actor: 'courier' };
    const answers = take.event === 'accept' || take.event === 'refuse';
    if (row.state === 'submitting' || (row.state === 'uncertain' && answers)) {
      const moved = await move(tx, row, take, now, answer.changes);
      if (answer.question && moved.state === 'accepted') await askOnce(tx, moved, answer.question, now);
      return moved;
    }
    if (row.state === 'uncertain' && (take.event === 'not_sent' || take.event === 'not_yet')) {
      return move(tx, row, { ...take, event: 'prove_absent' }, now, answer.changes);
    }
    return null;
  });
}

/** Claims whose owner died or was stopped: `submitting` past its lease, on database time. */
export async function expiredLeases(db: Database, limit: number): Promise<{ id: string; parcelId: string }[]> {
  return db.rows(
    `SELECT id, parcel_id AS parcelId FROM intercept WHERE state = 'submitting' AND lease_until < NOW(3) LIMIT ?`,
    [limit],
  );
}

/** `submitting → uncertain` for one expired lease: bytes may have left, so the courier is asked, never sent again. */
export function giveUpLease(
  db: Database,
  expired: { id: string; parcelId: string },
  now: Date,
): Promise<Intercept | null> {
  return db.transaction(async (tx) => {
    const held = await tx.rows(
      `SELECT id FROM intercept WHERE id = ? AND state = 'submitting' AND lease_until < NOW(3) FOR UPDATE`,
      [expired.id],
    );
    const row = held.length === 0 ? null : await lockIntercept(tx, expired.id);
    if (!row) return null;
    await tx.run(
      `UPDATE attempt SET outcome = 'unknown' WHERE intercept_id = ? AND kind = 'send' AND outcome IS NULL`,
      [row.id],
    );
    const lost: Reason = 'answer_lost';
    return move(tx, row, { event: 'lose_answer', reason: lost, actor: 'system' }, now);
  });
}
