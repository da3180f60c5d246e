import { learnChances } from '../domain/scorecard/learn.js';
import { readEndedOrders, saveChances } from '../domain/store/chance-store.js';
import type { Database } from '../domain/store/database.js';

/** A courier's desk of two months ago says little of today's. */
const HISTORY_MS = 30 * 24 * 3_600_000;

/**
 * Learns from the orders of the last thirty days how likely a stop is, by courier, hour and place. Any number of
 * schedulers may do it: each writes the same.
 */
export async function learnFromOutcomes(db: Database, now: Date): Promise<void> {
  await saveChances(db, learnChances(await readEndedOrders(db, new Date(now.getTime() - HISTORY_MS))), now);
}
