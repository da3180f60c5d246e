import { MOST_CLAIM_FEN } from '../claims/amount.js';
import { type ClaimEvent, type ClaimPersonStep, claimStep } from '../claims/machine.js';
import { newId } from '../ids.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';
import type { JudgeEnv } from './judgement.js';
import { type ClaimChanges, type LossClaim, lockClaim, moveClaim } from './loss-claim-store.js';

/** Why a step of a person was refused. */
export type ClaimRefusal =
  | 'not_found'
  | 'claim_not_open'
  | 'claim_amount_needed'
  | 'claim_amount_too_high'
  | 'payment_too_high'
  | 'payment_changed'
  | 'payment_unknown'
  | 'payment_reversed';

export type ClaimResult =
  | { readonly ok: true; readonly repeated: boolean }
  | { readonly ok: false; readonly why: ClaimRefusal };

const DONE = { ok: true, repeated: false } as const;
const REPEATED = { ok: true, repeated: true } as const;
const no = (why: ClaimRefusal): ClaimResult => ({ ok: false, why });

export interface ClaimPerson {
  readonly actor: string;
  /** The caller's shops; null: all. */
  readonly shops: readonly string[] | null;
  readonly note: string | null;
}

export interface ClaimOrder extends ClaimPerson {
  readonly id: string;
  readonly step: ClaimPersonStep;
  /** `file`: what is claimed, where it differs from the draft; `accept`: what the courier will pay. Fen. */
  readonly amountFen: number | null;
  /** The courier's number of the claim. */
  readonly reference: string | null;
}

const shown = ({ state, kind, amountFen, acceptedFen, paidFen, version }: LossClaim) => ({
  state,
  kind,
  amountFen,
  acceptedFen,
  paidFen,
  version,
});

/** Runs `work` on the claim under its lock and writes its entry in the audit, before and after. */
function onClaim(
  db: Database,
  id: string,
  who: ClaimPerson,
  action: string,
  now: Date,
  work: (tx: Sql, claim: LossClaim) => Promise<ClaimResult>,
): Promise<ClaimResult> {
  return db.transaction(async (tx) => {
    const claim = await lockClaim(tx, id);
    if (!claim || (who.shops !== null && !who.shops.includes(claim.shopId))) return no('not_found');
    const result = await work(tx, claim);
    if (!result.ok || result.repeated) return result;
    const after = await lockClaim(tx, id);
    const detail = { before: shown(claim), after: after && shown(after), note: who.note };
    await appendAudit(tx, { at: now, actor: who.actor, action, subject: id, detail });
    return result;
  });
}

/** What may be claimed at most, fen: the goods' real value, at most 1000.00 (R33). */
const mostOf = ({ valueFen }: LossClaim) => Math.min(valueFen ?? MOST_CLAIM_FEN, MOST_CLAIM_FEN);

function changesOf(
  claim: LossClaim,
  { step, amountFen, reference, note }: ClaimOrder,
  now: Date,
): ClaimChanges | ClaimRefusal {
  switch (step) {
    case 'file': {
      const asked = amountFen ?? claim.amountFen;
      if (asked === null) return 'claim_amount_needed';
      if (asked > mostOf(claim)) return 'claim_amount_too_high';
      return { amount_fen: asked, filed_at: now, ...(reference === null ? {} : { reference }) };
    }
    case 'accept': {
      const agreed = amountFen ?? claim.amountFen;
      if (agreed === null) return 'claim_amount_needed';
      if (agreed > MOST_CLAIM_FEN) return 'claim_amount_too_high';
      return { accepted_fen: agreed, answer: note, answered_at: now };
    }
    case 'reject':
      return { answer: note, answered_at: now };
    case 'drop':
      return {};
  }
}

/** Files a claim, records the courier's answer, or gives it up. The same step again, with nothing changed, is a repeat. */
export function takeClaimStep(db: Database, env: JudgeEnv, order: ClaimOrder, now: Date): Promise<ClaimResult> {
  const { step, actor, note } = order;
  return onClaim(db, order.id, order, `claim_${step}`, now, async (tx, claim) => {
    if (claimStep(claim.state, step) === null) return claim.state === ENDS[step] ? REPEATED : no('claim_not_open');
    // Money that came in already is not given up by a word of the courier's.
    if (step === 'reject' && claim.paidFen > 0) return no('claim_not_open');
    const changes = changesOf(claim, order, now);
    if (typeof changes === 'string') return no(changes);
    await moveClaim(tx, env, claim, { event: step, actor, note }, now, changes);
    return DONE;
  });
}

const ENDS = { file: 'filed', accept: 'accepted', reject: 'rejected', drop: 'dropped' } as const;

export interface ClaimPayment extends ClaimPerson {
  readonly claimId: string;
  /** The number of the transfer; the same again is the same money. */
  readonly reference: string;
  readonly amountFen: number;
  readonly receivedAt: Date;
}

interface Entry {
  readonly id: string;
  readonly amountFen: number;
  readonly reversedBy: string | null;
}

async function entryOf(tx: Sql, claimId: string, reference: string): Promise<Entry | null> {
  const rows = await tx.rows<Entry>(
    `SELECT e.id, e.amount_fen AS amountFen, r.id AS reversedBy FROM claim_entry e
     LEFT JOIN claim_entry r ON r.reverses_id = e.id WHERE e.claim_id = ? AND e.reference = ?`,
    [claimId, reference],
  );
  return rows[0] ?? null;
}

async function post(
  tx: Sql,
  claimId: string,
  entry: {
    kind: 'payment' | 'reversal';
    amountFen: number;
    reference: string | null;
    reverses: string | null;
    at: Date;
  },
  actor: string,
  now: Date,
): Promise<void> {
  const { kind, amountFen, reference, reverses, at } = entry;
  await tx.run(
    `INSERT INTO claim_entry (id, claim_id, seq, kind, amount_fen, reference, reverses_id, received_at, actor, posted_at)
     SELECT ?, ?, COALESCE(MAX(seq), 0) + 1, ?, ?, ?, ?, ?, ?, ? FROM claim_entry WHERE claim_id = ?`,
    [newId(), claimId, kind, amountFen, reference, reverses, at, actor, now, claimId],
  );
}

/** Books money that a courier paid for an accepted claim, once a transfer; what makes it whole ends it. */
export function bookPayment(db: Database, env: JudgeEnv, payment: ClaimPayment, now: Date): Promise<ClaimResult> {
  const { claimId, reference, amountFen, receivedAt, actor, note } = payment;
  return onClaim(db, claimId, payment, 'claim_payment', now, async (tx, claim) => {
    const there = await entryOf(tx, claimId, reference);
    if (there?.reversedBy) return no('payment_reversed');
    if (there) return there.amountFen === amountFen ? REPEATED : no('payment_changed');
    if (claim.state !== 'accepted') return no('claim_not_open');
    const paidFen = claim.paidFen + amountFen;
    const agreed = claim.acceptedFen ?? 0;
    if (paidFen > agreed) return no('payment_too_high');
    await post(tx, claimId, { kind: 'payment', amountFen, reference, reverses: null, at: receivedAt }, actor, now);
    const event: ClaimEvent = paidFen === agreed ? 'pay' : 'receive';
    await moveClaim(tx, env, claim, { event, actor, note }, now, { paid_fen: paidFen });
    return DONE;
  });
}

/** Takes a booking back that was a mistake: an entry of its own, the first one stays. */
export function reversePayment(
  db: Database,
  env: JudgeEnv,
  order: ClaimPerson & { readonly claimId: string; readonly reference: string },
  now: Date,
): Promise<ClaimResult> {
  const { claimId, reference, actor, note } = order;
  return onClaim(db, claimId, order, 'claim_reversal', now, async (tx, claim) => {
    const there = await entryOf(tx, claimId, reference);
    if (!there) return no('payment_unknown');
    if (there.reversedBy) return REPEATED;
    if (claimStep(claim.state, 'reverse') === null) return no('claim_not_open');
    const { id, amountFen } = there;
    await post(tx, claimId, { kind: 'reversal', amountFen, reference: null, reverses: id, at: now }, actor, now);
    await moveClaim(tx, env, claim, { event: 'reverse', actor, note }, now, { paid_fen: claim.paidFen - amountFen });
    return DONE;
  });
}
