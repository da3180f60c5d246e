import type { Secrets } from '../secrets/secrets.js';
import { stableJson } from '../settings/diff.js';
import type { Sql } from './database.js';
import { formerPlaceOf } from './settings-rows.js';
import type { Write } from './settings-writes.js';

/** A platform or courier signs with the key before for a while: so long after a change it still counts, ms (S5). */
const FORMER_MS = 24 * 3_600_000;

/** Until when messages signed with credentials replaced `now` count. */
export const formerUntil = (now: Date): Date => new Date(now.getTime() + FORMER_MS);

const KEPT = {
  shops: { table: 'shop', rows: 'shops', who: 'platform' },
  carrierAccounts: { table: 'carrier_account', rows: 'accounts', who: 'carrier' },
} as const;
const isKept = (section: string): section is keyof typeof KEPT => Object.hasOwn(KEPT, section);

/**
 * Keeps the credentials that a change replaces beside the new ones, sealed; those before them are gone. Nothing is kept of
 * another platform's or courier's. Returns whether any were. In the transaction of the change.
 */
export async function keepFormer(tx: Sql, secrets: Secrets, write: Write): Promise<boolean> {
  const { section, id, action } = write.change;
  if (action !== 'change' || !isKept(section)) return false;
  const { table, rows, who } = KEPT[section];
  const before = write.stored[rows].get(id);
  const after = write.wanted[section]?.get(id);
  if (!before?.readable || !after) return false;
  const body: Readonly<Record<string, unknown>> = before.body;
  const text = stableJson(body.credentials);
  if (body[who] !== after.shown[who] || text === stableJson(after.secret.credentials)) return false;
  await tx.run(`UPDATE ${table} SET former_credentials = ?, former_until = ? WHERE id = ?`, [
    secrets.seal(text, formerPlaceOf(section, id)),
    formerUntil(write.now),
    id,
  ]);
  return true;
}

/** Forgets former credentials whose time is over; returns how many. */
export async function forgetFormer(sql: Sql, now: Date): Promise<number> {
  let forgotten = 0;
  for (const { table } of Object.values(KEPT)) {
    forgotten += await sql.run(
      `UPDATE ${table} SET former_credentials = NULL, former_until = NULL WHERE former_until <= ?`,
      [now],
    );
  }
  return forgotten;
}
