import { isDifference } from '../returns/states.js';
import { appendAudit } from './audit-store.js';
import type { Database } from './database.js';
import { lockNewestRounds, move } from './intercept-store.js';
import type { JudgeEnv } from './judgement.js';
import { lockParcels } from './parcel-store.js';
import { claimLooseReceipts } from './receipt-store.js';
import { settleReturns } from './return-settle-store.js';
import { lockReturns, type ReturnRow, writeReturn } from './return-store.js';

/** Why a person's step about a return was refused. `number_taken`: another parcel comes back under it. */
export type ReturnRefusal = 'not_found' | 'nothing_to_settle' | 'number_taken';

export type ReturnResult = { readonly ok: true } | { readonly ok: false; readonly why: ReturnRefusal };

const DONE: ReturnResult = { ok: true };
const no = (why: ReturnRefusal): ReturnResult => ({ ok: false, why });

interface Order {
  readonly row: ReturnRow;
  readonly actor: string;
}

/** The parcel comes back under a new number: what is booked under it counts, also what was booked already (cases.md B3). */
export function addReturnNumber(
  db: Database,
  env: JudgeEnv,
  { row, actor, waybillNo }: Order & { readonly waybillNo: string },
  now: Date,
): Promise<ReturnResult> {
  return db.transaction(async (tx) => {
    const made = await tx.run(
      `INSERT INTO return_number (waybill_no, parcel_id, actor, created_at) SELECT ?, ?, ?, ? FROM DUAL
       WHERE NOT EXISTS (SELECT 1 FROM return_number n WHERE n.waybill_no = ?)`,
      [waybillNo, row.parcelId, actor, now, waybillNo],
    );
    if (made === 0) {
      const there = await tx.rows('SELECT 1 FROM return_number WHERE waybill_no = ? AND parcel_id = ?', [
        waybillNo,
        row.parcelId,
      ]);
      return there.length > 0 ? DONE : no('number_taken');
    }
    await appendAudit(tx, { at: now, actor, action: 'return_number', subject: row.id, detail: { waybillNo } });
    await claimLooseReceipts(tx, [waybillNo]);
    await settleReturns(tx, env, row.parcelId, now);
    return DONE;
  });
}

/**
 * A person has cleared a difference up with the warehouse: the return is over as it is, and stays so whatever is booked later
 * (R63). The refund and the claim are decided on their own.
 */
export function settleDifference(
  db: Database,
  { row, actor, note }: Order & { readonly note: string },
  now: Date,
): Promise<ReturnResult> {
  return db.transaction(async (tx) => {
    await lockParcels(tx, [row.parcelId], 'wait');
    const before = (await lockReturns(tx, [row.parcelId])).get(row.parcelId);
    if (before?.state === 'settled') return DONE;
    if (!before || !isDifference(before.state)) return no('nothing_to_settle');
    await writeReturn(tx, before, 'settled', { note }, now);
    const intercept = (await lockNewestRounds(tx, [row.parcelId])).get(row.parcelId);
    if (intercept?.state === 'needs_review' && intercept.rule === 'R75') {
      await move(tx, intercept, { event: 'return', reason: 'returned', rule: 'R75', actor, note }, now);
    }
    const detail = { before: before.state, after: 'settled', note };
    await appendAudit(tx, { at: now, actor, action: 'return_settled', subject: row.id, detail });
    return DONE;
  });
}
