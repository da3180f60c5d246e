import { newId } from '../ids.js';
import type { Reason } from '../reasons.js';
import { type RefundEvent, type RefundOperation, type RefundState, refundStep } from '../refund/machine.js';
import type { Sql, SqlValue } from './database.js';
import { tell } from './outbox-store.js';
import { settleRefundTask } from './refund-task-store.js';

/** One decision about an after-sale's money, as the database holds it. Times are UTC, money integer fen. */
export interface RefundRow {
  readonly id: string;
  /** Our id of the after-sale, which is one a platform, shop and number. */
  readonly afterSaleId: string;
  readonly operation: RefundOperation;
  readonly state: RefundState;
  readonly reason: Reason;
  readonly shopId: string;
  readonly platform: string;
  /** The intercept that opened it, and its parcel. */
  readonly interceptId: string;
  readonly parcelId: string;
  readonly orderId: string | null;
  /** What the after-sale asked for when this was opened, and what is sent; null: not known then. */
  readonly amountFen: number | null;
  readonly platformVersion: string | null;
  readonly approvedFen: number | null;
  readonly approvedBy: string | null;
  readonly version: number;
  readonly tries: number;
  readonly nextAt: Date | null;
  readonly calledAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly rawCode: string | null;
  readonly rawText: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const REFUND_COLUMNS = `r.id, r.after_sale_id AS afterSaleId, r.operation, r.state, r.reason, r.shop_id AS shopId,
  r.platform, r.intercept_id AS interceptId, i.parcel_id AS parcelId, r.order_id AS orderId, r.amount_fen AS amountFen,
  r.platform_version AS platformVersion, r.approved_fen AS approvedFen, r.approved_by AS approvedBy, r.version, r.tries,
  r.next_at AS nextAt, r.called_at AS calledAt, r.acknowledged_at AS acknowledgedAt, r.confirmed_at AS confirmedAt,
  r.raw_code AS rawCode, r.raw_text AS rawText, r.created_at AS createdAt, r.updated_at AS updatedAt`;

const REFUND_FROM = 'refund_action r JOIN intercept i ON i.id = r.intercept_id';

/** Every decision about one after-sale, locked. The caller holds the after-sale's lock, so nobody adds one meanwhile. */
export function lockRefundsOf(tx: Sql, afterSaleId: string): Promise<RefundRow[]> {
  return tx.rows<RefundRow>(
    `SELECT ${REFUND_COLUMNS} FROM ${REFUND_FROM} WHERE r.after_sale_id = ? ORDER BY r.operation FOR UPDATE`,
    [afterSaleId],
  );
}

/** Columns a step may set beside the state. */
export type RefundChanges = Partial<{
  intercept_id: string;
  order_id: string | null;
  amount_fen: number | null;
  platform_version: string | null;
  approved_fen: number | null;
  approved_by: string;
  tries: number;
  next_at: Date | null;
  called_at: Date | null;
  acknowledged_at: Date;
  confirmed_at: Date;
  raw_code: string | null;
  raw_text: string | null;
}>;

export interface RefundStepToTake {
  readonly event: RefundEvent;
  readonly reason: Reason;
  /** `system`, `platform`, `user:<email>`, `token:<name>`. */
  readonly actor: string;
  readonly note?: string | null;
  /** A person is told though the case goes on. */
  readonly ask?: boolean;
}

/** Somebody else moved the row first: what was decided is decided again on fresh facts. */
class StaleRefund extends Error {
  override readonly name = 'StaleRefund';
}

async function recordStep(
  tx: Sql,
  row: Pick<RefundRow, 'id' | 'version'>,
  from: RefundState | null,
  to: RefundState,
  take: Omit<RefundStepToTake, 'event'> & { readonly event: RefundEvent | 'open' },
  now: Date,
): Promise<void> {
  await tx.run(
    `INSERT INTO refund_step (refund_id, version, from_state, event, to_state, actor, reason, note, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [row.id, row.version, from, take.event, to, take.actor, take.reason, take.note ?? null, now],
  );
}

/**
 * The one writer of a refund's state: compare-and-set on state and version, the step's row, the task and the message that
 * follow from it, in the caller's transaction. A call may leave only from a row that has called nobody: `claim` sets
 * `called_at` where it is null, and only the proof that nothing left clears it.
 */
export async function moveRefund(
  tx: Sql,
  row: RefundRow,
  take: RefundStepToTake,
  now: Date,
  changes: RefundChanges = {},
): Promise<RefundRow> {
  const to = refundStep(row.state, take.event);
  if (to === null) throw new Error(`a refund that is ${row.state} has no ${take.event}`);
  const columns: Record<string, SqlValue> = {
    lease_until: null,
    next_at: null,
    ...(changes as Record<string, SqlValue>),
    state: to,
    reason: take.reason,
    version: row.version + 1,
    updated_at: now,
  };
  const guard = take.event === 'claim' ? ' AND called_at IS NULL' : '';
  const affected = await tx.run(
    `UPDATE refund_action SET ${Object.keys(columns)
      .map((name) => `${name} = ?`)
      .join(', ')} WHERE id = ? AND state = ? AND version = ?${guard}`,
    [...Object.values(columns), row.id, row.state, row.version],
  );
  if (affected !== 1) throw new StaleRefund(`refund ${row.id} is no longer ${row.state} v${row.version}`);
  const moved: RefundRow = { ...row, state: to, reason: take.reason, version: row.version + 1, updatedAt: now };
  await recordStep(tx, moved, row.state, to, take, now);
  await settleRefundTask(tx, moved, take.ask === true || to === 'asked', now);
  await tellRefund(tx, moved, now);
  return moved;
}

/** What outsiders hear of it (contract section 7). */
async function tellRefund(tx: Sql, row: RefundRow, now: Date): Promise<void> {
  if (row.operation !== 'agree' || (row.state !== 'confirmed' && row.state !== 'unknown')) return;
  const numbers = await tx.rows<{ afterSaleId: string; amountFen: number | null }>(
    `SELECT a.after_sale_id AS afterSaleId, r.amount_fen AS amountFen
     FROM refund_action r JOIN after_sale a ON a.id = r.after_sale_id WHERE r.id = ?`,
    [row.id],
  );
  const { id, shopId, platform, interceptId, state } = row;
  const type = state === 'confirmed' ? 'refund.agreed' : 'refund.unknown';
  const data = { id, shopId, platform, interceptId, ...numbers[0], state, reason: row.reason };
  await tell(tx, { type, subjectId: interceptId, data }, now);
}

export interface NewRefund {
  readonly afterSaleId: string;
  readonly operation: RefundOperation;
  readonly shopId: string;
  readonly platform: string;
  readonly interceptId: string;
  readonly orderId: string | null;
  readonly amountFen: number | null;
  readonly reason: Reason;
}

/** Opens a decision, due at once; false: there is one. The caller holds the after-sale's lock; the unique key is the promise. */
export async function openRefund(tx: Sql, fresh: NewRefund, actor: string, now: Date): Promise<boolean> {
  const id = newId();
  const columns: Record<string, SqlValue> = {
    id,
    after_sale_id: fresh.afterSaleId,
    operation: fresh.operation,
    state: 'waiting',
    reason: fresh.reason,
    shop_id: fresh.shopId,
    platform: fresh.platform,
    intercept_id: fresh.interceptId,
    order_id: fresh.orderId,
    amount_fen: fresh.amountFen,
    next_at: now,
    created_at: now,
    updated_at: now,
  };
  const names = Object.keys(columns);
  const made = await tx.run(
    `INSERT INTO refund_action (${names.join(', ')}) SELECT ${names.map(() => '?').join(', ')} FROM DUAL
     WHERE NOT EXISTS (SELECT 1 FROM refund_action r WHERE r.after_sale_id = ? AND r.operation = ?)`,
    [...Object.values(columns), fresh.afterSaleId, fresh.operation],
  );
  if (made === 0) return false;
  const take = { event: 'open', reason: fresh.reason, actor } as const;
  await recordStep(tx, { id, version: 1 }, null, 'waiting', take, now);
  return true;
}
