import { Database } from '../../src/domain/store/database.js';
import { ensureLanes } from '../../src/domain/store/lane-store.js';
import { freshDatabase } from './database.js';

/** The lane of the account that picture.ts makes. */
export const LANE = 'zto-zto-main';

export interface MigratedDatabase {
  readonly db: Database;
  close(): Promise<void>;
}

/** An empty database of its own with the newest schema and the row of one lane. */
export async function migratedDatabase(): Promise<MigratedDatabase> {
  const fresh = await freshDatabase();
  const db = await Database.open({ url: fresh.url });
  await db.migrate();
  await ensureLanes(db, [{ carrier: 'zto', id: 'zto-main' }]);
  return {
    db,
    async close() {
      await db.close();
      await fresh.drop();
    },
  };
}
