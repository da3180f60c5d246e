import type { Intercept } from '../intercept/intercept.js';
import {
  type PersonStep,
  type Resolution,
  refusalOf,
  refusalOfResolution,
  type StepRefusal,
} from '../intercept/person-steps.js';
import { type ActionOutcome, askNow, resolve, retry, stepFacts, type Transactions, withdraw } from './action-store.js';
import { appendAudit } from './audit-store.js';
import type { Sql } from './database.js';
import type { TransitionView } from './history-reader.js';
import { findIntercept, lockIntercept } from './intercept-store.js';
import type { JudgeEnv } from './judgement.js';
import { lockParcel } from './parcel-store.js';

/** What somebody wants done with one intercept. */
export interface StepOrder {
  readonly step: PersonStep;
  readonly id: string;
  /** The version he looked at; null: whatever it is now. */
  readonly version: number | null;
  /** `user:<email>`, `token:<name>`. */
  readonly actor: string;
  /** Why, in his own words; kept with the transition where one is written, and in the audit. */
  readonly note: string | null;
  /** For `resolve`: what is the case. */
  readonly outcome: Resolution | null;
  readonly evidence: string | null;
}

export type StepResult =
  | { readonly ok: true; readonly before: Intercept; readonly row: Intercept }
  | { readonly ok: false; readonly why: StepRefusal | 'not_found' };

function carryOut(db: Transactions, env: JudgeEnv, order: StepOrder, now: Date): Promise<ActionOutcome> {
  const { step, id, actor, note, outcome, evidence } = order;
  switch (step) {
    case 'ask':
      return askNow(db, id, now);
    case 'withdraw':
      return withdraw(db, env, id, { actor, note }, now);
    case 'retry':
      return retry(db, env, id, actor, now);
    case 'resolve':
      if (outcome === null) throw new Error('a resolution without an outcome');
      return resolve(db, env, id, { outcome, evidence, note: note ?? '' }, actor, now);
  }
}

const shown = ({ id, state, reason, version, cancelReason }: Intercept) => ({
  id,
  state,
  reason,
  version,
  cancelReason,
});

/**
 * Takes one step in the caller's transaction and writes who did it, why, and what was there before and after (I22). A row
 * that moved since it was looked at is left alone: the second of two people decides anew.
 */
export async function takeStep(tx: Sql, env: JudgeEnv, order: StepOrder, now: Date): Promise<StepResult> {
  const seen = await findIntercept(tx, order.id);
  if (!seen) return { ok: false, why: 'not_found' };
  await lockParcel(tx, seen.parcelId);
  const before = await lockIntercept(tx, order.id);
  if (!before) return { ok: false, why: 'not_found' };
  const here: Transactions = { transaction: <T>(work: (sql: Sql) => Promise<T>) => work(tx) };
  if (order.version !== null && order.version !== before.version) {
    // What the state forbids says more than that there is a new one.
    const facts = await stepFacts(tx, before);
    const refused = order.outcome === null ? refusalOf(order.step, facts) : refusalOfResolution(order.outcome, facts);
    return { ok: false, why: refused ?? 'moved_on' };
  }
  const outcome = await carryOut(here, env, order, now);
  if (!outcome.ok) return outcome;
  const { step, actor, note, outcome: resolution, evidence } = order;
  const detail = { before: shown(before), after: shown(outcome.row), note, resolution, evidence };
  await appendAudit(tx, { at: now, actor, action: `intercept_${step}`, subject: order.id, detail });
  return { ok: true, before, row: outcome.row };
}

/** The newest step of an intercept: who did what when, for the second of two people (409). */
export async function lastStepOf(sql: Sql, interceptId: string): Promise<TransitionView | null> {
  const rows = await sql.rows<TransitionView>(
    `SELECT version, from_state AS \`from\`, event, to_state AS \`to\`, actor, reason, rule, note, at
     FROM transition WHERE intercept_id = ? ORDER BY version DESC LIMIT 1`,
    [interceptId],
  );
  return rows[0] ?? null;
}
