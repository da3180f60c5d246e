import { requestIdOf } from '../ids.js';
import { outcomeDueAt } from '../intercept/deadline.js';
import type { Intercept } from '../intercept/intercept.js';
import { type InterceptEvent, type InterceptState, isFinal, step } from '../intercept/machine.js';
import { holdsLookAfterMs, POLL_FIRST_MS } from '../intercept/timing.js';
import type { Reason } from '../reasons.js';
import type { Sql, SqlValue } from './database.js';
import { settleFee } from './ledger-store.js';
import { tellOutside } from './outbox-store.js';
import { settleTasks } from './task-store.js';

export const INTERCEPT_COLUMNS = `i.id, i.parcel_id AS parcelId, i.round, i.shop_id AS shopId, i.platform, i.carrier,
  i.account_id AS accountId, i.lane_id AS laneId, i.channel, i.waybill_no AS waybillNo, i.origin,
  i.request_id AS requestId, i.carrier_ref AS carrierRef, i.state, i.reason, i.rule, i.value_fen AS valueFen,
  i.policy_id AS policyId, i.released_by AS releasedBy, i.deadline_at AS deadlineAt, i.deadline_source AS deadlineSource,
  i.outcome_due_at AS outcomeDueAt, i.next_at AS nextAt, i.lease_until AS leaseUntil, i.version, i.epoch, i.tries,
  i.dispatch, i.dispatched_at AS dispatchedAt, i.ask_since AS askSince, i.absent_since AS absentSince,
  i.cancel_reason AS cancelReason, i.accepted_at AS acceptedAt, i.created_at AS createdAt, i.updated_at AS updatedAt`;

/** Somebody else moved the row first: what was decided is decided again on fresh facts, never written over. */
export class StaleVersion extends Error {
  override readonly name = 'StaleVersion';
}

/** The machine has no such edge. A caller that gets here did not look first: a bug, never a user's mistake. */
class IllegalStep extends Error {
  override readonly name = 'IllegalStep';
}

export async function findIntercept(sql: Sql, id: string): Promise<Intercept | null> {
  const rows = await sql.rows<Intercept>(`SELECT ${INTERCEPT_COLUMNS} FROM intercept i WHERE i.id = ?`, [id]);
  return rows[0] ?? null;
}

/** The newest round of a parcel, locked until the end of the transaction. */
export async function lockNewestRound(tx: Sql, parcelId: string): Promise<Intercept | null> {
  const rows = await tx.rows<Intercept>(
    `SELECT ${INTERCEPT_COLUMNS} FROM intercept i WHERE i.parcel_id = ? ORDER BY i.round DESC LIMIT 1 FOR UPDATE`,
    [parcelId],
  );
  return rows[0] ?? null;
}

/** One row, locked; null when it is gone. */
export async function lockIntercept(tx: Sql, id: string): Promise<Intercept | null> {
  const rows = await tx.rows<Intercept>(`SELECT ${INTERCEPT_COLUMNS} FROM intercept i WHERE i.id = ? FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

/** Columns a step may set beside the state. */
export type Changes = Partial<{
  next_at: Date | null;
  deadline_at: Date;
  deadline_source: string;
  carrier_ref: string | null;
  decision: string;
  released_by: string;
  account_id: string | null;
  lane_id: string | null;
  value_fen: number | null;
  cancel_reason: string | null;
  origin: string;
  stated_fee_fen: number;
}>;

/** What arriving in a state means for the clocks of the row; `changes` of the caller win. */
function arrival(to: InterceptState, reason: Reason, now: Date): Record<string, SqlValue> {
  const later = (ms: number) => new Date(now.getTime() + ms);
  const cleared = { dispatched_at: null, lease_until: null, next_at: null, ask_since: null, absent_since: null };
  switch (to) {
    case 'queued':
      return { ...cleared, next_at: now, queued_at: now };
    case 'held': {
      const look = holdsLookAfterMs(reason);
      return { ...cleared, next_at: look === null ? null : later(look) };
    }
    case 'uncertain':
      return { ...cleared, next_at: now, ask_since: now };
    case 'accepted':
      return { ...cleared, next_at: later(POLL_FIRST_MS), accepted_at: now, outcome_due_at: outcomeDueAt(to, now) };
    case 'intercepted':
      return { ...cleared, next_at: later(POLL_FIRST_MS), outcome_due_at: outcomeDueAt(to, now) };
    default:
      return isFinal(to) ? { ...cleared, outcome_due_at: null } : cleared;
  }
}

export interface StepToTake {
  readonly event: InterceptEvent;
  readonly reason: Reason;
  readonly rule?: string | null;
  /** `system`, `courier`, `user:<email>`, `token:<name>`. */
  readonly actor: string;
  readonly note?: string | null;
}

/**
 * The one writer of an intercept's state: a compare-and-set on state and version, the transition row, the fee and the
 * tasks that follow from it, all in the caller's transaction. Returns the row as it is now.
 * Throws StaleVersion when somebody was faster, IllegalStep when the machine has no such edge.
 */
export async function move(
  tx: Sql,
  row: Intercept,
  take: StepToTake,
  now: Date,
  changes: Changes = {},
): Promise<Intercept> {
  const next = step(row.state, take.event);
  if (!next.ok) throw new IllegalStep(`${row.state} has no ${take.event}`);
  const columns: Record<string, SqlValue> = {
    ...arrival(next.to, take.reason, now),
    // A wish to cancel that came while the order was on its way is carried out at once.
    ...(next.to === 'accepted' && row.cancelReason ? { next_at: now } : {}),
    ...(changes as Record<string, SqlValue>),
    state: next.to,
    reason: take.reason,
    rule: take.rule ?? null,
    version: row.version + 1,
    updated_at: now,
  };
  const names = Object.keys(columns);
  const affected = await tx.run(
    `UPDATE intercept SET ${names.map((n) => `${n} = ?`).join(', ')} WHERE id = ? AND state = ? AND version = ?`,
    [...Object.values(columns), row.id, row.state, row.version],
  );
  if (affected !== 1) throw new StaleVersion(`intercept ${row.id} is no longer ${row.state} v${row.version}`);
  await recordTransition(tx, { ...row, version: row.version + 1 }, row.state, next.to, take, now);
  await settleFee(tx, row, next.to, now);
  const moved: Intercept = {
    ...row,
    state: next.to,
    reason: take.reason,
    rule: take.rule ?? null,
    version: row.version + 1,
    updatedAt: now,
  };
  await tellOutside(tx, moved, now);
  await settleTasks(tx, row, next.to, take.reason, now);
  return moved;
}

/** Writes the transition row. Used by the writer, by `open` and by the claim, which set other columns. */
export async function recordTransition(
  tx: Sql,
  row: Pick<Intercept, 'id' | 'version' | 'epoch'>,
  from: InterceptState | null,
  to: InterceptState,
  take: Omit<StepToTake, 'event'> & { readonly event: InterceptEvent | 'open' },
  now: Date,
): Promise<void> {
  await tx.run(
    `INSERT INTO transition (intercept_id, version, epoch, from_state, event, to_state, actor, reason, rule, note, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      row.id,
      row.version,
      row.epoch,
      from,
      take.event,
      to,
      take.actor,
      take.reason,
      take.rule ?? null,
      take.note ?? null,
      now,
    ],
  );
}

export interface NewIntercept {
  readonly id: string;
  readonly parcelId: string;
  readonly round: number;
  readonly shopId: string;
  readonly platform: string;
  readonly carrier: string;
  readonly accountId: string | null;
  readonly laneId: string | null;
  readonly channel: string;
  readonly waybillNo: string;
  readonly origin: string;
  readonly state: InterceptState;
  readonly reason: Reason;
  readonly rule: string | null;
  readonly valueFen: number | null;
  readonly decision: string;
  readonly policyId: string | null;
  readonly policyVersion: number | null;
  readonly releasedBy: string | null;
  readonly deadlineAt: Date;
  readonly deadlineSource: string;
}

/** Opens a round. The unique keys refuse a second live intercept of a parcel, whoever tries (I2). */
export async function openIntercept(tx: Sql, fresh: NewIntercept, actor: string, now: Date): Promise<Intercept> {
  const columns: Record<string, SqlValue> = {
    ...arrival(fresh.state, fresh.reason, now),
    id: fresh.id,
    parcel_id: fresh.parcelId,
    round: fresh.round,
    shop_id: fresh.shopId,
    platform: fresh.platform,
    carrier: fresh.carrier,
    account_id: fresh.accountId,
    lane_id: fresh.laneId,
    channel: fresh.channel,
    waybill_no: fresh.waybillNo,
    origin: fresh.origin,
    request_id: requestIdOf(fresh.id, fresh.round),
    state: fresh.state,
    reason: fresh.reason,
    rule: fresh.rule,
    value_fen: fresh.valueFen,
    decision: fresh.decision,
    policy_id: fresh.policyId,
    policy_version: fresh.policyVersion,
    released_by: fresh.releasedBy,
    deadline_at: fresh.deadlineAt,
    deadline_source: fresh.deadlineSource,
    created_at: now,
    updated_at: now,
  };
  await tx.run(`INSERT INTO intercept (${Object.keys(columns).join(', ')}) VALUES (?)`, [Object.values(columns)]);
  const opened = await findIntercept(tx, fresh.id);
  if (!opened) throw new Error(`intercept ${fresh.id} is not there after its insert`);
  const take = { event: 'open', reason: fresh.reason, rule: fresh.rule, actor } as const;
  await recordTransition(tx, opened, null, fresh.state, take, now);
  await tellOutside(tx, opened, now);
  await settleTasks(tx, opened, fresh.state, fresh.reason, now);
  return opened;
}
