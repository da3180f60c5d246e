import { appendFileSync } from 'node:fs';
import { CATALOGUE, type FaultId } from '../catalogue.js';

/** Kinds of trouble whose recovery is promised within 30 s. */
export type Figure = 'redis_flush' | 'redis_restart' | 'mysql_kill' | 'worker_kill' | 'courier_outage';

/** What one fault was seen to do. */
export interface Result {
  readonly fault: FaultId;
  readonly seen: string;
  /** From the fault healed until everything it touched goes on; null: nothing had to recover. */
  readonly recoveryS: number | null;
  /** The figure this recovery counts for. */
  readonly figure: Figure | null;
}

/** Hands results to the run that prints them (scripts/test.sh names the file). A single test file prints nothing. */
export function tell(results: readonly Result[]): void {
  const file = process.env.JIEJIAN_FAULT_RESULTS;
  if (file === undefined || results.length === 0) return;
  appendFileSync(file, results.map((result) => `${JSON.stringify(rowOf(result))}\n`).join(''));
}

/** With what the catalogue says of the fault; the invariants are those of the whole check, which has passed. */
function rowOf({ fault, ...seen }: Result): object {
  const { injected, expected, invariants } = CATALOGUE[fault];
  return { fault, injected, expected, ...seen, invariants: `all, ${invariants.join(' ')}` };
}
