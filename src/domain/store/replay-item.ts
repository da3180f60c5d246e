import type { Intercept } from '../intercept/intercept.js';
import type { InterceptState } from '../intercept/machine.js';
import { classOf, isReleasable, type ReplayClass } from '../replay/classify.js';
import { type ActionOutcome, type Refusal, resolve, retry } from './action-store.js';
import type { Sql } from './database.js';
import { findIntercept, lockNewestRound } from './intercept-store.js';
import { type JudgeEnv, judgeIn } from './judgement.js';
import { remapParcel } from './remap-store.js';

/** What became of an item: let go, waiting, decided to an end, judged the same again, or not touched and why. */
export type ItemOutcome =
  | 'released'
  | 'waiting'
  | 'ended'
  | 'unchanged'
  | 'superseded'
  | 'failed'
  | Exclude<ReplayClass, 'willSend'>;

export interface ItemResult {
  readonly outcome: ItemOutcome;
  /** The reason of the row as it is then, or why the step was refused. */
  readonly reason: string | null;
  /** The intercept that stands for the parcel now. */
  readonly resultId: string | null;
}

const REACHED: Partial<Record<InterceptState, ItemOutcome>> = {
  queued: 'released',
  held: 'waiting',
  needs_review: 'waiting',
};

const reached = (row: Intercept): ItemResult => ({
  outcome: REACHED[row.state] ?? 'ended',
  reason: row.reason,
  resultId: row.id,
});

const REFUSED: Partial<Record<Refusal, ItemOutcome>> = {
  answer_awaited: 'readBackFirst',
  already_stopped: 'alreadyIntercepted',
  stopped_before: 'alreadyIntercepted',
  nothing_to_retry: 'unchanged',
};

function resultOf(outcome: ActionOutcome, before: Intercept): ItemResult {
  if (outcome.ok) return reached(outcome.row);
  return { outcome: REFUSED[outcome.why] ?? 'other', reason: outcome.why, resultId: before.id };
}

export interface Replayer {
  readonly actor: string;
  readonly name: string;
}

/**
 * Lets one intercept go again in the caller's transaction, with the guards of a person's own retry. What is looked at is
 * the parcel's newest round as it is now, under its right courier; what may be at the courier is left alone.
 */
export async function replayOne(tx: Sql, env: JudgeEnv, id: string, by: Replayer, now: Date): Promise<ItemResult> {
  const asked = await findIntercept(tx, id);
  if (!asked) return { outcome: 'other', reason: 'not_found', resultId: null };
  const parcelId = isReleasable(asked.state, asked.reason) ? await remapParcel(tx, env, asked, now) : asked.parcelId;
  const newest = await lockNewestRound(tx, parcelId);
  if (!newest) {
    const opened = await judgeIn(tx, env, parcelId, by.actor, now, { by: by.actor });
    return opened ? reached(opened) : { outcome: 'unchanged', reason: null, resultId: id };
  }
  if (parcelId === asked.parcelId && newest.id !== asked.id) {
    return { outcome: 'superseded', reason: newest.reason, resultId: newest.id };
  }
  if (!isReleasable(newest.state, newest.reason)) {
    const left = classOf(newest.state, newest.reason);
    return { outcome: left === 'willSend' ? 'other' : left, reason: newest.reason, resultId: newest.id };
  }
  const here = { transaction: <T>(work: (sql: Sql) => Promise<T>) => work(tx) };
  if (newest.state !== 'needs_review') return resultOf(await retry(here, env, newest.id, by.actor, now), newest);
  const release = { outcome: 'release', evidence: null, note: `replay: ${by.name}` } as const;
  return resultOf(await resolve(here, env, newest.id, release, by.actor, now), newest);
}
