import type { Database } from '../domain/store/database.js';
import { expiredLeases, giveUpLease } from '../domain/store/claim-store.js';
import { type JudgeEnv, judgeParcel } from '../domain/store/judgement.js';
import { halfOpenBreakers } from '../domain/store/lane-store.js';
import { parcelsToJudge } from '../domain/store/parcel-store.js';
import { dropOld, handOverOverdue, parcelsPastDeadline } from '../domain/store/sweep-store.js';

const PAGE = 200;

export interface SweepDeps {
  readonly db: Database;
  readonly env: () => JudgeEnv;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** Judges these parcels, each in a transaction of its own: one that cannot be judged does not hold up the others. */
export async function judgeParcels(deps: SweepDeps, parcels: readonly string[]): Promise<void> {
  for (const parcel of parcels) {
    try {
      await judgeParcel(deps.db, deps.env(), parcel, 'system', deps.now());
    } catch (error) {
      deps.log('parcel.judge_failed', { parcel, why: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Parcels whose facts changed `olderThanMs` ago or more and that nobody has judged since. true: there may be more. */
export async function judgeOwed(deps: SweepDeps, olderThanMs: number): Promise<boolean> {
  const owed = await parcelsToJudge(deps.db, new Date(deps.now().getTime() - olderThanMs), PAGE);
  await judgeParcels(deps, owed);
  return owed.length === PAGE;
}

/**
 * One sweep: whatever a crash, a lost message or the passing of time left behind is picked up here, by rows in MySQL
 * alone. Any number of sweepers may run; each step is a compare-and-set or locks what it moves.
 */
export async function sweep(deps: SweepDeps): Promise<boolean> {
  const now = deps.now();
  await halfOpenBreakers(deps.db, now);
  const expired = await expiredLeases(deps.db, PAGE);
  for (const claim of expired) {
    if (await giveUpLease(deps.db, claim, deps.now())) deps.log('lease.expired', { id: claim.id });
  }
  const late = await parcelsPastDeadline(deps.db, now, PAGE);
  await judgeParcels(deps, late);
  const owed = await judgeOwed(deps, 1_000);
  const overdue = await handOverOverdue(deps.db, now, PAGE);
  await dropOld(deps.db, now);
  return expired.length === PAGE || late.length === PAGE || overdue === PAGE || owed;
}
