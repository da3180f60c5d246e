import { newId } from '../ids.js';
import { type CorrectionRefusal, needsSecond } from '../money/correction.js';
import { appendAudit } from './audit-store.js';
import { matchWaybills } from './bill-match-store.js';
import { type Database, isDuplicate, type Sql } from './database.js';
import { type FeeOwner, type NewEntry, post } from './ledger-store.js';

/** Who acts, and whose fees he may touch; null: all. */
export interface Corrector {
  readonly actor: string;
  /** Only people count where two are needed: whoever may make tokens could be both. */
  readonly isPerson: boolean;
  readonly shops: readonly string[] | null;
}

export type CorrectionOutcome =
  | { readonly ok: true; readonly state: 'posted' | 'asked' | 'declined' }
  | { readonly ok: false; readonly why: CorrectionRefusal };

interface Fee extends FeeOwner {
  readonly entryId: string;
  readonly waybillNo: string;
  readonly kind: string;
  readonly amountFen: number;
  readonly tariffFen: number | null;
  readonly invoiceId: string | null;
  readonly reversed: number;
}

const no = (why: CorrectionRefusal) => ({ ok: false, why }) as const;

/** The fee with its intercept's row held, as everybody does who adds to that ledger; null: none of the caller's. */
async function lockFee(tx: Sql, entryId: string, shops: readonly string[] | null): Promise<Fee | null> {
  const [found] = await tx.rows<{ interceptId: string }>(
    'SELECT intercept_id AS interceptId FROM ledger_entry WHERE id = ?',
    [entryId],
  );
  await tx.rows('SELECT 1 FROM intercept WHERE id = ? FOR UPDATE', [found?.interceptId ?? '']);
  const [fee] = await tx.rows<Fee>(
    `SELECT e.id AS entryId, e.kind, e.amount_fen AS amountFen, e.tariff_fen AS tariffFen, e.invoice_id AS invoiceId,
       EXISTS (SELECT 1 FROM ledger_entry r WHERE r.reverses_id = e.id) AS reversed, i.id, i.carrier, i.waybill_no AS waybillNo,
       e.account_id AS accountId, i.lane_id AS laneId, e.shop_id AS shopId
     FROM ledger_entry e JOIN intercept i ON i.id = e.intercept_id WHERE e.id = ?`,
    [entryId],
  );
  return fee && (shops === null || shops.includes(fee.shopId)) ? fee : null;
}

function refusalOf(fee: Fee): CorrectionRefusal | null {
  if (fee.kind !== 'fee' || fee.reversed !== 0) return 'fee_reversed';
  return fee.invoiceId === null ? null : 'fee_invoiced';
}

/** A correction is a reversal and, if anything is due, a fee of the right amount; nothing is ever changed (I6). */
function postCorrection(tx: Sql, fee: Fee, correctionId: string, toFen: number, now: Date): Promise<void> {
  const by = { tariff: null, tariffFen: fee.tariffFen, correctionId } as const;
  const entries: NewEntry[] = [{ kind: 'reversal', amountFen: fee.amountFen, reverses: fee.entryId, ...by }];
  if (toFen > 0) entries.push({ kind: 'fee', amountFen: toFen, reverses: null, ...by });
  return post(
    tx,
    entries.map((entry) => ({ row: fee, entry })),
    now,
  );
}

/** Looks at the parcel's bills again once its ledger has changed. */
async function andMatch(db: Database, done: { outcome: CorrectionOutcome; waybillNo?: string }) {
  if (done.waybillNo !== undefined) await matchWaybills(db, [done.waybillNo]);
  return done.outcome;
}

/**
 * Corrects a fee to `toFen` (0: it is not due), or asks for it where the change is more than one person may decide (R31).
 * Audited with before, after and reason.
 */
export async function correctFee(
  db: Database,
  who: Corrector,
  order: { readonly entryId: string; readonly toFen: number; readonly note: string; readonly limitFen: number },
  now: Date,
): Promise<CorrectionOutcome> {
  const { toFen, note } = order;
  const done = await db.transaction(async (tx) => {
    const fee = await lockFee(tx, order.entryId, who.shops);
    if (!fee) return { outcome: no('not_found') };
    const refused = refusalOf(fee) ?? (fee.amountFen === toFen ? 'same_amount' : null);
    if (refused) return { outcome: no(refused) };
    const asks = needsSecond(fee.amountFen, toFen, order.limitFen);
    if (asks && !who.isPerson) return { outcome: no('person_needed') };
    const id = newId();
    const state = asks ? 'asked' : 'posted';
    const decided = asks ? [null, null] : [who.actor, now];
    try {
      await tx.run(
        `INSERT INTO fee_correction (id, entry_id, intercept_id, from_fen, to_fen, note, state, asked_by, asked_at, decided_by, decided_at)
         VALUES (?)`,
        [[id, fee.entryId, fee.id, fee.amountFen, toFen, note, state, who.actor, now, ...decided]],
      );
    } catch (error) {
      if (isDuplicate(error)) return { outcome: no('correction_open') };
      throw error;
    }
    if (!asks) await postCorrection(tx, fee, id, toFen, now);
    const detail = { interceptId: fee.id, fromFen: fee.amountFen, toFen, note };
    const action = asks ? 'fee.correction_asked' : 'fee.corrected';
    await appendAudit(tx, { at: now, actor: who.actor, action, subject: fee.entryId, detail });
    return { outcome: { ok: true, state } as const, waybillNo: fee.waybillNo };
  });
  return andMatch(db, done);
}

/** A second person posts or declines the correction that was asked for. Whoever asked may decline, never approve. */
export async function decideCorrection(
  db: Database,
  who: Corrector,
  { entryId, approve, note }: { readonly entryId: string; readonly approve: boolean; readonly note: string | null },
  now: Date,
): Promise<CorrectionOutcome> {
  const done = await db.transaction(async (tx) => {
    const fee = await lockFee(tx, entryId, who.shops);
    if (!fee) return { outcome: no('not_found') };
    const [asked] = await tx.rows<{ id: string; toFen: number; askedBy: string }>(
      `SELECT id, to_fen AS toFen, asked_by AS askedBy FROM fee_correction
       WHERE entry_id = ? AND state = 'asked' FOR UPDATE`,
      [entryId],
    );
    if (!asked) return { outcome: no('no_correction_open') };
    if (approve && !who.isPerson) return { outcome: no('person_needed') };
    if (approve && asked.askedBy === who.actor) return { outcome: no('second_person_needed') };
    const refused = approve ? refusalOf(fee) : null;
    if (refused) return { outcome: no(refused) };
    const state = approve ? 'posted' : 'declined';
    await tx.run('UPDATE fee_correction SET state = ?, decided_by = ?, decided_at = ? WHERE id = ?', [
      state,
      who.actor,
      now,
      asked.id,
    ]);
    if (approve) await postCorrection(tx, fee, asked.id, asked.toFen, now);
    const detail = { fromFen: fee.amountFen, toFen: asked.toFen, askedBy: asked.askedBy, note };
    const action = approve ? 'fee.corrected' : 'fee.correction_declined';
    await appendAudit(tx, { at: now, actor: who.actor, action, subject: entryId, detail });
    return { outcome: { ok: true, state } as const, waybillNo: fee.waybillNo };
  });
  return andMatch(db, done);
}
