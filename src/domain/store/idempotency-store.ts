import type { Sql } from './database.js';

/** `ours`: do the work, then `keepAnswer`. `answered`: give the stored answer. `other_body`: the key was used for something else. */
export type IdempotencyClaim =
  | { readonly kind: 'ours' }
  | { readonly kind: 'answered'; readonly status: number; readonly answer: string }
  | { readonly kind: 'other_body' };

/** No answer stored yet: the first try is under way or died. The work itself is repeatable, so it is simply done again. */
const UNANSWERED = 0;

/** Takes an `Idempotency-Key` of one owner (a token or a user) for one body. Keys of different owners never meet. */
export async function claimKey(
  sql: Sql,
  ownerId: string,
  key: string,
  bodyHash: string,
  now: Date,
): Promise<IdempotencyClaim> {
  await sql.run(
    `INSERT INTO idempotency_key (owner_id, idem_key, body_hash, status, answer, created_at) VALUES (?, ?, ?, ?, '', ?)
     ON DUPLICATE KEY UPDATE owner_id = VALUES(owner_id)`,
    [ownerId, key, bodyHash, UNANSWERED, now],
  );
  const rows = await sql.rows<{ bodyHash: string; status: number; answer: string }>(
    'SELECT body_hash AS bodyHash, status, answer FROM idempotency_key WHERE owner_id = ? AND idem_key = ?',
    [ownerId, key],
  );
  const row = rows[0];
  if (!row || row.bodyHash !== bodyHash) return { kind: 'other_body' };
  return row.status === UNANSWERED ? { kind: 'ours' } : { kind: 'answered', status: row.status, answer: row.answer };
}

/** Keeps the answer for every later request with this key; the first answer stays. */
export async function keepAnswer(
  sql: Sql,
  ownerId: string,
  key: string,
  status: number,
  answer: string,
): Promise<void> {
  await sql.run(
    'UPDATE idempotency_key SET status = ?, answer = ? WHERE owner_id = ? AND idem_key = ? AND status = ?',
    [status, answer, ownerId, key, UNANSWERED],
  );
}

/** Clears keys older than `before`; returns how many. */
export function removeOldKeys(sql: Sql, before: Date): Promise<number> {
  return sql.run('DELETE FROM idempotency_key WHERE created_at < ? LIMIT 1000', [before]);
}
