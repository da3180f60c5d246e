import type { Database } from '../domain/store/database.js';
import { type FollowerName, followCursor, settleFollowCursor } from '../domain/store/follow-store.js';

/** How far one reading of steps came, and whether more is there. */
export interface Followed {
  readonly to: number;
  readonly more: boolean;
}

/** Follows the steps of all intercepts: the newest number read by this process, and when it last read from the cursor again. */
export class StepFollower {
  private head = Number.NaN;
  private againAt = 0;

  constructor(
    private readonly name: FollowerName,
    private readonly againEveryMs = 10_000,
  ) {}

  /** Takes the steps since the last run; `again` runs when everything after the cursor is read once more. true: there is more. */
  async follow(
    db: Database,
    now: Date,
    take: (from: number) => Promise<Followed>,
    again: () => Promise<void> = async () => undefined,
  ): Promise<boolean> {
    const isAgain = Number.isNaN(this.head) || now.getTime() >= this.againAt;
    if (isAgain) {
      this.againAt = now.getTime() + this.againEveryMs;
      this.head = await followCursor(db, this.name, now);
    }
    const from = this.head;
    const { to, more } = await take(from);
    this.head = to;
    if (isAgain) {
      await again();
      if (!more) await settleFollowCursor(db, this.name, from, now);
    }
    return more;
  }
}
