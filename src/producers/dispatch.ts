import type { CarrierBook } from '../domain/carrier/book.js';
import { laneIdOf } from '../domain/ids.js';
import { gapMs } from '../domain/intercept/lane-rate.js';
import { enrichQueueName, laneQueueName } from '../domain/queue-names.js';
import { laneAccounts } from '../domain/settings/lanes.js';
import type { AccountSettings, Settings } from '../domain/settings/settings.js';
import type { Database } from '../domain/store/database.js';
import {
  detailsHanded,
  detailsHandedBefore,
  shopsWithDetails,
  takeDetailsBack,
  takeDetailsForRedis,
} from '../domain/store/detail-dispatch-store.js';
import {
  FULL_ENOUGH,
  handedBefore,
  type LaneQueue,
  takeAllBack,
  takeForRedis,
} from '../domain/store/dispatch-store.js';
import { type LaneState, laneStates } from '../domain/store/lane-store.js';
import { slownessNow } from '../domain/store/slowness-store.js';
import type { Queues } from './queues.js';
import type { QuietLanes } from './quiet-lanes.js';

/** Redis never holds more rows of one queue than this, however fast the lane. */
const WINDOW_MOST = 5_000;
/** Redis never holds more detail reads of one shop: some seconds of what platforms allow. */
const DETAIL_WINDOW = 50;
/** A row that has not moved for this long after its hand-over is looked for in Redis. */
export const MISSING_AFTER_MS = 5_000;

export interface DispatchDeps {
  readonly db: Database;
  readonly queues: Queues;
  readonly settings: () => Settings;
  readonly book: CarrierBook;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** Is told what each filling left. Left out: nobody asks. */
  readonly quiet?: QuietLanes;
}

/** Of a lane without a limit: this many rows for each call that may be under way. More would only have to be taken back. */
const ROWS_A_CALL = 20;

/** How many rows Redis may hold for a lane: enough to keep it busy for two seconds, so that reordering stays cheap. */
export function windowOf(
  account: Pick<AccountSettings, 'concurrency' | 'rateLimit' | 'readRateLimit'>,
  kind: LaneQueue,
): number {
  const limit = kind === 'intercept' ? account.rateLimit : account.readRateLimit;
  const twoSeconds = limit ? Math.ceil((limit.max / limit.perMs) * 2_000) : ROWS_A_CALL * account.concurrency;
  return Math.min(WINDOW_MOST, Math.max(2 * account.concurrency, twoSeconds));
}

/** What a lane's state leaves of its window: nothing while it is paused or open, one to try while it is half open. */
export function windowNow(full: number, state: LaneState | undefined, kind: LaneQueue): number {
  if (state?.breaker === 'open') return 0;
  if (state?.paused && kind === 'intercept') return 0;
  return state?.breaker === 'half_open' ? 1 : full;
}

/** Fills every lane's window once. true: some lane took all it had room for, so there may be more to do. */
export async function fillLanes(deps: DispatchDeps): Promise<boolean> {
  const [known, slowness] = await Promise.all([laneStates(deps.db), slownessNow(deps.db, deps.now())]);
  const states = new Map(known.map((state) => [state.id, state]));
  let more = false;
  for (const account of laneAccounts(deps.settings(), deps.book)) {
    const laneId = laneIdOf(account.carrier, account.id);
    for (const kind of ['intercept', 'probe'] as const) {
      const window = windowNow(windowOf(account, kind), states.get(laneId), kind);
      if (window === 0) {
        deps.quiet?.close(laneId);
        continue;
      }
      const gap = gapMs(account.rateLimit, slowness.get(laneId));
      const perMs = gap > 0 ? 1 / gap : null;
      const { rows, quiet, ahead } = await takeForRedis(deps.db, { laneId, queue: kind, window, perMs }, deps.now());
      if (rows.length > 0) await deps.queues.addToLane(kind, laneId, rows, deps.now());
      if (kind === 'intercept' && quiet !== null) {
        deps.quiet?.learn(laneId, { rows: quiet, behindMs: (ahead + quiet) * gap });
      }
      more ||= rows.length >= window;
    }
  }
  return more;
}

/** Hands the detail reads that are due to their shops' queues. */
export async function fillDetails(deps: DispatchDeps): Promise<boolean> {
  let more = false;
  const due = await shopsWithDetails(deps.db, deps.now());
  if (due.length === 0) return false;
  const handed = await detailsHanded(deps.db);
  for (const shopId of due) {
    const held = handed.get(shopId) ?? 0;
    if (held > DETAIL_WINDOW * FULL_ENOUGH || !deps.settings().shops.get(shopId)?.enabled) continue;
    const rows = await takeDetailsForRedis(deps.db, shopId, DETAIL_WINDOW - held, deps.now());
    if (rows.length === 0) continue;
    await deps.queues.addDetails(shopId, rows);
    more ||= rows.length >= DETAIL_WINDOW;
  }
  return more;
}

/**
 * Finds rows that were handed to Redis and have no job there: after a flush, a restart, a lost add. They are taken back
 * and handed over anew under another number. This is all that the loss of Redis costs.
 */
export async function findMissing(deps: DispatchDeps): Promise<number> {
  const before = new Date(deps.now().getTime() - MISSING_AFTER_MS);
  let found = 0;
  for (const account of laneAccounts(deps.settings(), deps.book)) {
    const laneId = laneIdOf(account.carrier, account.id);
    for (const kind of ['intercept', 'probe'] as const) {
      const handed = await handedBefore(deps.db, laneId, kind, before);
      const missing = await deps.queues.missing(laneQueueName(kind, laneId), 'ic', handed);
      found += await takeAllBack(deps.db, missing);
    }
  }
  const details = await detailsHandedBefore(deps.db, before);
  for (const shopId of new Set(details.map((row) => row.shopId))) {
    const rows = details.filter((row) => row.shopId === shopId);
    found += await takeDetailsBack(deps.db, await deps.queues.missing(enrichQueueName(shopId), 'as', rows));
  }
  if (found > 0) deps.log('dispatch.taken_back', { rows: found });
  return found;
}
