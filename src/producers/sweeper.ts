import type { Intercept } from '../domain/intercept/intercept.js';
import { readyOf } from '../domain/intercept/ready.js';
import { expiredLeases, giveUpLease } from '../domain/store/claim-store.js';
import type { Database } from '../domain/store/database.js';
import type { HandOver } from '../domain/store/hand-over.js';
import { judgeParcel, judgeTogether } from '../domain/store/judgement.js';
import { halfOpenBreakers } from '../domain/store/lane-store.js';
import { orAlone } from '../domain/store/or-alone.js';
import { parcelsToJudge, putOffJudgements } from '../domain/store/parcel-store.js';
import {
  askForContents,
  dropOld,
  giveUpUnproved,
  handOverOverdue,
  parcelsHeldByPolicy,
  parcelsPastDeadline,
} from '../domain/store/sweep-store.js';

const PAGE = 200;
/** Parcels judged in one transaction: few enough that those who claim them hardly wait for it. */
const TOGETHER = 25;
/** Transactions that run at once: each waits mostly for the database, and commits share a flush. */
const SIDE_BY_SIDE = 2;
/** A parcel whose judgement failed is judged again this much later, so that it cannot keep the others waiting. */
const FAILED_AGAIN_MS = 5_000;

export interface SweepDeps {
  readonly db: Database;
  readonly handOver: HandOver;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/**
 * Judges these parcels, some in one transaction: they share its statements and its flush. Those of one that failed are judged
 * one by one, so that one that cannot be judged does not hold up the others.
 */
export async function judgeParcels(deps: SweepDeps, parcels: readonly string[]): Promise<void> {
  const left = [...parcels];
  const { env, onReady } = deps.handOver;
  const judgeNext = async (): Promise<void> => {
    for (let page = left.splice(0, TOGETHER); page.length > 0; page = left.splice(0, TOGETHER)) {
      const these = page;
      const now = deps.now();
      const judged = await orAlone(judgeTogether(deps.db, env(), these, now), () => judgeOneByOne(deps, these, now));
      await onReady(readyOf(judged, now));
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, judgeNext));
}

async function judgeOneByOne(deps: SweepDeps, parcels: readonly string[], now: Date): Promise<readonly Intercept[]> {
  const judged: Intercept[] = [];
  for (const parcel of parcels) {
    try {
      const row = await judgeParcel(deps.db, deps.handOver.env(), parcel, 'system', now);
      if (row) judged.push(row);
    } catch (error) {
      deps.log('parcel.judge_failed', { parcel, why: error instanceof Error ? error.message : String(error) });
      await putOffJudgements(deps.db, [parcel], new Date(now.getTime() + FAILED_AGAIN_MS)).catch(() => undefined);
    }
  }
  return judged;
}

/** Judges parcels whose facts changed `olderThanMs` ago or more and that nobody has judged since. Returns how many. */
export async function judgeOwed(deps: SweepDeps, olderThanMs: number): Promise<number> {
  const owed = await parcelsToJudge(deps.db, new Date(deps.now().getTime() - olderThanMs), PAGE);
  await judgeParcels(deps, owed);
  return owed.length;
}

/**
 * One sweep: whatever a crash or a lost message left behind is picked up here, by rows in MySQL alone. Any number of sweepers
 * may run; each step is a compare-and-set or locks what it moves. true: there may be more.
 */
export async function sweep(deps: SweepDeps): Promise<boolean> {
  await halfOpenBreakers(deps.db, deps.now());
  const expired = await expiredLeases(deps.db, PAGE);
  for (const claim of expired) {
    if (await giveUpLease(deps.db, claim, deps.now())) deps.log('lease.expired', { id: claim.id });
  }
  const owed = await judgeOwed(deps, 1_000);
  return [expired.length, owed].includes(PAGE);
}

/**
 * What the passing of time does: deadlines, holds of policies, answers that were never proved, contents that nobody supplied.
 * It looks through what is held, so it runs more seldom than `sweep`; nothing is sent after its deadline whether it ran or
 * not (store/claim-store.ts). true: there may be more.
 */
export async function watchClocks(deps: SweepDeps): Promise<boolean> {
  const now = deps.now();
  const late = await parcelsPastDeadline(deps.db, now, PAGE);
  await judgeParcels(deps, [...late, ...(await parcelsHeldByPolicy(deps.db, now, PAGE))]);
  const unproved = await giveUpUnproved(deps.db, now, PAGE);
  await askForContents(deps.db, now, PAGE);
  await dropOld(deps.db, now);
  return [late.length, unproved].includes(PAGE);
}

/** Orders without an end after days. It looks through all that is followed, so it runs seldom. true: there may be more. */
export async function watchOutcomes(deps: Pick<SweepDeps, 'db' | 'now'>): Promise<boolean> {
  return (await handOverOverdue(deps.db, deps.now(), PAGE)) === PAGE;
}
