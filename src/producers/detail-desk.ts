import { Gatherer } from '../domain/gatherer.js';
import { type AfterSaleRow, findAfterSales } from '../domain/store/after-sale-store.js';
import type { Database } from '../domain/store/database.js';
import { type GivenDetail, takeDetails } from '../domain/store/detail-store.js';
import type { HandOver } from '../domain/store/hand-over.js';
import { orAlone } from '../domain/store/or-alone.js';

/** More reads a batch gain little and hold their locks longer; the second goes on while one waits for a lock. */
const BATCHES = { most: 25, sideBySide: 2 } as const;

/**
 * Where the detail reads of one process meet the database: what they look up and take in at the same moment shares its
 * statements and its commit. What cannot be taken in together is taken in alone.
 */
export class DetailDesk {
  private readonly rows: Gatherer<string, AfterSaleRow | null>;
  private readonly taken: Gatherer<GivenDetail, null>;

  constructor(
    private readonly db: Database,
    private readonly handOver: HandOver,
    private readonly now: () => Date,
  ) {
    this.rows = new Gatherer(async (ids) => {
      const rows = await findAfterSales(db, ids);
      return ids.map((id) => rows.get(id) ?? null);
    }, BATCHES);
    this.taken = new Gatherer((given) => this.takeIn(given), BATCHES);
  }

  /** The after-sale as it is now; null: it is gone. */
  read(id: string): Promise<AfterSaleRow | null> {
    return this.rows.add(id);
  }

  /** Takes a detail in, with its parcels judged and what that makes ready handed over. */
  async take(given: GivenDetail): Promise<void> {
    await orAlone<unknown>(this.taken.add(given), () => this.takeIn([given]));
  }

  private async takeIn(given: readonly GivenDetail[]): Promise<null[]> {
    const { env, onReady } = this.handOver;
    await onReady(await takeDetails(this.db, env(), given, this.now()));
    return given.map(() => null);
  }
}
