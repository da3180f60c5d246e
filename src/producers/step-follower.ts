import type { Database } from '../domain/store/database.js';
import {
  type FollowerName,
  followCursor,
  type StepRange,
  settleFollowCursor,
  stepsAfter,
  stepsWithin,
} from '../domain/store/follow-store.js';
import { gapsIn } from './step-gaps.js';

/** Takes one page of steps: how far it came, and whether there is more of the range behind that. */
export type TakeSteps = (range: StepRange) => Promise<{ readonly to: number; readonly more: boolean }>;

/** Numbers read in one run. */
const CHUNK = 1_000;

/**
 * Follows the steps of all intercepts, each once. Numbers are given before their transactions commit, so one may show up after
 * those behind it were read: what is missing below the newest is remembered, and looked for at every run until the cursor has
 * passed it, behind which nothing can come any more. What was read is not read again, however many steps a minute has; a
 * process that starts reads what lies after the cursor.
 */
export class StepFollower {
  /** The newest number that was read. */
  private head: number | null = null;
  /** Numbers below it that were not there when they were last looked for. */
  private gaps: readonly StepRange[] = [];
  private settleAt = 0;

  constructor(
    private readonly name: FollowerName,
    private readonly settleEveryMs = 10_000,
  ) {}

  /** Takes the steps since the last run; `again` runs every `settleEveryMs` besides. true: there is more. */
  async follow(
    db: Database,
    now: Date,
    take: TakeSteps,
    again: () => Promise<void> = async () => undefined,
  ): Promise<boolean> {
    this.head ??= await followCursor(db, this.name, now);
    await this.lookIntoGaps(db, take);
    const there = await stepsAfter(db, this.head, CHUNK);
    const upTo = there.at(-1);
    if (upTo !== undefined) {
      const range = { after: this.head, upTo };
      await takeAll(range, take);
      this.gaps = [...this.gaps, ...gapsIn(range, there)];
      this.head = upTo;
    }
    const isBehind = there.length === CHUNK;
    const isTime = now.getTime() >= this.settleAt;
    if (isTime) {
      this.settleAt = now.getTime() + this.settleEveryMs;
      await again();
    }
    // One that is far behind keeps how far it came, whenever it ends, and forgets what is missing there for good.
    if (isTime || isBehind) {
      const settled = await settleFollowCursor(db, this.name, this.head, now);
      // Each was looked for in this run, when whatever belonged there had long been committed.
      this.gaps = this.gaps.filter((gap) => gap.upTo > settled);
    }
    return isBehind;
  }

  private async lookIntoGaps(db: Database, take: TakeSteps): Promise<void> {
    const came = await stepsWithin(db, this.gaps);
    const left: StepRange[] = [];
    for (const gap of this.gaps) {
      const numbers = came.filter((number) => number > gap.after && number <= gap.upTo);
      if (numbers.length > 0) await takeAll(gap, take);
      left.push(...gapsIn(gap, numbers));
    }
    this.gaps = left;
  }
}

async function takeAll({ after, upTo }: StepRange, take: TakeSteps): Promise<void> {
  for (let from = after; ; ) {
    const { to, more } = await take({ after: from, upTo });
    if (!more) return;
    from = to;
  }
}
