import type { FaultKind } from '../carrier/fault.js';
import type { RefundOrder, RejectCause } from '../platform/refund.js';
import type { Reason } from '../reasons.js';
import type { RefundDecision } from '../refund/case.js';
import { decideRefund } from '../refund/decide.js';
import type { RefundOperation } from '../refund/machine.js';
import { LOST_FIRST_MS, nextReadMs, readBack, YES_FIRST_MS } from '../refund/read-back.js';
import type { Database, Sql } from './database.js';
import { openRefundFile, type RefundEnv, type RefundFile } from './refund-case-store.js';
import { lockRefundsOf, moveRefund, openRefund, type RefundRow } from './refund-store.js';

/** A case that waits without a date is looked at again this often, ms: for facts that nobody announces. */
const LOOK_AGAIN_MS = 10 * 60_000;
/** A question to somebody outside is asked again this much later when it was not answered, ms. */
export const AGAIN_MS = 15_000;

/** A decision whose turn has come. */
export interface DueRefund {
  readonly id: string;
  readonly afterSaleId: string;
}

/** A call that may leave now: claimed and committed before any byte does. */
export interface RefundClaim {
  readonly row: RefundRow;
  readonly order: RefundOrder;
  readonly operation: RefundOperation;
  readonly cause: RejectCause | null;
}

/** What one look at a case came to. */
export type RefundTurn =
  | { readonly next: 'nothing' }
  | { readonly next: 'look'; readonly at: 'after_sale' | 'road'; readonly file: RefundFile }
  | { readonly next: 'call'; readonly claim: RefundClaim };

const NOTHING: RefundTurn = { next: 'nothing' };
const later = (now: Date, ms: number) => new Date(now.getTime() + ms);

async function rest(tx: Sql, row: RefundRow, until: Date | null, now: Date): Promise<void> {
  const soon = later(now, LOOK_AGAIN_MS);
  const at = until !== null && until < soon && until > now ? until : soon;
  await tx.run('UPDATE refund_action SET next_at = ? WHERE id = ? AND version = ?', [at, row.id, row.version]);
}

async function claim(
  tx: Sql,
  file: RefundFile,
  act: Extract<RefundDecision, { do: 'act' }>,
  leaseMs: number,
  now: Date,
): Promise<RefundTurn> {
  const { agree, afterSale } = file;
  let row = agree;
  if (act.operation === 'reject') {
    const { afterSaleId, shopId, platform, interceptId, orderId } = agree;
    const fresh = { afterSaleId, shopId, platform, interceptId, orderId, amountFen: act.amountFen };
    await openRefund(tx, { ...fresh, operation: 'reject', reason: 'refund_lost_way' }, 'system', now);
    const made = (await lockRefundsOf(tx, afterSaleId)).find(({ operation }) => operation === 'reject');
    if (made?.state !== 'waiting') return NOTHING;
    row = made;
    await rest(tx, agree, null, now);
  }
  const order = {
    afterSaleId: afterSale.afterSaleId,
    orderId: file.case.afterSale.orderId ?? null,
    amountFen: act.amountFen,
    version: act.version,
  };
  const claimed = await moveRefund(tx, row, { event: 'claim', reason: 'refund_sending', actor: 'system' }, now, {
    amount_fen: act.amountFen,
    platform_version: act.version,
    called_at: now,
    tries: row.tries + 1,
    raw_code: null,
    raw_text: null,
  });
  await tx.run('UPDATE refund_action SET lease_until = NOW(3) + INTERVAL ? MICROSECOND, next_at = ? WHERE id = ?', [
    leaseMs * 1_000,
    later(now, leaseMs),
    row.id,
  ]);
  return { next: 'call', claim: { row: claimed, order, operation: act.operation, cause: act.cause } };
}

async function carryOut(
  tx: Sql,
  file: RefundFile,
  decision: RefundDecision,
  leaseMs: number | null,
  now: Date,
): Promise<RefundTurn> {
  const row = file.agree;
  const take = (event: 'rewait' | 'hand_over' | 'drop' | 'revive', reason: Reason, ask = false) =>
    moveRefund(tx, row, { event, reason, actor: 'system', ask }, now, { next_at: later(now, LOOK_AGAIN_MS) });
  switch (decision.do) {
    case 'look':
      // Should the look fail or its process die, the case is due again by itself.
      await rest(tx, row, later(now, AGAIN_MS), now);
      return { next: 'look', at: decision.at, file };
    case 'act':
      if (leaseMs !== null) return claim(tx, file, decision, leaseMs, now);
      await rest(tx, row, later(now, AGAIN_MS), now);
      return NOTHING;
    case 'drop':
      await take('drop', decision.reason);
      return NOTHING;
    case 'hand_over':
      await take('hand_over', decision.reason);
      return NOTHING;
    case 'wait': {
      const same = row.reason === decision.reason;
      const at = same ? row : await take('rewait', decision.reason, decision.ask === true);
      await rest(tx, at, decision.until, now);
      return NOTHING;
    }
    default:
      return decision satisfies never;
  }
}

/** Turns the case of an after-sale by one: waits, asks, drops, wants a look, or claims the one call. */
async function turnWaiting(tx: Sql, file: RefundFile, leaseMs: number | null, now: Date): Promise<RefundTurn> {
  const decision = decideRefund(file.case);
  if (file.agree.state === 'waiting') return carryOut(tx, file, decision, leaseMs, now);
  if (file.agree.state === 'asked') {
    // It stays with the person (R63), unless there is nothing left to decide.
    if (decision.do === 'drop') return carryOut(tx, file, decision, leaseMs, now);
    await rest(tx, file.agree, null, now);
    return NOTHING;
  }
  // The buyer applied again, say. What a person settled stays settled.
  const settled = file.agree.calledAt !== null || file.agree.reason === 'refund_done_by_hand';
  if (!settled && decision.do !== 'drop') {
    const row = await moveRefund(tx, file.agree, { event: 'revive', reason: 'refund_waits', actor: 'system' }, now, {
      next_at: now,
    });
    return carryOut(tx, { ...file, agree: row }, decision, leaseMs, now);
  }
  await tx.run('UPDATE refund_action SET next_at = NULL WHERE id = ?', [file.agree.id]);
  return NOTHING;
}

/** What the platform shows of a decision that was sent, and what a person is told when it shows nothing for too long. */
async function turnSent(tx: Sql, file: RefundFile, row: RefundRow, now: Date): Promise<RefundTurn> {
  const step = readBack(row, file.case.afterSale, file.afterSale.knownAt, now);
  if (step === 'look') {
    const askedForMs = now.getTime() - (row.calledAt ?? row.updatedAt).getTime();
    await rest(tx, row, later(now, nextReadMs(askedForMs)), now);
    return { next: 'look', at: 'after_sale', file };
  }
  const changes = step.event === 'confirm' ? { confirmed_at: now } : {};
  const moved = await moveRefund(tx, row, { ...step, actor: 'platform', ask: step.event === 'doubt' }, now, changes);
  if (step.event === 'doubt') await rest(tx, moved, null, now);
  return NOTHING;
}

/**
 * One turn of one decision in a transaction of its own, everything it is made from locked. A caller that is told to look
 * looks outside, and turns again; one that is told to call must call, and record what came of it. `maySend` false: no call
 * is claimed (SAFE_MODE).
 */
export function turnRefund(
  db: Database,
  env: RefundEnv,
  due: DueRefund,
  leaseMs: number,
  now: Date,
  maySend = true,
): Promise<RefundTurn> {
  return db.transaction(async (tx) => {
    const file = await openRefundFile(tx, env, due.afterSaleId, now);
    if (!file) {
      await tx.run('UPDATE refund_action SET next_at = ? WHERE id = ?', [later(now, LOOK_AGAIN_MS), due.id]);
      return NOTHING;
    }
    const row = file.reject?.id === due.id ? file.reject : file.agree;
    switch (row.state) {
      case 'started':
        return loseLease(tx, row, now);
      case 'acknowledged':
      case 'unknown':
        return turnSent(tx, file, row, now);
      case 'confirmed':
        await tx.run('UPDATE refund_action SET next_at = NULL WHERE id = ?', [row.id]);
        return NOTHING;
      default:
        if (row.operation === 'agree') return turnWaiting(tx, file, maySend ? leaseMs : null, now);
        // A rejection that never left, or that a person has: the case itself decides what comes next.
        await tx.run('UPDATE refund_action SET next_at = NULL WHERE id = ?', [row.id]);
        return NOTHING;
    }
  });
}

/** Whoever claimed it died or froze: bytes may have left, so it is read back and never sent again. */
async function loseLease(tx: Sql, row: RefundRow, now: Date): Promise<RefundTurn> {
  const expired = await tx.rows('SELECT 1 FROM refund_action WHERE id = ? AND lease_until < NOW(3)', [row.id]);
  if (expired.length === 0) {
    await tx.run('UPDATE refund_action SET next_at = ? WHERE id = ?', [later(now, 1_000), row.id]);
    return NOTHING;
  }
  await moveRefund(tx, row, { event: 'lose_answer', reason: 'refund_unproved', actor: 'system' }, now, {
    next_at: now,
  });
  return NOTHING;
}

/** Faults after which the platform is known to have done nothing. */
export const NEVER_LEFT = ['not_sent', 'throttled', 'unavailable', 'credentials'] as const satisfies FaultKind[];
type NeverLeft = (typeof NEVER_LEFT)[number];

/** What came of a call: an answer, or a fault typed by whether bytes may have left. */
export type RefundOutcome =
  | { readonly kind: 'done' | 'refused'; readonly rawCode: string; readonly rawText: string }
  | { readonly kind: Exclude<FaultKind, NeverLeft>; readonly rawCode: string | null; readonly rawText: string }
  | { readonly kind: NeverLeft; readonly rawCode: string | null; readonly rawText: string; readonly againMs: number };

/**
 * The outcome of a claimed call, in one transaction. A claim whose lease ran out meanwhile is `unknown` by now: a late yes
 * still counts, a late "nothing left" does not, because somebody may have read it back already.
 */
export function recordRefund(db: Database, claimed: RefundClaim, outcome: RefundOutcome, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const rows = await lockRefundsOf(tx, claimed.row.afterSaleId);
    const row = rows.find(({ id }) => id === claimed.row.id);
    if (!row || (row.state !== 'started' && row.state !== 'unknown') || row.tries !== claimed.row.tries + 1)
      return false;
    const raw = { raw_code: outcome.rawCode?.slice(0, 64) ?? null, raw_text: outcome.rawText.slice(0, 500) };
    const take = (event: 'acknowledge' | 'refuse' | 'not_sent' | 'lose_answer', reason: Reason) => ({
      event,
      reason,
      actor: 'platform',
      note: outcome.rawText === '' ? null : outcome.rawText.slice(0, 500),
    });
    if (outcome.kind === 'done') {
      const reason = row.operation === 'reject' ? 'refund_rejecting' : 'refund_acknowledged';
      const soon = later(now, YES_FIRST_MS);
      await moveRefund(tx, row, take('acknowledge', reason), now, { ...raw, acknowledged_at: now, next_at: soon });
      return true;
    }
    if (outcome.kind === 'refused' || outcome.kind === 'bad_request') {
      // It says that it did nothing: a person may have it sent once more.
      const soon = later(now, AGAIN_MS);
      await moveRefund(tx, row, take('refuse', 'refund_refused'), now, { ...raw, called_at: null, next_at: soon });
      return true;
    }
    if (row.state === 'unknown') return false;
    if ('againMs' in outcome) {
      const again = later(now, outcome.againMs);
      await moveRefund(tx, row, take('not_sent', 'refund_not_sent'), now, { ...raw, called_at: null, next_at: again });
      return true;
    }
    const soon = later(now, LOST_FIRST_MS);
    await moveRefund(tx, row, take('lose_answer', 'refund_unproved'), now, { ...raw, next_at: soon });
    return true;
  });
}
