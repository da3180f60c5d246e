import { laneCarrier, newId } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import { type InterceptEvent, type InterceptState, isFinal } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import { settleLostSend } from './claim-store.js';
import type { Database, Sql } from './database.js';
import { findIntercept, lockIntercept, move } from './intercept-store.js';
import { type JudgeEnv, judgeIn } from './judgement.js';
import { lockParcel } from './parcel-store.js';
import { everStopped } from './round-store.js';

/** Why a person's step cannot be taken now. Stable codes; the API turns them into 404 and 409. */
export type Refusal =
  | 'not_found'
  | 'answer_awaited'
  | 'already_stopped'
  | 'already_ended'
  | 'not_in_review'
  | 'stopped_before'
  | 'nothing_to_retry';

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
  db: Database,
  env: JudgeEnv,
  id: string,
  who: { readonly actor: string; readonly note: string | null },
  now: Date,
): Promise<ActionOutcome> {
  return onRow(db, id, async (tx, row) => {
    const step = (event: InterceptEvent, reason: Reason) => move(tx, row, { event, reason, ...who }, now);
    switch (row.state) {
      case 'held':
      case 'queued':
      case 'needs_review':
        return { ok: true, row: await step('withdraw', 'withdrawn_by_person') };
      case 'submitting':
      case 'uncertain':
      case 'accepted': {
        if (row.state === 'accepted' && !env.book.manifest(laneCarrier(row) ?? row.carrier)?.capabilities.cancel) {
          return { ok: true, row: await step('hand_over', 'cannot_recall') };
        }
        await tx.run(
          `UPDATE intercept SET cancel_reason = 'withdrawn_by_person', next_at = IF(state = 'accepted', ?, next_at) WHERE id = ?`,
          [now, row.id],
        );
        return { ok: true, row };
      }
      case 'intercepted':
      case 'returned':
        return no('already_stopped');
      default:
        return no('already_ended');
    }
  });
}

/**
 * A person lets an intercept go again: a held one is judged with its modes and approvals answered, an ended one gets a
 * new round with a new request id. Never after a stop that took, never while an order may be on its way.
 */
export function retry(db: Transactions, env: JudgeEnv, id: string, actor: string, now: Date): Promise<ActionOutcome> {
  return onRow(db, id, async (tx, row) => {
    if (row.state === 'submitting' || row.state === 'uncertain' || row.state === 'accepted')
      return no('answer_awaited');
    if (row.state === 'intercepted' || row.state === 'returned') return no('already_stopped');
    if (row.state === 'needs_review') return no('not_in_review');
    if (isFinal(row.state) && (await everStopped(tx, row.parcelId))) return no('stopped_before');
    const again = await judgeIn(tx, env, row.parcelId, actor, now, { by: actor });
    if (!again || (again.id === row.id && again.version === row.version && isFinal(row.state)))
      return no('nothing_to_retry');
    return { ok: true, row: again };
  });
}

export const RESOLUTIONS = [
  'release',
  'asked_outside',
  'intercepted',
  'returned',
  'delivered',
  'lost',
  'give_up',
] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** What each outcome means as a step of the machine (contract section 5). */
const STEPS = {
  asked_outside: { event: 'asked_outside', reason: 'asked_elsewhere' },
  intercepted: { event: 'stop', reason: 'courier_stopped' },
  returned: { event: 'return', reason: 'returned' },
  delivered: { event: 'find_delivered', reason: 'delivered' },
  lost: { event: 'stop', reason: 'parcel_lost' },
  give_up: { event: 'expire', reason: 'given_up' },
} as const satisfies Record<Exclude<Resolution, 'release'>, { event: InterceptEvent; reason: Reason }>;

/** Outcomes that a person may state before we have sent anything (R71). */
const BEFORE_SENDING: ReadonlySet<Resolution> = new Set(['asked_outside', 'give_up']);

function allowed(state: InterceptState, outcome: Resolution): boolean {
  if (state === 'needs_review') return true;
  return (state === 'held' || state === 'queued') && BEFORE_SENDING.has(outcome);
}

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
    if (!allowed(row.state, what.outcome)) return no(isFinal(row.state) ? 'already_ended' : 'not_in_review');
    if (what.outcome === 'release') {
      // A parcel that was stopped, or whose order stands at the courier, is never sent again.
      if (await everStopped(tx, row.parcelId)) return no('stopped_before');
      if (await orderStands(tx, row.id)) return no('answer_awaited');
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
    if (what.outcome === 'lost') await openClaim(tx, row.id, now);
    return { ok: true, row: resolved };
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

/** The courier took the parcel and lost it: it owes its value, at most 1000.00 (R33). One claim a kind and intercept. */
async function openClaim(tx: Sql, interceptId: string, now: Date): Promise<void> {
  await tx.run(
    `INSERT INTO claim (id, intercept_id, kind, state, created_at, updated_at)
     SELECT ?, ?, 'lost', 'open', ?, ? FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM claim c WHERE c.intercept_id = ? AND c.kind = 'lost')`,
    [newId(), interceptId, now, now, interceptId],
  );
}
