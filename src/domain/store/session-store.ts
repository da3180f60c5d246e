import { sha256 } from '../ids.js';
import type { Sql } from './database.js';

/** Who reads the table, or a backup of it, must not be able to log in with what stands there: ids are kept hashed. */
const keyOf = (sessionId: string) => sha256(sessionId);

/** The body of a session that has not expired; null: there is none. */
export async function readSession(sql: Sql, sessionId: string, now: Date): Promise<string | null> {
  const rows = await sql.rows<{ body: string }>('SELECT body FROM session WHERE id = ? AND expires_at > ?', [
    keyOf(sessionId),
    now,
  ]);
  return rows[0]?.body ?? null;
}

export async function writeSession(sql: Sql, sessionId: string, body: string, expiresAt: Date): Promise<void> {
  await sql.run(
    `INSERT INTO session (id, body, expires_at) VALUES (?, ?, ?)
     ON DUPLICATE KEY UPDATE body = VALUES(body), expires_at = VALUES(expires_at)`,
    [keyOf(sessionId), body, expiresAt],
  );
}

const EXTEND_STEP_MS = 60_000;

/** Puts the end of a used session off. Written at most once a minute; a page full of requests costs one write. */
export async function extendSession(sql: Sql, sessionId: string, expiresAt: Date): Promise<void> {
  await sql.run('UPDATE session SET expires_at = ? WHERE id = ? AND expires_at < ?', [
    expiresAt,
    keyOf(sessionId),
    new Date(expiresAt.getTime() - EXTEND_STEP_MS),
  ]);
}

export async function removeSession(sql: Sql, sessionId: string): Promise<void> {
  await sql.run('DELETE FROM session WHERE id = ?', [keyOf(sessionId)]);
}

/** Clears what nobody can use any more; returns how many. */
export function removeExpiredSessions(sql: Sql, now: Date): Promise<number> {
  return sql.run('DELETE FROM session WHERE expires_at <= ? LIMIT 1000', [now]);
}
