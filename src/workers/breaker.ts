import type { Database } from '../domain/store/database.js';
import { closeBreaker, type LaneState, openBreaker } from '../domain/store/lane-store.js';

/** This many failed calls, about different parcels and with no answer since they began: the courier is taken to be down (case 25). */
const TRIPS_AT = 3;
const FIRST_OPEN_MS = 2_000;
const LONGEST_OPEN_MS = 30_000;
/** Keys that are not accepted are tried again this seldom: the courier may count such tries against the account. */
const LOCKED_OUT_MS = 60_000;

export interface BreakerDeps {
  readonly db: Database;
  /** The lane as the database last said, at most a second old. */
  readonly state: () => LaneState | null;
  readonly onChange: (change: { lane: string; to: 'open' | 'closed'; reason: string }) => void;
  readonly now: () => Date;
}

/**
 * The circuit breaker of one lane, shared over all processes through the lane's row: each process counts its own
 * failures, the first to have enough opens it for everybody, and one success through the half-open door closes it.
 */
export class LaneBreaker {
  private failing = new Set<string>();
  private closing = false;
  /** When a call was last answered, ms of the process's clock. */
  private answeredAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly laneId: string,
    private readonly deps: BreakerDeps,
  ) {}

  /** May a call of this lane start now? Half open: the dispatcher lets only one through at a time. */
  allows(): boolean {
    const state = this.deps.state();
    return state?.breaker !== 'open';
  }

  /** Until when an open breaker turns work away. */
  until(): Date {
    const at = this.deps.state()?.breakerUntil;
    return at ?? new Date(this.deps.now().getTime() + FIRST_OPEN_MS);
  }

  async healthy(): Promise<void> {
    this.failing.clear();
    this.answeredAt = performance.now();
    // One of those that were answered at once is enough: the others would only wait for the lane's row.
    if (this.deps.state()?.breaker !== 'half_open' || this.closing) return;
    this.closing = true;
    try {
      if (await closeBreaker(this.deps.db, this.laneId)) {
        this.deps.onChange({ lane: this.laneId, to: 'closed', reason: 'answered' });
      }
    } finally {
      this.closing = false;
    }
  }

  /**
   * A call about `subject` failed that began at `beganAt` (performance.now()). A courier that answered others meanwhile is not
   * down: one call in ten that fails, or many that run into their time limit at once, must not close the lane to the rest.
   */
  async failed(subject: string, beganAt: number): Promise<void> {
    if (this.answeredAt > beganAt) return;
    this.failing.add(subject);
    const halfOpen = this.deps.state()?.breaker === 'half_open';
    if (!halfOpen && this.failing.size < TRIPS_AT) return;
    const trips = this.deps.state()?.breakerTrips ?? 0;
    await this.open('unavailable', Math.min(LONGEST_OPEN_MS, FIRST_OPEN_MS * 2 ** Math.min(trips, 10)));
  }

  async lockedOut(): Promise<void> {
    await this.open('credentials', LOCKED_OUT_MS);
  }

  private async open(reason: string, forMs: number): Promise<void> {
    this.failing.clear();
    const until = new Date(this.deps.now().getTime() + forMs);
    if (await openBreaker(this.deps.db, this.laneId, reason, until)) {
      this.deps.onChange({ lane: this.laneId, to: 'open', reason });
    }
  }
}
