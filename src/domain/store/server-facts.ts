import type { Sql } from './database.js';

/** What `doctor` and the start look at in a database server. */
export interface ServerFacts {
  readonly version: string;
  readonly isMariaDb: boolean;
  /** innodb_flush_log_at_trx_commit; 1: a commit is on disk before it is answered. */
  readonly flushAtCommit: number;
  /** sync_binlog; null when there is no binary log. */
  readonly syncBinlog: number | null;
  readonly charset: string;
  /** The server's clock minus ours, ms, as exact as half the time the question took. */
  readonly clockAheadMs: number;
  /** Has this account rights beyond its own database, as root has? */
  readonly rulesServer: boolean;
}

/** A grant on everything that is more than the right to connect or to look. */
const RULES_SERVER = /^GRANT (?!USAGE ON |PROCESS ON |SELECT ON )[A-Z ,_]+ ON \*\.\* /;

/** Reads the server's version, durability, charset, clock and the account's reach. */
export async function serverFacts(sql: Sql): Promise<ServerFacts> {
  const rows = await sql.rows<{
    version: string;
    flush: number;
    binlog: number;
    sync: number;
    charset: string;
  }>(
    `SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS flush, @@log_bin AS binlog, @@sync_binlog AS sync,
       @@character_set_database AS charset`,
  );
  const row = rows[0];
  if (!row) throw new Error('the database server said nothing about itself');
  const before = Date.now();
  const clock = await sql.rows<{ ms: string }>('SELECT UNIX_TIMESTAMP(NOW(3)) * 1000 AS ms');
  const after = Date.now();
  const grants = await sql.rows<Record<string, string>>('SHOW GRANTS');
  return {
    rulesServer: grants.some((grant) => RULES_SERVER.test(Object.values(grant)[0] ?? '')),
    version: row.version,
    isMariaDb: /mariadb/i.test(row.version),
    flushAtCommit: Number(row.flush),
    syncBinlog: Number(row.binlog) === 1 ? Number(row.sync) : null,
    charset: row.charset,
    clockAheadMs: Math.round(Number(clock[0]?.ms) - (before + after) / 2),
  };
}
