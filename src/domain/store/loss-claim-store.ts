import { claimAmountFen, type ValuedLine } from '../claims/amount.js';
import type { ClaimKind } from '../claims/kinds.js';
import { type ClaimEvent, type ClaimState, claimStep } from '../claims/machine.js';
import { claimDueAt, termsOf } from '../claims/terms.js';
import { newId } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import type { EventType } from '../notify/events.js';
import type { Sql, SqlValue } from './database.js';
import type { JudgeEnv } from './judgement.js';
import { tell } from './outbox-store.js';

/** One claim against a courier for lost, damaged or delivered goods (R33, R52), as the database holds it; money in fen. */
export interface LossClaim {
  readonly id: string;
  readonly interceptId: string;
  readonly kind: ClaimKind;
  readonly state: ClaimState;
  readonly shopId: string;
  readonly carrier: string;
  readonly waybillNo: string;
  readonly valueFen: number | null;
  readonly amountFen: number | null;
  readonly acceptedFen: number | null;
  readonly paidFen: number;
  readonly version: number;
}

const COLUMNS = `c.id, c.intercept_id AS interceptId, c.kind, c.state, c.shop_id AS shopId, c.carrier,
  c.waybill_no AS waybillNo, c.value_fen AS valueFen, c.amount_fen AS amountFen, c.accepted_fen AS acceptedFen,
  c.paid_fen AS paidFen, c.version`;

/** One claim, locked; null: there is none of this id. */
export async function lockClaim(tx: Sql, id: string): Promise<LossClaim | null> {
  const rows = await tx.rows<LossClaim>(`SELECT ${COLUMNS} FROM claim c WHERE c.id = ? FOR UPDATE`, [id]);
  return rows[0] ?? null;
}

/** Which of these intercepts have a draft. */
export async function draftedOf(sql: Sql, interceptIds: readonly string[]): Promise<Set<string>> {
  if (interceptIds.length === 0) return new Set();
  const rows = await sql.rows<{ id: string }>(
    "SELECT intercept_id AS id FROM claim WHERE intercept_id IN (?) AND state = 'draft'",
    [interceptIds],
  );
  return new Set(rows.map(({ id }) => id));
}

async function lockClaimOf(tx: Sql, interceptId: string): Promise<LossClaim | null> {
  const rows = await tx.rows<LossClaim>(`SELECT ${COLUMNS} FROM claim c WHERE c.intercept_id = ? FOR UPDATE`, [
    interceptId,
  ]);
  return rows[0] ?? null;
}

/** Columns a step may set beside the state. */
export type ClaimChanges = Partial<{
  kind: ClaimKind;
  value_fen: number | null;
  amount_fen: number | null;
  accepted_fen: number;
  paid_fen: number;
  reference: string | null;
  answer: string | null;
  filed_at: Date;
  answered_at: Date;
}>;

export interface ClaimTake {
  readonly event: ClaimEvent;
  /** `system`, `user:<email>`, `token:<name>`. */
  readonly actor: string;
  readonly note?: string | null;
}

/** Somebody else moved the claim first. */
class StaleClaim extends Error {
  override readonly name = 'StaleClaim';
}

const EVENT_OF = {
  draft: 'claim.found',
  filed: 'claim.filed',
  accepted: 'claim.accepted',
  rejected: 'claim.rejected',
  paid: 'claim.paid',
  dropped: 'claim.dropped',
} as const satisfies Record<ClaimState, EventType>;

async function recordStep(
  tx: Sql,
  claim: LossClaim,
  from: ClaimState | null,
  take: Omit<ClaimTake, 'event'> & { readonly event: ClaimEvent | 'open' },
  now: Date,
): Promise<void> {
  await tx.run(
    'INSERT INTO claim_step (claim_id, version, from_state, event, to_state, actor, note, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    [claim.id, claim.version, from, take.event, claim.state, take.actor, take.note ?? null, now],
  );
  if (from === claim.state) return;
  const { id, interceptId, kind, state, shopId, carrier, waybillNo } = claim;
  const data = { id, interceptId, kind, state, shopId, carrier, waybillNo };
  await tell(tx, { type: EVENT_OF[state], subjectId: interceptId, data }, now);
}

/**
 * The one writer of a claim's state: compare-and-set on state and version, its step and the message that follows, in the
 * caller's transaction. The clock of the new state starts with it. Throws where the machine has no such edge.
 */
export async function moveClaim(
  tx: Sql,
  env: JudgeEnv,
  claim: LossClaim,
  take: ClaimTake,
  now: Date,
  changes: ClaimChanges = {},
): Promise<LossClaim> {
  const to = claimStep(claim.state, take.event);
  if (to === null) throw new Error(`a claim that is ${claim.state} has no ${take.event}`);
  const dueAt = claimDueAt(termsFor(env, claim.carrier), to, now);
  const columns: Record<string, SqlValue> = {
    ...(to === claim.state ? {} : { due_at: dueAt }),
    ...(changes as Record<string, SqlValue>),
    state: to,
    version: claim.version + 1,
    updated_at: now,
  };
  const affected = await tx.run(
    `UPDATE claim SET ${Object.keys(columns)
      .map((name) => `${name} = ?`)
      .join(', ')} WHERE id = ? AND state = ? AND version = ?`,
    [...Object.values(columns), claim.id, claim.state, claim.version],
  );
  if (affected !== 1) throw new StaleClaim(`claim ${claim.id} is no longer ${claim.state} v${claim.version}`);
  const moved = { ...claim, kind: changes.kind ?? claim.kind, state: to, version: claim.version + 1 };
  await recordStep(tx, moved, claim.state, take, now);
  return moved;
}

const termsFor = ({ book }: JudgeEnv, carrier: string) => termsOf(book.manifest(carrier)?.claimTerms);

/** What the system found that a courier owes. `missing`: the pieces it is about; null: the whole parcel. */
export interface FoundClaim {
  readonly intercept: Intercept;
  readonly kind: ClaimKind;
  readonly missing: ReadonlyMap<string, number> | null;
  readonly lines: readonly ValuedLine[];
}

/**
 * Drafts the claim of an intercept, or renews the draft that is there: the goods are claimed for once, whatever happened to
 * them (one claim an intercept). What was filed is left as it was filed.
 */
export async function findClaim(tx: Sql, env: JudgeEnv, found: FoundClaim, now: Date): Promise<void> {
  const { intercept, kind, missing, lines } = found;
  const { valueFen } = intercept;
  const amountFen = claimAmountFen(valueFen, lines, missing);
  const there = await lockClaimOf(tx, intercept.id);
  if (there) {
    if (claimStep(there.state, 'find') === null || (there.state === 'draft' && there.kind === kind)) return;
    const changes = { kind, value_fen: valueFen, amount_fen: amountFen };
    await moveClaim(tx, env, there, { event: 'find', actor: 'system' }, now, changes);
    return;
  }
  const claim: LossClaim = {
    id: newId(),
    interceptId: intercept.id,
    kind,
    state: 'draft',
    shopId: intercept.shopId,
    carrier: intercept.carrier,
    waybillNo: intercept.waybillNo,
    valueFen,
    amountFen,
    acceptedFen: null,
    paidFen: 0,
    version: 1,
  };
  await tx.run(
    `INSERT INTO claim (id, intercept_id, kind, state, parcel_id, shop_id, carrier, waybill_no, value_fen, amount_fen, due_at,
       created_at, updated_at) VALUES (?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      claim.id,
      intercept.id,
      kind,
      intercept.parcelId,
      claim.shopId,
      claim.carrier,
      claim.waybillNo,
      valueFen,
      amountFen,
      claimDueAt(termsFor(env, claim.carrier), 'draft', now),
      now,
      now,
    ],
  );
  await recordStep(tx, claim, null, { event: 'open', actor: 'system' }, now);
}

/** The goods are back: a draft of these kinds goes by itself. What was filed a person takes back. */
export async function dropDraft(
  tx: Sql,
  env: JudgeEnv,
  interceptId: string,
  kinds: readonly ClaimKind[],
  now: Date,
): Promise<void> {
  const claim = await lockClaimOf(tx, interceptId);
  if (claim?.state !== 'draft' || !kinds.includes(claim.kind)) return;
  await moveClaim(tx, env, claim, { event: 'drop', actor: 'system' }, now);
}
