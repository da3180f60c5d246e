import { appendAudit } from './audit-store.js';
import type { Database } from './database.js';
import { configVersion } from './settings-store.js';

/**
 * Disables a target that says it is gone, as `apply --prune` would: a new version of the configuration, audited. What
 * waits for it stays until its three days are over. Applying the file again enables it. false: it was disabled already.
 */
export function disableTarget(db: Database, id: string, why: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    // The row that every apply locks first: two changes of the configuration follow one another.
    await tx.rows("SELECT value FROM setting WHERE name = 'config_version' FOR UPDATE");
    const affected = await tx.run('UPDATE notification_target SET enabled = 0 WHERE id = ? AND enabled = 1', [id]);
    if (affected !== 1) return false;
    const version = (await configVersion(tx)) + 1;
    await tx.run("UPDATE setting SET value = ?, updated_at = ? WHERE name = 'config_version'", [String(version), now]);
    await appendAudit(tx, {
      at: now,
      actor: 'system',
      action: 'target.disable',
      subject: id,
      detail: { why, version },
    });
    return true;
  });
}
