import { failpoint } from '../domain/failpoint.js';
import { grouped } from '../domain/grouped.js';
import { MARGIN_MS } from '../domain/intercept/in-time.js';
import type { Intercept } from '../domain/intercept/intercept.js';
import type { Queues } from './queues.js';

/** How long what a filling found is relied on, ms: after that the next row waits for a filling, which looks again. */
const RELY_MS = 1_000;

export interface QuietLanesDeps {
  readonly queues: Pick<Queues, 'addToLane'>;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** What a filling left of a lane. */
export interface LeftQuiet {
  /** Rows that may go before the next filling. */
  readonly rows: number;
  /** How long the last of them waits for its turn, ms. */
  readonly behindMs: number;
}

/**
 * The short way into Redis. A filling that left a lane with nothing waiting and its window less than half full says so here;
 * for a moment, rows that are opened for the lane are then marked as handed over in the very transaction that opens them, and their
 * jobs added after its commit (design.md step 4). There is nothing to choose among one row. Whatever is not quiet, or would be
 * late behind what may be ahead, waits for a filling as ever. Each process has its own; several together hand over half of
 * a window each at the most.
 */
export class QuietLanes {
  private readonly quiet = new Map<string, LeftQuiet & { readonly until: number }>();

  constructor(private readonly deps: QuietLanesDeps) {}

  /** A filling of this lane ended and left so much. */
  learn(laneId: string, left: LeftQuiet): void {
    this.quiet.set(laneId, { ...left, until: performance.now() + RELY_MS });
  }

  /** This lane sends nothing for now. */
  close(laneId: string): void {
    this.quiet.delete(laneId);
  }

  /** Takes one of the places that are left; false: there is none that does. A place whose row comes to nothing stays taken. */
  readonly take = (laneId: string, deadlineAt: Date): boolean => {
    const left = this.quiet.get(laneId);
    if (left === undefined || left.rows < 1 || left.until < performance.now()) return false;
    if (deadlineAt.getTime() - MARGIN_MS < this.deps.now().getTime() + left.behindMs) return false;
    this.quiet.set(laneId, { ...left, rows: left.rows - 1 });
    return true;
  };

  /**
   * Adds the jobs of rows that were marked; the commit is behind them. Never rejects: what Redis does not take is found missing
   * (dispatch.ts), and until a filling succeeds again everything waits for one.
   */
  async add(rows: readonly Intercept[]): Promise<void> {
    if (rows.length > 0) failpoint('straight.marked');
    for (const [laneId, these] of grouped(rows, (row) => row.laneId ?? '')) {
      try {
        await this.deps.queues.addToLane('intercept', laneId, these, this.deps.now());
      } catch (error) {
        this.quiet.clear();
        this.deps.log('dispatch.not_added', { lane: laneId, rows: these.length, why: String(error) });
      }
    }
  }
}
