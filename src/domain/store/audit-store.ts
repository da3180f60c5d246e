import { sha256 } from '../ids.js';
import type { Sql } from './database.js';

/** The hash before the first row. */
const GENESIS = '0'.repeat(64);
const PAGE = 1_000;

/** One act of a person or of a person's tool, written in the transaction of its effect (I22). */
export interface AuditEntry {
  readonly at: Date;
  /** `cli:<user>`, `user:<email>`, `token:<name>`. */
  readonly actor: string;
  /** Stable code: `settings.apply`, `user.add`, … */
  readonly action: string;
  readonly subject: string;
  /** Plain JSON without secrets: before and after, reason. */
  readonly detail: unknown;
}

interface AuditRow {
  readonly id: number;
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: string;
  readonly previousHash: string;
  readonly hash: string;
}

function hashOf(row: Omit<AuditRow, 'id' | 'hash'>): string {
  return sha256(
    JSON.stringify([row.previousHash, row.at.toISOString(), row.actor, row.action, row.subject, row.detail]),
  );
}

/** The hash of the newest entry, kept apart from the rows: rows cut off the end of the table do not take it with them. */
async function readHead(sql: Sql): Promise<string | undefined> {
  const rows = await sql.rows<{ value: string }>("SELECT value FROM setting WHERE name = 'audit_head'");
  return rows[0]?.value;
}

/** The head of the chain, to be noted outside of the database; null: nothing was written yet. */
export async function auditHead(sql: Sql): Promise<string | null> {
  return (await readHead(sql)) ?? null;
}

/** Locks the end of the chain until the transaction ends, so that entries follow one another in the order of their ids. */
async function lockHead(tx: Sql, now: Date): Promise<string> {
  await tx.run(
    "INSERT INTO setting (name, value, updated_at) VALUES ('audit_head', ?, ?) ON DUPLICATE KEY UPDATE name = name",
    [GENESIS, now],
  );
  return (await readHead(tx)) ?? GENESIS;
}

/** Appends one entry. Needs the caller's transaction: the effect and its entry are written together or not at all. */
export async function appendAudit(tx: Sql, entry: AuditEntry): Promise<void> {
  const previousHash = await lockHead(tx, entry.at);
  const row = { ...entry, detail: JSON.stringify(entry.detail ?? null), previousHash };
  const hash = hashOf(row);
  await tx.run(
    'INSERT INTO audit (at, actor, action, subject, detail, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [row.at, row.actor, row.action, row.subject, row.detail, previousHash, hash],
  );
  await tx.run("UPDATE setting SET value = ?, updated_at = ? WHERE name = 'audit_head'", [hash, entry.at]);
}

export type ChainCheck =
  | { readonly ok: true; readonly rows: number; readonly head: string }
  | {
      readonly ok: false;
      readonly rows: number;
      /** Id of the first row that does not fit; null: rows are missing at the end. */
      readonly brokenAt: number | null;
      readonly why: 'changed' | 'row_missing' | 'end_missing';
    };

/**
 * Walks the whole chain. A changed row no longer has its hash, a removed or inserted one breaks the link to the next,
 * and rows cut off the end leave the noted head behind. A page at a time: it runs beside work.
 */
export async function verifyChain(sql: Sql): Promise<ChainCheck> {
  const head = await readHead(sql);
  let previous = GENESIS;
  let lastId = 0;
  let seenHead = head === GENESIS;
  for (let rows = 0; ; ) {
    const page = await sql.rows<AuditRow>(
      `SELECT id, at, actor, action, subject, detail, previous_hash AS previousHash, hash
       FROM audit WHERE id > ? ORDER BY id LIMIT ${PAGE}`,
      [lastId],
    );
    for (const row of page) {
      if (row.previousHash !== previous) return { ok: false, rows, brokenAt: row.id, why: 'row_missing' };
      if (hashOf(row) !== row.hash) return { ok: false, rows, brokenAt: row.id, why: 'changed' };
      previous = row.hash;
      lastId = row.id;
      rows += 1;
      // Rows appended since the head was read follow it.
      seenHead ||= head === row.hash;
    }
    if (page.length === PAGE) continue;
    const isWhole = head === undefined ? rows === 0 : seenHead;
    return isWhole ? { ok: true, rows, head: previous } : { ok: false, rows, brokenAt: null, why: 'end_missing' };
  }
}

/**
 * Which of these heads, noted outside of the database, are not in the chain. Whoever can write to the database can make a
 * whole new chain that `verifyChain` finds nothing wrong with; it holds none of them.
 */
export async function missingAnchors(sql: Sql, anchors: readonly string[]): Promise<string[]> {
  if (anchors.length === 0) return [];
  const rows = await sql.rows<{ hash: string }>('SELECT hash FROM audit WHERE hash IN (?)', [anchors]);
  return anchors.filter((anchor) => !rows.some(({ hash }) => hash === anchor));
}
