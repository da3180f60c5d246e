import type { Sql } from './database.js';
import { isAscii, startsWith, Where } from './where.js';

/** An entry of the audit chain as people read it. `detail` is JSON of our own: before, after, reason; never a secret. */
export interface AuditView {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: unknown;
}

export interface AuditFilter {
  /** Any part of `user:<email>`, `token:<name>`, `cli:<login>`. */
  readonly actor?: string | undefined;
  /** The beginning of an action's code: `user.` finds `user.add`. */
  readonly action?: string | undefined;
  /** Any part of what it was done to. */
  readonly subject?: string | undefined;
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
}

const contains = (text: string | undefined) => (text === undefined ? undefined : `%${startsWith(text)}`);

/** One page, the newest first. */
export async function listAudit(
  sql: Sql,
  filter: AuditFilter,
  page: { readonly limit: number; readonly beforeId: number | null },
): Promise<AuditView[]> {
  const { action } = filter;
  if (action !== undefined && !isAscii(action)) return [];
  const where = new Where()
    .andIf(page.beforeId ?? undefined, 'id < ?')
    .andIf(action === undefined ? undefined : startsWith(action), 'action LIKE ?')
    .andIf(contains(filter.actor), 'actor LIKE ?')
    .andIf(contains(filter.subject), 'subject LIKE ?')
    .andIf(filter.since, 'at >= ?')
    .andIf(filter.until, 'at < ?');
  const rows = await sql.rows<Omit<AuditView, 'detail'> & { detail: string }>(
    `SELECT id, at, actor, action, subject, detail FROM audit ${where.sql} ORDER BY id DESC LIMIT ?`,
    [...where.values, page.limit],
  );
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }));
}

/** How far back the chain is searched for the last entry about somebody. */
const LOOK_BACK_ROWS = 2_000;

/** The newest entry about this subject, among the last 2,000; null: there is none. */
export async function lastAbout(sql: Sql, subject: string): Promise<AuditView | null> {
  const rows = await sql.rows<Omit<AuditView, 'detail'> & { detail: string }>(
    `SELECT id, at, actor, action, subject, detail FROM
       (SELECT id, at, actor, action, subject, detail FROM audit ORDER BY id DESC LIMIT ?) newest
     WHERE subject = ? ORDER BY id DESC LIMIT 1`,
    [LOOK_BACK_ROWS, subject],
  );
  return rows[0] ? { ...rows[0], detail: JSON.parse(rows[0].detail) as unknown } : null;
}
