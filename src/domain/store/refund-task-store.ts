import { reasonRow } from '../reasons.js';
import type { Sql } from './database.js';
import { tellTasksClosing } from './outbox-store.js';
import type { RefundRow } from './refund-store.js';
import { openTask } from './task-store.js';

/**
 * Opens the question that a refund asks, and closes it when nothing of its parcel asks any more (R78). A person's answer
 * to it stays: what was done is asked again only for another reason.
 */
export async function settleRefundTask(
  tx: Sql,
  row: Pick<RefundRow, 'id' | 'reason' | 'interceptId' | 'parcelId'>,
  asks: boolean,
  now: Date,
): Promise<void> {
  if (asks && reasonRow(row.reason).task === 'refund') {
    const answered = await tx.rows(
      `SELECT 1 FROM task WHERE intercept_id = ? AND kind = 'refund' AND reason = ? AND state = 'done' LIMIT 1`,
      [row.interceptId, row.reason],
    );
    if (answered.length > 0) return;
    await closeOthers(tx, row, now, row.reason);
    await openTask(tx, { id: row.interceptId, parcelId: row.parcelId }, row.reason, now);
    return;
  }
  const others = await tx.rows(
    `SELECT 1 FROM refund_action r JOIN intercept i ON i.id = r.intercept_id
     WHERE i.parcel_id = ? AND r.id <> ? AND r.state = 'asked' LIMIT 1`,
    [row.parcelId, row.id],
  );
  if (others.length === 0) await closeOthers(tx, row, now, '');
}

async function closeOthers(
  tx: Sql,
  row: Pick<RefundRow, 'interceptId' | 'parcelId'>,
  now: Date,
  except: string,
): Promise<void> {
  const values = [row.parcelId, except];
  await tellTasksClosing(tx, "k.parcel_id = ? AND k.kind = 'refund' AND k.reason <> ?", values, now);
  await tx.run(
    `UPDATE task SET state = 'closed', closed_at = ? WHERE parcel_id = ? AND kind = 'refund' AND state = 'open' AND reason <> ?`,
    [now, ...values],
  );
}
