import { grouped } from '../grouped.js';
import { outcomeDueAt } from '../intercept/deadline.js';
import type { Intercept } from '../intercept/intercept.js';
import { type InterceptEvent, type InterceptState, isFinal, step } from '../intercept/machine.js';
import { holdsLookAfterMs, POLL_FIRST_MS } from '../intercept/timing.js';
import type { Reason } from '../reasons.js';
import type { Sql, SqlValue } from './database.js';
import { assignEach, each } from './each.js';
import { settleFees } from './ledger-store.js';
import { tellOutside } from './outbox-store.js';
import { settleTasks } from './task-store.js';

export const INTERCEPT_COLUMNS = `i.id, i.parcel_id AS parcelId, i.round, i.shop_id AS shopId, i.platform, i.carrier,
  i.account_id AS accountId, i.lane_id AS laneId, i.channel, i.waybill_no AS waybillNo, i.origin,
  i.request_id AS requestId, i.carrier_ref AS carrierRef, i.state, i.reason, i.rule, i.value_fen AS valueFen,
  i.stop_chance AS stopChance, i.price_fen AS priceFen, i.policy_id AS policyId, i.released_by AS releasedBy, i.deadline_at AS deadlineAt, i.deadline_source AS deadlineSource,
  i.outcome_due_at AS outcomeDueAt, i.next_at AS nextAt, i.lease_until AS leaseUntil, i.version, i.epoch, i.tries,
  i.dispatch, i.dispatched_at AS dispatchedAt, i.ask_since AS askSince, i.absent_since AS absentSince,
  i.cancel_reason AS cancelReason, i.accepted_at AS acceptedAt, i.created_at AS createdAt, i.updated_at AS updatedAt`;

/** The field of a row that each column is read into. */
const FIELD_OF = new Map(
  INTERCEPT_COLUMNS.split(',').map((part) => {
    const [, column = '', field = column] = /^\s*i\.(\w+)(?: AS (\w+))?\s*$/.exec(part) ?? [];
    return [column, field];
  }),
);

/** What is written into these columns, as the fields of the row that a read would give. */
export function fieldsOf(columns: Readonly<Record<string, SqlValue>>): Partial<Intercept> {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, value]) => {
      const field = FIELD_OF.get(column);
      return field === undefined ? [] : [[field, value]];
    }),
  ) as Partial<Intercept>;
}

/** Somebody else moved the row first: what was decided is decided again on fresh facts, never written over. */
export class StaleVersion extends Error {
  override readonly name = 'StaleVersion';
}

/** The machine has no such edge. A caller that gets here did not look first: a bug, never a user's mistake. */
class IllegalStep extends Error {
  override readonly name = 'IllegalStep';
}

export async function findIntercept(sql: Sql, id: string): Promise<Intercept | null> {
  return (await findIntercepts(sql, [id])).get(id) ?? null;
}

/** These rows by id; those that are not there are missing. */
export async function findIntercepts(sql: Sql, ids: readonly string[]): Promise<Map<string, Intercept>> {
  const rows = await sql.rows<Intercept>(`SELECT ${INTERCEPT_COLUMNS} FROM intercept i WHERE i.id IN (?)`, [ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The newest round of a parcel, locked until the end of the transaction. */
export async function lockNewestRound(tx: Sql, parcelId: string): Promise<Intercept | null> {
  return (await lockNewestRounds(tx, [parcelId])).get(parcelId) ?? null;
}

/** The newest round of each of these parcels by parcel, locked; the earlier ones, which are over, are locked with it. */
export async function lockNewestRounds(tx: Sql, parcelIds: readonly string[]): Promise<Map<string, Intercept>> {
  const rows = await tx.rows<Intercept>(
    `SELECT ${INTERCEPT_COLUMNS} FROM intercept i FORCE INDEX (intercept_round) WHERE i.parcel_id IN (?)
     ORDER BY i.parcel_id, i.round FOR UPDATE`,
    [parcelIds],
  );
  return new Map(rows.map((row) => [row.parcelId, row]));
}

/** One row, locked; null when it is gone. */
export async function lockIntercept(tx: Sql, id: string): Promise<Intercept | null> {
  return (await lockIntercepts(tx, [id])).get(id) ?? null;
}

/** Several rows by id, locked in the order of their ids. */
export async function lockIntercepts(tx: Sql, ids: readonly string[]): Promise<Map<string, Intercept>> {
  const rows = await tx.rows<Intercept>(
    `SELECT ${INTERCEPT_COLUMNS} FROM intercept i FORCE INDEX (PRIMARY) WHERE i.id IN (?) ORDER BY i.id FOR UPDATE`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
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
  stop_chance: number;
  price_fen: number | null;
  cancel_reason: string | null;
  origin: string;
  stated_fee_fen: number;
  dispatch: number;
  dispatched_at: Date;
}>;

/** What arriving in a state means for the clocks of the row; `changes` of the caller win. */
export function arrival(to: InterceptState, reason: Reason, now: Date): Record<string, SqlValue> {
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

/** One row and the step that it takes. */
export interface Move {
  readonly row: Intercept;
  readonly take: StepToTake;
  readonly changes?: Changes;
}

/** As `moveAll`, for one row. */
export async function move(
  tx: Sql,
  row: Intercept,
  take: StepToTake,
  now: Date,
  changes: Changes = {},
): Promise<Intercept> {
  const [moved] = await moveAll(tx, [{ row, take, changes }], now);
  if (!moved) throw new Error('one row went in and none came out');
  return moved;
}

/**
 * The one writer of an intercept's state: a compare-and-set on state and version, the transition row, the fee and the
 * tasks that follow from it, all in the caller's transaction. Rows that take the same step share its statements. Returns
 * the rows as they are now, in the order given; no row may be given twice.
 * Throws StaleVersion when somebody was faster at any of them, IllegalStep when the machine has no such edge.
 */
export async function moveAll(tx: Sql, moves: readonly Move[], now: Date): Promise<Intercept[]> {
  const steps = moves.map((one) => ({ ...one, to: arrivesIn(one), columns: columnsOf(one, now) }));
  const alike = grouped(steps, ({ row, columns }) => [row.state, ...Object.keys(columns)].join());
  for (const group of alike.values()) {
    const [first] = group;
    if (!first) continue;
    const assigned = assignEach(
      'id',
      group.map(({ row, columns }) => ({ id: row.id, columns })),
    );
    const version = each(
      'id',
      group.map(({ row }) => [row.id, row.version]),
    );
    const ids = group.map(({ row }) => row.id);
    const affected = await tx.run(
      `UPDATE intercept SET ${assigned.sql}
       WHERE id IN (?) AND state = ? AND version = ${version.sql}`,
      [...assigned.values, ids, first.row.state, ...version.values],
    );
    if (affected !== group.length) throw new StaleVersion(`not all of ${ids.join()} are what they were read as`);
  }
  const moved = steps.map(({ row, take, columns }) => ({
    row: { ...row, ...fieldsOf(columns) },
    from: row.state,
    take,
  }));
  await recordTransitions(tx, moved, now);
  await settleFees(tx, steps, now);
  await tellOutside(
    tx,
    moved.map(({ row }) => row),
    now,
  );
  await settleTasks(
    tx,
    steps.map(({ row, take, to }) => ({ row, to, reason: take.reason })),
    now,
  );
  return moved.map(({ row }) => row);
}

function arrivesIn({ row, take }: Move): InterceptState {
  const next = step(row.state, take.event);
  if (!next.ok) throw new IllegalStep(`${row.state} has no ${take.event}`);
  return next.to;
}

/** What a step writes into its row. */
function columnsOf(one: Move, now: Date): Record<string, SqlValue> {
  const { row, take, changes = {} } = one;
  const to = arrivesIn(one);
  return {
    ...arrival(to, take.reason, now),
    // A wish to cancel that came while the order was on its way is carried out at once.
    ...(to === 'accepted' && row.cancelReason ? { next_at: now } : {}),
    ...(changes as Record<string, SqlValue>),
    state: to,
    reason: take.reason,
    rule: take.rule ?? null,
    version: row.version + 1,
    updated_at: now,
  };
}

/** A step that was taken: the row as it is after it. */
export interface TakenStep {
  readonly row: Pick<Intercept, 'id' | 'version' | 'epoch' | 'state'>;
  readonly from: InterceptState | null;
  readonly take: Omit<StepToTake, 'event'> & { readonly event: InterceptEvent | 'open' };
}

/** Writes the transition rows. Used by the writer, by `open` and by the claim, which set other columns. */
export async function recordTransitions(tx: Sql, steps: readonly TakenStep[], now: Date): Promise<void> {
  if (steps.length === 0) return;
  await tx.run(
    `INSERT INTO transition (intercept_id, version, epoch, from_state, event, to_state, actor, reason, rule, note, at)
     VALUES ?`,
    [
      steps.map(({ row, from, take }) => [
        row.id,
        row.version,
        row.epoch,
        from,
        take.event,
        row.state,
        take.actor,
        take.reason,
        take.rule ?? null,
        take.note ?? null,
        now,
      ]),
    ],
  );
}
