import type { Database, Sql } from './database.js';

/** The ways of intake that have a state of their own; a platform that pushes needs none. */
export type IntakeDoor = 'poll' | 'socket';

/** How far one shop's intake over one door has come (R77). */
export interface IntakeState {
  readonly shopId: string;
  readonly door: IntakeDoor;
  /** Everything that changed before this moment of the platform's clock has been read; null: nothing yet. */
  readonly cursorAt: Date | null;
  readonly nextAt: Date | null;
  readonly lastOkAt: Date | null;
  /** Since when it has been failing; null: it works. */
  readonly failedSince: Date | null;
  readonly lastError: string | null;
}

const COLUMNS = `shop_id AS shopId, door, cursor_at AS cursorAt, next_at AS nextAt, last_ok_at AS lastOkAt,
  failed_since AS failedSince, last_error AS lastError`;

export function intakeStates(sql: Sql): Promise<IntakeState[]> {
  return sql.rows<IntakeState>(`SELECT ${COLUMNS} FROM intake_state`);
}

/**
 * Takes the polls that are due, at most `limit`, for `takenForMs`: whoever takes one reads it, and one whose taker died
 * is due again. A shop that has never been read is due at once.
 */
export async function duePolls(
  db: Database,
  shops: readonly string[],
  limit: number,
  takenForMs: number,
  now: Date,
): Promise<{ shopId: string; cursorAt: Date | null }[]> {
  const known = await db.rows<{ shopId: string }>(
    `SELECT shop_id AS shopId FROM intake_state WHERE door = 'poll' AND shop_id IN (?)`,
    [shops],
  );
  const fresh = shops.filter((shop) => !known.some(({ shopId }) => shopId === shop));
  if (fresh.length > 0) {
    await db.run(
      'INSERT INTO intake_state (shop_id, door) VALUES ? ON DUPLICATE KEY UPDATE shop_id = intake_state.shop_id',
      [fresh.map((shop) => [shop, 'poll'])],
    );
  }
  return db.transaction(async (tx) => {
    const due = await tx.rows<{ shopId: string; cursorAt: Date | null }>(
      `SELECT shop_id AS shopId, cursor_at AS cursorAt FROM intake_state
       WHERE door = 'poll' AND shop_id IN (?) AND (next_at IS NULL OR next_at <= ?)
       ORDER BY next_at LIMIT ? FOR UPDATE SKIP LOCKED`,
      [shops, now, limit],
    );
    if (due.length > 0) {
      await tx.run(`UPDATE intake_state SET next_at = ? WHERE door = 'poll' AND shop_id IN (?)`, [
        new Date(now.getTime() + takenForMs),
        due.map(({ shopId }) => shopId),
      ]);
    }
    return due;
  });
}

/** A window is read to its end, or a connection is up: the cursor never goes back. */
export async function intakeWorked(
  sql: Sql,
  shopId: string,
  door: IntakeDoor,
  at: { readonly cursorAt: Date | null; readonly nextAt: Date | null },
  now: Date,
): Promise<void> {
  await sql.run(
    `INSERT INTO intake_state (shop_id, door, cursor_at, next_at, last_ok_at) VALUES (?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE cursor_at = GREATEST(COALESCE(cursor_at, VALUES(cursor_at)), COALESCE(VALUES(cursor_at), cursor_at)),
       next_at = VALUES(next_at), last_ok_at = VALUES(last_ok_at), failed_since = NULL, last_error = NULL`,
    [shopId, door, at.cursorAt, at.nextAt, now],
  );
}

/** It did not work: nothing is lost, the same window is read again. `why` is for people and holds no secret. */
export async function intakeFailed(
  sql: Sql,
  shopId: string,
  door: IntakeDoor,
  why: string,
  nextAt: Date | null,
  now: Date,
): Promise<void> {
  await sql.run(
    `INSERT INTO intake_state (shop_id, door, next_at, failed_since, last_error) VALUES (?, ?, ?, ?, ?)
     ON DUPLICATE KEY UPDATE next_at = VALUES(next_at), failed_since = COALESCE(failed_since, VALUES(failed_since)),
       last_error = VALUES(last_error)`,
    [shopId, door, nextAt, now, why.slice(0, 500)],
  );
}
