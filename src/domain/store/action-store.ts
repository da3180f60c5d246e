import { laneCarrier } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import { type InterceptEvent, isFinal, mayHaveLeft } from '../intercept/machine.js';
import {
  type Resolution,
  refusalOf,
  refusalOfResolution,
  type StepFacts,
  type StepRefusal,
} from '../intercept/person-steps.js';
import type { Reason } from '../reasons.js';
import { settleLostSend } from './attempt-store.js';
import type { Database, Sql } from './database.js';
import { findIntercept, lockIntercept, move } from './intercept-store.js';
import { type JudgeEnv, judgeIn } from './judgement.js';
import { findClaim } from './loss-claim-store.js';
import { lockParcel } from './parcel-store.js';
import { everStopped } from './round-store.js';

/** Why a person's step was refused; the API turns it into 404 or 409. */
export type Refusal = StepRefusal | 'not_found';

export type ActionOutcome =
  | { readonly ok: true; readonly row: Intercept }
  | { readonly ok: false; readonly why: Refusal };

const no = (why: Refusal): ActionOutcome => ({ ok: false, why });

/** Where a step finds its transaction: the database, or one that the caller has open and writes more in. */
export type Transactions = Pick<Database, 'transaction'>;

/** Locks parcel, then row, and lets `work` take its steps in the same transaction. */
function onRow(
  db: Transactions,
  id: string,
  work: (tx: Sql, row: Intercept) => Promise<ActionOutcome>,
): Promise<ActionOutcome> {
  return db.transaction(async (tx) => {
    const seen = await findIntercept(tx, id);
    if (!seen) return no('not_found');
    await lockParcel(tx, seen.parcelId);
    const row = await lockIntercept(tx, id);
    return row ? work(tx, row) : no('not_found');
  });
}

/**
 * A person or an ERP does not want the stop any more. Before a send it ends at once; after the courier took the order it
 * is asked to cancel, and the row is `withdrawn` only on its confirmation (R80).
 */
export function withdraw(
  db: Transactions,
  env: JudgeEnv,
  id: string,
  who: { readonly actor: string; readonly note: string | null },
  now: Date,
): Promise<ActionOutcome> {
  return onRow(db, id, async (tx, row) => {
    const refused = refusalOf('withdraw', await stepFacts(tx, row));
    if (refused) return no(refused);
    const step = (event: InterceptEvent, reason: Reason) => move(tx, row, { event, reason, ...who }, now);
    if (!mayHaveLeft(row.state)) return { ok: true, row: await step('withdraw', 'withdrawn_by_person') };
    if (row.state === 'accepted' && !env.book.manifest(laneCarrier(row) ?? row.carrier)?.capabilities.cancel) {
      return { ok: true, row: await step('hand_over', 'cannot_recall') };
    }
    await tx.run(
      `UPDATE intercept SET cancel_reason = 'withdrawn_by_person', next_at = IF(state = 'accepted', ?, next_at) WHERE id = ?`,
      [now, row.id],
    );
    return { ok: true, row: { ...row, cancelReason: 'withdrawn_by_person' } };
  });
}

/**
 * A person lets an intercept go again: a held one is judged with its modes and approvals answered, an ended one gets a
 * new round with a new request id. Never after a stop that took, never while an order may be on its way.
 */
export function retry(db: Transactions, env: JudgeEnv, id: string, actor: string, now: Date): Promise<ActionOutcome> {
  return onRow(db, id, async (tx, row) => {
    const refused = refusalOf('retry', await stepFacts(tx, row));
    if (refused) return no(refused);
    const again = await judgeIn(tx, env, row.parcelId, actor, now, { by: actor });
    if (!again || (again.id === row.id && again.version === row.version && isFinal(row.state)))
      return no('nothing_to_retry');
    return { ok: true, row: again };
  });
}

/** What each outcome means as a step of the machine (contract section 5). */
const STEPS = {
  asked_outside: { event: 'asked_outside', reason: 'asked_elsewhere' },
  intercepted: { event: 'stop', reason: 'courier_stopped' },
  returned: { event: 'return', reason: 'returned' },
  delivered: { event: 'find_delivered', reason: 'delivered' },
  lost: { event: 'stop', reason: 'parcel_lost' },
  give_up: { event: 'expire', reason: 'given_up' },
} as const satisfies Record<Exclude<Resolution, 'release'>, { event: InterceptEvent; reason: Reason }>;

/** A person says what became of a parcel that machines could not decide. Same machine, same writer, with name and note. */
export function resolve(
  db: Transactions,
  env: JudgeEnv,
  id: string,
  what: { readonly outcome: Resolution; readonly evidence: string | null; readonly note: string },
  actor: string,
  now: Date,
): Promise<ActionOutcome> {
  const note = [what.note, what.evidence].filter(Boolean).join('\n').slice(0, 2_000);
  return onRow(db, id, async (tx, row) => {
    const refused = refusalOfResolution(what.outcome, await stepFacts(tx, row));
    if (refused) return no(refused);
    if (what.outcome === 'release') {
      await settleLostSend(tx, row.id, 'absent');
      const queued = await move(tx, row, { event: 'release', reason: 'ready', actor, note }, now, {
        released_by: actor,
      });
      return { ok: true, row: (await judgeIn(tx, env, row.parcelId, actor, now, { by: actor })) ?? queued };
    }
    await settleLostSend(tx, row.id, what.outcome === 'give_up' ? 'absent' : 'accepted');
    // What the courier took and what then came back was a stop: its fee is due (R30).
    const tookIt = what.outcome === 'returned' && row.acceptedAt !== null;
    const at = tookIt ? await move(tx, row, { ...STEPS.intercepted, actor, note }, now) : row;
    const resolved = await move(tx, at, { ...STEPS[what.outcome], actor, note }, now);
    if (what.outcome === 'lost') {
      await findClaim(tx, env, { intercept: resolved, kind: 'lost', missing: null, lines: [] }, now);
    }
    return { ok: true, row: resolved };
  });
}

/** What the table of steps needs to know of a row; read under its lock when a step follows. */
export async function stepFacts(
  sql: Sql,
  row: Pick<Intercept, 'id' | 'parcelId' | 'state' | 'reason'>,
): Promise<StepFacts> {
  return {
    state: row.state,
    reason: row.reason,
    stoppedBefore: await everStopped(sql, row.parcelId),
    orderStands: await orderStands(sql, row.id),
  };
}

/**
 * The courier is asked at the next free read instead of at the time that was planned. Nothing here can send; a row that
 * is with a worker already is asked anyway.
 */
export function askNow(db: Transactions, id: string, now: Date): Promise<ActionOutcome> {
  return onRow(db, id, async (tx, row) => {
    const refused = refusalOf('ask', await stepFacts(tx, row));
    if (refused) return no(refused);
    await tx.run('UPDATE intercept SET next_at = ? WHERE id = ? AND version = ? AND dispatched_at IS NULL', [
      now,
      row.id,
      row.version,
    ]);
    return { ok: true, row };
  });
}

/** Did the courier take an order of this intercept, as far as we were told? */
async function orderStands(tx: Sql, interceptId: string): Promise<boolean> {
  const rows = await tx.rows(
    `SELECT 1 FROM attempt WHERE intercept_id = ? AND kind = 'send' AND outcome IN ('accepted', 'duplicate') LIMIT 1`,
    [interceptId],
  );
  return rows.length > 0;
}
