import type { Database } from '../domain/store/database.js';
import type { JudgeEnv } from '../domain/store/judgement.js';
import { claimOverdue, followReturns } from '../domain/store/return-follow-store.js';
import { StepFollower } from './step-follower.js';

export interface ReturnDeps {
  readonly db: Database;
  readonly env: () => JudgeEnv;
  readonly now: () => Date;
}

/** Claims drafted in one run. */
const PAGE = 100;

/** Follows the goods: what comes back, what went on to the buyer, what is overdue (R75, R33). */
export class GoodsWatch {
  private readonly steps: StepFollower;

  constructor(settleEveryMs?: number) {
    this.steps = new StepFollower('returns', settleEveryMs);
  }

  /** One run; true: there is more. */
  async run({ db, env, now }: ReturnDeps): Promise<boolean> {
    const at = now();
    const more = await this.steps.follow(db, at, (range) => followReturns(db, env(), range, at));
    return (await claimOverdue(db, env(), at, PAGE)) === PAGE || more;
  }
}
