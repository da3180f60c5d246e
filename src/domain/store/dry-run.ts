import type { Transactions } from './action-store.js';
import type { Sql } from './database.js';

/** Carries the answer of a transaction that is undone. */
class Undone<T> extends Error {
  constructor(readonly answer: T) {
    super('undone');
  }
}

/** What `work` comes to in a transaction that is rolled back: all is judged and locked for real, and nothing has happened. */
export async function dryRun<T>(db: Transactions, work: (tx: Sql) => Promise<T>): Promise<T> {
  try {
    return await db.transaction(async (tx): Promise<T> => {
      throw new Undone(await work(tx));
    });
  } catch (error) {
    if (error instanceof Undone) return error.answer;
    throw error;
  }
}
