import type { Database, Sql } from './database.js';
import { startsWith } from './where.js';

const PREFIX = 'token_used/';
/** A token's use is written this seldom, ms: a busy ERP costs one write a minute, not one a call. */
const STEP_MS = 60_000;

/** When each token was last used, by id. To the minute; a token that is not there has not been used since this is kept. */
export async function lastUses(sql: Sql): Promise<Map<string, Date>> {
  const rows = await sql.rows<{ name: string; at: Date }>(
    'SELECT name, updated_at AS at FROM setting WHERE name LIKE ?',
    [startsWith(PREFIX)],
  );
  return new Map(rows.map(({ name, at }) => [name.slice(PREFIX.length), at]));
}

/** Notes that a token was used, at most once a minute for each of them in this process. */
export function tokenUses(db: Database, now: () => Date): (tokenId: string) => Promise<void> {
  const noted = new Map<string, number>();
  return async (tokenId) => {
    const at = now();
    if (at.getTime() - (noted.get(tokenId) ?? Number.NEGATIVE_INFINITY) < STEP_MS) return;
    noted.set(tokenId, at.getTime());
    await db.run(
      `INSERT INTO setting (name, value, updated_at) VALUES (?, '', ?)
       ON DUPLICATE KEY UPDATE updated_at = GREATEST(updated_at, VALUES(updated_at))`,
      [`${PREFIX}${tokenId}`, at],
    );
  };
}
