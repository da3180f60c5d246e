import { newId } from '../domain/ids.js';
import { endAlert, raiseAlert, raisedAlerts } from '../domain/store/alert-store.js';
import type { Database } from '../domain/store/database.js';
import { holdLease } from '../domain/store/lease-store.js';
import { verifyInvariants } from '../domain/store/verify-store.js';

/** How often the whole database is checked, by whichever process comes first, ms. */
const EVERY_MS = 60 * 60_000;

export interface WatchDeps {
  readonly db: Database;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/**
 * Checks every invariant once an hour, as `jiejian verify` does, and raises an alert for each that is broken; it ends
 * when a later check finds it whole. false: somebody has checked within the hour.
 */
export async function watchInvariants({ db, now, log }: WatchDeps): Promise<boolean> {
  // A holder of its own for each check: whoever holds the hour has had it.
  if (!(await holdLease(db, 'invariants', newId(), EVERY_MS))) return false;
  const violations = await verifyInvariants(db, { now: now() });
  for (const { invariant, count, sample } of violations) {
    log('invariant.broken', { invariant, count, sample });
    await raiseAlert(db, 'invariant_broken', invariant, now());
  }
  const broken = new Set<string>(violations.map(({ invariant }) => invariant));
  for (const alert of await raisedAlerts(db)) {
    if (alert.kind === 'invariant_broken' && !broken.has(alert.subject)) await endAlert(db, alert, now());
  }
  log('invariants.checked', { broken: violations.length });
  return true;
}
