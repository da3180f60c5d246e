import type { Intercept } from '../intercept/intercept.js';
import type { Reason } from '../reasons.js';
import { attemptsBefore } from './attempt-store.js';
import { gatherCases, type JudgeEnv } from './case-store.js';
import type { Database, Sql } from './database.js';
import { each } from './each.js';
import { lockIntercept, move, recordTransitions, StaleVersion } from './intercept-store.js';
import { staysQueued } from './judgement.js';
import { clearJudgements } from './parcel-store.js';

/** The right to send one order once: committed before any byte leaves (design.md step 6). */
export interface Claim {
  readonly row: Intercept;
  readonly attempt: number;
  /** Sends of this intercept before this one whose bytes may have left. */
  readonly earlierSends: number;
}

/** A job that asks for its row's claim. */
export interface ClaimOrder {
  readonly id: string;
  /** The hand-over that the job stands for: an older one has no right. */
  readonly dispatch: number;
  readonly leaseMs: number;
}

/** Is the row still this job's to send: not moved, handed over anew, withdrawn, or past its deadline? */
function mayClaim(row: Intercept | null | undefined, order: ClaimOrder, now: Date): row is Intercept {
  return row?.state === 'queued' && row.dispatch === order.dispatch && row.deadlineAt > now;
}

/**
 * `queued → submitting`, epoch raised, lease taken on database time, attempt row written, in one transaction.
 * null when the row is no longer ours to send. `judgeFirst` runs in the same transaction before the row is locked: the
 * claim is made on facts that cannot change until it commits.
 */
export function claimForSend(
  db: Database,
  job: Pick<ClaimOrder, 'id' | 'dispatch'>,
  leaseMs: number,
  now: Date,
  judgeFirst: (tx: Sql) => Promise<unknown> = async () => undefined,
): Promise<Claim | null> {
  const order = { ...job, leaseMs };
  return db.transaction(async (tx) => {
    await judgeFirst(tx);
    const row = await lockIntercept(tx, order.id);
    if (!mayClaim(row, order, now)) return null;
    return (await claimIn(tx, [{ row, order }], now))[0] ?? null;
  });
}

/**
 * The claims of many jobs in one commit. Decided for each on fresh facts as `claimForSend` does; a row whose judgement
 * would change anything, or whose parcel somebody else holds, is not touched and comes back as `alone`.
 */
export function claimTogether(
  db: Database,
  env: JudgeEnv,
  orders: readonly (ClaimOrder & { readonly parcelId: string })[],
  now: Date,
): Promise<(Claim | null | 'alone')[]> {
  return db.transaction(async (tx) => {
    const cases = await gatherCases(
      tx,
      env,
      orders.map((order) => order.parcelId),
      now,
      null,
      'skip',
    );
    const mine = orders.flatMap((order) => {
      const facts = cases.get(order.parcelId);
      const row = facts?.newest;
      const ready = facts && row?.id === order.id && mayClaim(row, order, now) && staysQueued(env, facts, row, now);
      return ready ? [{ row, order, judged: facts.parcel.judgeAt !== null }] : [];
    });
    const claims = new Map((await claimIn(tx, mine, now)).map((claim) => [claim.row.id, claim]));
    await clearJudgements(
      tx,
      mine.filter(({ judged }) => judged).map(({ row }) => row.parcelId),
    );
    return orders.map((order) => claims.get(order.id) ?? 'alone');
  });
}

/** Claims locked rows that may be claimed. */
async function claimIn(
  tx: Sql,
  mine: readonly { readonly row: Intercept; readonly order: ClaimOrder }[],
  now: Date,
): Promise<Claim[]> {
  if (mine.length === 0) return [];
  const ids = mine.map(({ row }) => row.id);
  const before = await attemptsBefore(tx, ids);
  const claims = mine.map(({ row }): Claim => {
    const earlier = before.get(row.id);
    return {
      row: {
        ...row,
        state: 'submitting',
        reason: 'sending',
        version: row.version + 1,
        epoch: row.epoch + 1,
        tries: row.tries + 1,
        updatedAt: now,
      },
      attempt: (earlier?.seq ?? 0) + 1,
      earlierSends: earlier?.sends ?? 0,
    };
  });
  await tx.run('INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at) VALUES ?', [
    claims.map(({ row, attempt }) => [row.id, attempt, 'send', row.epoch, row.requestId, now]),
  ]);
  const lease = each(
    'id',
    mine.map(({ row, order }) => [row.id, order.leaseMs * 1_000]),
  );
  const version = each(
    'id',
    mine.map(({ row }) => [row.id, row.version]),
  );
  const affected = await tx.run(
    `UPDATE intercept SET state = 'submitting', reason = 'sending', rule = NULL, version = version + 1, epoch = epoch + 1,
       tries = tries + 1, dispatched_at = NULL, next_at = NULL, sent_at = COALESCE(sent_at, ?), updated_at = ?,
       lease_until = NOW(3) + INTERVAL (${lease.sql}) MICROSECOND
     WHERE id IN (?) AND state = 'queued' AND version = ${version.sql}`,
    [now, now, ...lease.values, ids, ...version.values],
  );
  // They are locked: a row that is not as it was read is a bug, and nothing of this may be kept.
  if (affected !== claims.length) throw new StaleVersion(`not all of ${ids.join()} could be claimed`);
  const take = { event: 'claim', reason: 'sending', actor: 'system' } as const;
  await recordTransitions(
    tx,
    claims.map(({ row }) => ({ row, from: 'queued', take })),
    now,
  );
  return claims;
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
