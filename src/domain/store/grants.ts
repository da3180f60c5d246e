import type { Sql } from './database.js';

/** Tables of which the program may do less than read and write rows (S25). */
const NARROW: Readonly<Record<string, string>> = {
  audit: 'SELECT, INSERT',
  transition: 'SELECT, INSERT',
  ledger_entry: 'SELECT, INSERT, UPDATE (verification, invoice_id)',
  claim_entry: 'SELECT, INSERT',
  claim_step: 'SELECT, INSERT',
  schema_migration: 'SELECT',
};

/** Tables with keys, passwords, messages or files in them: no business of whoever only reads figures. */
const SEALED_TO_READERS: ReadonlySet<string> = new Set([
  'shop',
  'carrier_account',
  'notification_target',
  'user_account',
  'api_token',
  'session',
  'idempotency_key',
  'inbox',
  'import_chunk',
  'import_row',
  'bill_bad_line',
]);

const ACCOUNT = /^([\w.-]{1,32})@([\w.%:/-]{1,60})$/;

/** `'jiejian_app'@'10.0.%'` as MySQL writes it; null: not an account. */
export function quotedAccount(text: string): string | null {
  const [, user, host] = ACCOUNT.exec(text) ?? [];
  return user === undefined || host === undefined ? null : `'${user}'@'${host}'`;
}

/** Every table of this database; views there are none. */
async function tables(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ name: string }>(
    `SELECT TABLE_NAME AS name FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' ORDER BY TABLE_NAME`,
  );
  return rows.map(({ name }) => name);
}

/**
 * Statements for an administrator: what the program's account needs and no more. Rows, never the schema; the audit log,
 * the history of states and the ledger only grow. Made from the database as it is, so a new table is never forgotten.
 */
export async function appGrants(sql: Sql, account: string): Promise<string[]> {
  return (await tables(sql)).map(
    (table) => `GRANT ${NARROW[table] ?? 'SELECT, INSERT, UPDATE, DELETE'} ON \`${table}\` TO ${account}`,
  );
}

/** The same for an account that reads figures: no keys, no messages, no people. */
export async function readerGrants(sql: Sql, account: string): Promise<string[]> {
  const readable = (await tables(sql)).filter((table) => !SEALED_TO_READERS.has(table));
  return readable.map((table) => `GRANT SELECT ON \`${table}\` TO ${account}`);
}
