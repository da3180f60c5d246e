import type { Settings } from '../../domain/settings/settings.js';
import type { Database } from '../../domain/store/database.js';
import { tellDigest } from '../../domain/store/digest-store.js';
import { lastShift } from '../../domain/tasks/shift.js';
import { whoseDigest } from '../../domain/tasks/whose.js';

export interface DigestDeps {
  readonly db: Database;
  readonly settings: () => Settings;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** A hand-over that comes later than this after the shift is no hand-over any more, ms. */
const FRESH_MS = 30 * 60_000;

/** Sends every target that wants one the digest of the shift that has just ended; any number of processes may. */
export async function sendDigests({ db, settings, now, log }: DigestDeps): Promise<void> {
  const { targets } = settings();
  for (const target of targets.values()) {
    const { id, enabled, digest } = target;
    if (!enabled || digest === null) continue;
    const shift = lastShift(digest.at, now());
    if (now().getTime() - shift.until.getTime() > FRESH_MS) continue;
    const of = { shops: digest.shops, whose: whoseDigest(target, targets.values()) };
    if (await tellDigest(db, id, of, shift, now())) log('digest.sent', { target: id });
  }
}
