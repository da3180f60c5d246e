import type { ClaimKind } from '../claims/kinds.js';
import type { ClaimEvent, ClaimState } from '../claims/machine.js';
import type { Sql } from './database.js';
import { type Page, startsWith, Where } from './where.js';

/** One claim as it is shown, fen. */
export interface ClaimView {
  readonly id: string;
  readonly interceptId: string;
  readonly parcelId: string;
  readonly kind: ClaimKind;
  readonly state: ClaimState;
  readonly shopId: string;
  readonly carrier: string;
  readonly waybillNo: string;
  readonly valueFen: number | null;
  readonly amountFen: number | null;
  readonly acceptedFen: number | null;
  readonly paidFen: number;
  /** The courier's own number of the claim. */
  readonly reference: string | null;
  readonly answer: string | null;
  readonly dueAt: Date | null;
  readonly filedAt: Date | null;
  readonly answeredAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ClaimFilter {
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
  readonly id?: string | undefined;
  readonly state?: ClaimState | undefined;
  readonly kind?: ClaimKind | undefined;
  readonly shopId?: string | undefined;
  readonly carrier?: string | undefined;
  readonly q?: string | undefined;
  /** Waiting for somebody past its time. */
  readonly overdueAt?: Date | undefined;
}

function matching(filter: ClaimFilter): Where {
  const where = new Where()
    .andIf(filter.id, 'c.id = ?')
    .andIf(filter.state, 'c.state = ?')
    .andIf(filter.kind, 'c.kind = ?')
    .andIf(filter.shopId, 'c.shop_id = ?')
    .andIf(filter.carrier, 'c.carrier = ?')
    .andIf(filter.q === undefined ? undefined : startsWith(filter.q), 'c.waybill_no LIKE ?')
    .andIf(filter.overdueAt, 'c.due_at <= ?');
  // A claim is the shop's whose intercept it is: it is its money.
  if (filter.shops) where.andIn('c.shop_id', filter.shops);
  return where;
}

/** One page of claims, newest first. */
export function listClaims(sql: Sql, filter: ClaimFilter, page: Page): Promise<ClaimView[]> {
  const where = matching(filter).andIf(page.beforeId ?? undefined, 'c.id < ?');
  return sql.rows<ClaimView>(
    `SELECT c.id, c.intercept_id AS interceptId, c.parcel_id AS parcelId, c.kind, c.state, c.shop_id AS shopId, c.carrier,
       c.waybill_no AS waybillNo, c.value_fen AS valueFen, c.amount_fen AS amountFen, c.accepted_fen AS acceptedFen,
       c.paid_fen AS paidFen, c.reference, c.answer, c.due_at AS dueAt, c.filed_at AS filedAt,
       c.answered_at AS answeredAt, c.created_at AS createdAt, c.updated_at AS updatedAt
     FROM claim c ${where.sql} ORDER BY c.id DESC LIMIT ?`,
    [...where.values, page.limit],
  );
}

/** How many claims are in each state and what they come to, fen. */
export interface ClaimSum {
  readonly state: ClaimState;
  readonly count: number;
  readonly amountFen: number;
  readonly acceptedFen: number;
  readonly paidFen: number;
}

export function claimSums(sql: Sql, filter: ClaimFilter): Promise<ClaimSum[]> {
  const where = matching(filter);
  return sql.rows<ClaimSum>(
    `SELECT c.state, COUNT(*) AS count, CAST(COALESCE(SUM(c.amount_fen), 0) AS SIGNED) AS amountFen,
       CAST(COALESCE(SUM(c.accepted_fen), 0) AS SIGNED) AS acceptedFen, CAST(COALESCE(SUM(c.paid_fen), 0) AS SIGNED) AS paidFen
     FROM claim c ${where.sql} GROUP BY c.state`,
    where.values,
  );
}

export interface ClaimStepView {
  readonly at: Date;
  readonly version: number;
  readonly from: ClaimState | null;
  readonly event: ClaimEvent | 'open';
  readonly to: ClaimState;
  readonly actor: string;
  readonly note: string | null;
}

/** Money received, or a booking taken back, fen. */
export interface ClaimEntryView {
  readonly id: string;
  readonly kind: 'payment' | 'reversal';
  readonly amountFen: number;
  readonly reference: string | null;
  readonly reversesId: string | null;
  readonly receivedAt: Date;
  readonly actor: string;
  readonly postedAt: Date;
}

/** Every step of a claim and every entry of its ledger, oldest first. */
export async function claimHistory(
  sql: Sql,
  claimId: string,
): Promise<{ readonly steps: readonly ClaimStepView[]; readonly entries: readonly ClaimEntryView[] }> {
  const steps = await sql.rows<ClaimStepView>(
    `SELECT at, version, from_state AS \`from\`, event, to_state AS \`to\`, actor, note FROM claim_step
     WHERE claim_id = ? ORDER BY version`,
    [claimId],
  );
  const entries = await sql.rows<ClaimEntryView>(
    `SELECT id, kind, amount_fen AS amountFen, reference, reverses_id AS reversesId, received_at AS receivedAt, actor,
       posted_at AS postedAt FROM claim_entry WHERE claim_id = ? ORDER BY seq`,
    [claimId],
  );
  return { steps, entries };
}

/** What a courier took: the order as the pack shows it. */
export interface ClaimedOrder {
  readonly requestId: string;
  readonly accountId: string | null;
  readonly carrierRef: string | null;
  readonly acceptedAt: Date | null;
}

export async function claimedOrder(sql: Sql, interceptId: string): Promise<ClaimedOrder | null> {
  const rows = await sql.rows<ClaimedOrder>(
    `SELECT i.request_id AS requestId, i.account_id AS accountId, i.carrier_ref AS carrierRef, i.accepted_at AS acceptedAt
     FROM intercept i WHERE i.id = ?`,
    [interceptId],
  );
  return rows[0] ?? null;
}
