import type { Database } from './database.js';

/**
 * Takes, or keeps, what only one process may do at a time, on the database's clock. true: it is this holder's for `ms`.
 * A holder that dies loses it when the time is over; one that was stopped gives it back at once.
 */
export async function holdLease(db: Database, name: string, holder: string, ms: number): Promise<boolean> {
  await db.run(
    `INSERT INTO lease (name, holder, held_until) VALUES (?, ?, NOW(3) + INTERVAL ? MICROSECOND)
     ON DUPLICATE KEY UPDATE holder = IF(held_until < NOW(3), VALUES(holder), holder),
       held_until = IF(holder = VALUES(holder), VALUES(held_until), held_until)`,
    [name, holder, ms * 1_000],
  );
  const rows = await db.rows('SELECT 1 FROM lease WHERE name = ? AND holder = ? AND held_until > NOW(3)', [
    name,
    holder,
  ]);
  return rows.length > 0;
}

/** Gives it back, if it is still this holder's. */
export async function releaseLease(db: Database, name: string, holder: string): Promise<void> {
  await db.run('DELETE FROM lease WHERE name = ? AND holder = ?', [name, holder]);
}
