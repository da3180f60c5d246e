import { stableJson } from '../settings/diff.js';
import type { RateLimit } from '../settings/settings.js';
import { appendAudit } from './audit-store.js';
import type { Database } from './database.js';
import { lockConfig, raiseVersion } from './settings-store.js';

/** Limits of an account that may change while it runs; null: no limit. What is absent stays. */
export interface LaneLimits {
  readonly rateLimit?: RateLimit | null | undefined;
  readonly readRateLimit?: RateLimit | null | undefined;
  readonly concurrency?: number | undefined;
}

/**
 * Changes the limits of an account as `apply` would: the stored row, the version that running workers follow, the audit
 * entry, in one transaction. The limits already there change nothing. A later `apply` of a file states its own again.
 * false: there is no such account.
 */
export function changeLimits(
  db: Database,
  accountId: string,
  limits: LaneLimits,
  by: { readonly actor: string; readonly now: Date },
): Promise<boolean> {
  return db.transaction(async (tx) => {
    await lockConfig(tx, by.now);
    const [row] = await tx.rows<{ body: string }>('SELECT body FROM carrier_account WHERE id = ? FOR UPDATE', [
      accountId,
    ]);
    if (!row) return false;
    const before = JSON.parse(row.body) as Record<string, unknown>;
    const wanted = Object.entries(limits).filter(([, value]) => value !== undefined);
    const fields = wanted
      .filter(([field, to]) => stableJson(before[field] ?? null) !== stableJson(to))
      .map(([field, to]) => ({ field, from: before[field] ?? null, to }));
    if (fields.length === 0) return true;
    await tx.run('UPDATE carrier_account SET body = ? WHERE id = ?', [
      stableJson({ ...before, ...Object.fromEntries(wanted) }),
      accountId,
    ]);
    const version = await raiseVersion(tx, by.now);
    const changes = [{ section: 'carrierAccounts', id: accountId, action: 'change', fields }];
    await appendAudit(tx, {
      at: by.now,
      actor: by.actor,
      action: 'lane_limits_changed',
      subject: `version ${version}`,
      detail: { changes },
    });
    return true;
  });
}
