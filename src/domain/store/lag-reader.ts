import type { Sql } from './database.js';

/** Since when a message has been ready to be read and nobody has read it; null: none is. */
export async function unreadSince(sql: Sql): Promise<Date | null> {
  const rows = await sql.rows<{ dueAt: Date }>(
    `SELECT due_at AS dueAt FROM inbox WHERE status = 'new' ORDER BY due_at LIMIT 1`,
  );
  return rows[0]?.dueAt ?? null;
}
