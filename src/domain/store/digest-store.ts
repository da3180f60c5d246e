import { type Digest, digestText } from '../tasks/digest.js';
import type { Shift } from '../tasks/shift.js';
import { type Database, isDuplicate, type Sql } from './database.js';
import { type DigestScope, readDigest } from './digest-reader.js';
import { tellTarget } from './outbox-store.js';

/** Has this target been told of the shift that ended then? */
async function isTold(sql: Sql, targetId: string, until: Date): Promise<boolean> {
  const rows = await sql.rows('SELECT 1 FROM digest_sent WHERE target_id = ? AND shift_end = ?', [targetId, until]);
  return rows.length > 0;
}

/** A digest as a message: figures and the text, nobody's phone or address. */
function dataOf(digest: Digest): Readonly<Record<string, unknown>> {
  const { total, overdue, dueWithinHour } = digest.open;
  return {
    since: digest.since.toISOString(),
    until: digest.until.toISOString(),
    cameIn: digest.cameIn.intercepts,
    open: { total, overdue, dueWithinHour },
    text: digestText(digest),
  };
}

/** Tells a target once what the shift hands over. false: it was told already, by whomever. */
export async function tellDigest(
  db: Database,
  targetId: string,
  of: DigestScope,
  shift: Shift,
  now: Date,
): Promise<boolean> {
  if (await isTold(db, targetId, shift.until)) return false;
  const data = dataOf(await readDigest(db, shift, of));
  try {
    await db.transaction(async (tx) => {
      await tx.run('INSERT INTO digest_sent (target_id, shift_end) VALUES (?, ?)', [targetId, shift.until]);
      await tellTarget(tx, targetId, { type: 'digest.daily', subjectId: targetId, data }, now);
    });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
