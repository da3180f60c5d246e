import { appendAudit } from './audit-store.js';
import type { Database } from './database.js';
import { forgetFormer } from './former-credentials.js';
import { lockConfig, raiseVersion } from './settings-store.js';

/** Longer than any former credentials count. */
const ALL = new Date('9999-01-01T00:00:00Z');

/**
 * Forgets all former credentials at once, because one of them leaked: what is signed with them is refused from the moment
 * running systems follow. Audited. Returns how many there were.
 */
export function forgetFormerNow(db: Database, by: { readonly actor: string; readonly now: Date }): Promise<number> {
  return db.transaction(async (tx) => {
    await lockConfig(tx, by.now);
    const forgotten = await forgetFormer(tx, ALL);
    if (forgotten === 0) return 0;
    const version = await raiseVersion(tx, by.now);
    const subject = `version ${version}`;
    await appendAudit(tx, { at: by.now, actor: by.actor, action: 'secrets.forget', subject, detail: { forgotten } });
    return forgotten;
  });
}
