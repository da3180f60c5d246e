import { sha256 } from '../ids.js';
import type { By } from '../people/people.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';

/** Who reads the table, or a backup of it, must not be able to log in with what stands there: ids are kept hashed. */
export const sessionKey = (sessionId: string) => sha256(sessionId);

/** The body of a session that has not expired; null: there is none. */
export async function readSession(sql: Sql, sessionId: string, now: Date): Promise<string | null> {
  const rows = await sql.rows<{ body: string }>('SELECT body FROM session WHERE id = ? AND expires_at > ?', [
    sessionKey(sessionId),
    now,
  ]);
  return rows[0]?.body ?? null;
}

export async function writeSession(sql: Sql, sessionId: string, body: string, expiresAt: Date): Promise<void> {
  await sql.run(
    `INSERT INTO session (id, body, expires_at) VALUES (?, ?, ?)
     ON DUPLICATE KEY UPDATE body = VALUES(body), expires_at = VALUES(expires_at)`,
    [sessionKey(sessionId), body, expiresAt],
  );
}

const EXTEND_STEP_MS = 60_000;

/** Puts the end of a used session off. Written at most once a minute; a page full of requests costs one write. */
export async function extendSession(sql: Sql, sessionId: string, expiresAt: Date): Promise<void> {
  await sql.run('UPDATE session SET expires_at = ? WHERE id = ? AND expires_at < ?', [
    expiresAt,
    sessionKey(sessionId),
    new Date(expiresAt.getTime() - EXTEND_STEP_MS),
  ]);
}

export async function removeSession(sql: Sql, sessionId: string): Promise<void> {
  await sql.run('DELETE FROM session WHERE id = ?', [sessionKey(sessionId)]);
}

/** Whoever is signed in as this user is out. */
export async function endSessionsOf(sql: Sql, email: string): Promise<void> {
  await sql.run('DELETE FROM session WHERE LOCATE(?, body) > 0', [`"email":${JSON.stringify(email)}`]);
}

/** Clears what nobody can use any more; returns how many. */
export function removeExpiredSessions(sql: Sql, now: Date): Promise<number> {
  return sql.run('DELETE FROM session WHERE expires_at <= ? LIMIT 1000', [now]);
}

/** A session as people see it. Its id is the key of the table, with which nobody can log in. */
export interface OpenSession {
  readonly id: string;
  readonly email: string;
  readonly loggedInAt: Date;
  /** When it ends by itself if it is not used again. */
  readonly expiresAt: Date;
  /** What the browser called itself at login; null: it said nothing. */
  readonly agent: string | null;
}

type SessionBody = { readonly email?: unknown; readonly loggedInAt?: unknown; readonly agent?: unknown };

/** The sessions that somebody is logged in with, the newest first; of one person, or of all (null). 1,000 at most. */
export async function openSessions(sql: Sql, email: string | null, now: Date): Promise<OpenSession[]> {
  const rows = await sql.rows<{ id: string; body: string; expiresAt: Date }>(
    'SELECT id, body, expires_at AS expiresAt FROM session WHERE expires_at > ? ORDER BY expires_at DESC LIMIT 1000',
    [now],
  );
  return rows
    .flatMap(({ id, body, expiresAt }): OpenSession[] => {
      const { email: of, loggedInAt, agent } = JSON.parse(body) as SessionBody;
      if (typeof of !== 'string' || typeof loggedInAt !== 'number') return [];
      const said = typeof agent === 'string' && agent !== '' ? agent : null;
      return [{ id, email: of, loggedInAt: new Date(loggedInAt), expiresAt, agent: said }];
    })
    .filter((session) => email === null || session.email === email)
    .sort((a, b) => b.loggedInAt.getTime() - a.loggedInAt.getTime());
}

/** Ends a session of this person, or of anybody (null); false: there is none. */
export function revokeSession(db: Database, id: string, email: string | null, by: By): Promise<boolean> {
  return db.transaction(async (tx) => {
    const session = (await openSessions(tx, email, by.now)).find((one) => one.id === id);
    if (!session || (await tx.run('DELETE FROM session WHERE id = ?', [id])) === 0) return false;
    const detail = { loggedInAt: session.loggedInAt.toISOString(), agent: session.agent };
    await appendAudit(tx, { at: by.now, actor: by.actor, action: 'session.end', subject: session.email, detail });
    return true;
  });
}
