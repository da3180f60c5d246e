import type { Redis } from 'ioredis';
import type { CarrierBook } from '../domain/carrier/book.js';
import { laneIdOf } from '../domain/ids.js';
import { limiterKey } from '../domain/intercept/lane-rate.js';
import { laneAccounts } from '../domain/settings/lanes.js';
import type { Settings } from '../domain/settings/settings.js';
import type { Database } from '../domain/store/database.js';
import { noteSlowness } from '../domain/store/slowness-store.js';

export interface SlownessDeps {
  readonly db: Database;
  readonly redis: Redis;
  readonly settings: () => Settings;
  readonly book: CarrierBook;
}

/**
 * Keeps with the lanes how much their limiters were slowed, because couriers said "too fast". The dispatcher and the
 * figures of lanes read it there: a lane that goes slower can send less before the same deadline.
 */
export async function noteSlownesses(deps: SlownessDeps): Promise<void> {
  for (const { carrier, id } of laneAccounts(deps.settings(), deps.book)) {
    const laneId = laneIdOf(carrier, id);
    const [slow, slowedAt] = await deps.redis.hmget(limiterKey(laneId, 'orders'), 'slow', 'slowed_at');
    if (slow && slowedAt) await noteSlowness(deps.db, laneId, Number(slow), new Date(Number(slowedAt) / 1_000));
  }
}
