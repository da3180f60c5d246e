import type { Database } from './database.js';

/** What this code knows and what the database has, by migration name. */
export interface SchemaStatus {
  readonly applied: readonly string[];
  /** Known here, not applied there: run `jiejian migrate`. */
  readonly missing: readonly string[];
  /** Applied there, unknown here: the database belongs to a newer version of this program. */
  readonly newer: readonly string[];
}

const NO_SUCH_TABLE = 1146;

async function appliedNames(db: Database): Promise<string[]> {
  try {
    const rows = await db.rows<{ name: string }>('SELECT name FROM schema_migration ORDER BY id');
    return rows.map((row) => row.name);
  } catch (error) {
    const cause: unknown = error instanceof Error && 'driverError' in error ? error.driverError : error;
    if (typeof cause === 'object' && cause !== null && 'errno' in cause && cause.errno === NO_SUCH_TABLE) return [];
    throw error;
  }
}

export async function schemaStatus(db: Database): Promise<SchemaStatus> {
  const known = db.source.migrations.map((migration) => migration.name ?? migration.constructor.name);
  const applied = await appliedNames(db);
  return {
    applied,
    missing: known.filter((name) => !applied.includes(name)),
    newer: applied.filter((name) => !known.includes(name)),
  };
}

/** Nobody else may migrate this database meanwhile; the name is the server's, so it holds the database's. */
const LOCK = "CONCAT('jiejian-migrate-', LEFT(MD5(DATABASE()), 16))";
const LOCK_WAIT_S = 5;
const MOST_WAITS = 24;

/**
 * Applies what is missing and returns the names applied. Several processes may start at once: one migrates, the others
 * wait up to two minutes and find nothing left to do. Throws when the lock cannot be had.
 */
export function migrateOnce(db: Database): Promise<string[]> {
  // A transaction only because it keeps one connection: the lock belongs to that, the migrations run on others.
  return db.transaction(async (tx) => {
    for (let waits = 0; waits < MOST_WAITS; waits += 1) {
      const rows = await tx.rows<{ got: number | null }>(`SELECT GET_LOCK(${LOCK}, ${LOCK_WAIT_S}) AS got`);
      if (rows[0]?.got !== 1) continue;
      try {
        const { missing } = await schemaStatus(db);
        return missing.length === 0 ? [] : await db.migrate();
      } finally {
        await tx.rows(`SELECT RELEASE_LOCK(${LOCK}) AS released`);
      }
    }
    throw new Error('another process has been migrating this database for two minutes; look at it, then try again');
  });
}
