import type { Database } from '../../src/domain/store/database.js';

const READ = `SHOW SESSION STATUS WHERE Variable_name IN ('Handler_read_next', 'Handler_read_key', 'Handler_read_rnd_next', 'Handler_read_prev')`;

/** Does the work on one connection, in one transaction, and counts the rows that the server touched for it. */
export function touching<T>(
  db: Database,
  work: (same: Pick<Database, 'rows' | 'run' | 'transaction'>) => Promise<T>,
): Promise<{ readonly result: T; readonly touched: number }> {
  const total = (rows: { Value: string }[]) => rows.reduce((sum, row) => sum + Number(row.Value), 0);
  return db.transaction(async (tx) => {
    const before = total(await tx.rows<{ Value: string }>(READ));
    const result = await work({ ...tx, transaction: (inner) => inner(tx) });
    return { result, touched: total(await tx.rows<{ Value: string }>(READ)) - before };
  });
}
