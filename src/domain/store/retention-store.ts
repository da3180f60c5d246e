import { RETENTION } from '../settings/file-schema.js';
import type { Database, Sql } from './database.js';
import { forgetFormer } from './former-credentials.js';

const DAY_MS = 86_400_000;
const PAGE = 1_000;

interface Fading {
  readonly table: string;
  /** Which of the two times of the configuration counts. */
  readonly days: 'rawDays' | 'personalDays';
  readonly age: string;
  /** What is blanked; the row stays: it is history, and the inbox’s keys refuse replays for ever (S4). */
  readonly blank: string;
  /** A row for which this is false is not touched, and neither is anything after it. */
  readonly done: string;
}

/** What is not kept longer than it is needed (S19). Ids grow with time, so each table is walked once, from its last mark. */
const FADING: readonly Fading[] = [
  { table: 'inbox', days: 'rawDays', age: 'received_at', blank: "payload = ''", done: "status <> 'new'" },
  { table: 'sighting', days: 'personalDays', age: 'seen_at', blank: "text = '', place = NULL", done: '1' },
  {
    table: 'attempt',
    days: 'personalDays',
    age: 'started_at',
    blank: 'exchange = NULL',
    done: 'finished_at IS NOT NULL',
  },
];

async function readDays(sql: Sql): Promise<Record<Fading['days'], number>> {
  const rows = await sql.rows<{ value: string }>("SELECT value FROM setting WHERE name = 'retention'");
  return RETENTION.parse(rows[0] ? JSON.parse(rows[0].value) : {});
}

/** Locks how far this table was walked, so that two schedulers do not walk it at once. */
async function lockMark(tx: Sql, name: string, now: Date): Promise<number> {
  await tx.run("INSERT INTO setting (name, value, updated_at) VALUES (?, '0', ?) ON DUPLICATE KEY UPDATE name = name", [
    name,
    now,
  ]);
  const rows = await tx.rows<{ value: string }>('SELECT value FROM setting WHERE name = ? FOR UPDATE', [name]);
  return Number(rows[0]?.value ?? 0);
}

function fadePage(db: Database, { table, age, blank, done }: Fading, before: Date, now: Date): Promise<number> {
  const name = `retention_${table}`;
  return db.transaction(async (tx) => {
    const mark = await lockMark(tx, name, now);
    const rows = await tx.rows<{ id: number; isDue: number }>(
      `SELECT id, (${age} < ? AND ${done}) AS isDue FROM ${table} WHERE id > ? ORDER BY id LIMIT ?`,
      [before, mark, PAGE],
    );
    const stop = rows.findIndex(({ isDue }) => isDue !== 1);
    const old = stop === -1 ? rows : rows.slice(0, stop);
    const last = old.at(-1)?.id;
    if (last === undefined) return 0;
    await tx.run(`UPDATE ${table} SET ${blank} WHERE id > ? AND id <= ?`, [mark, last]);
    await tx.run('UPDATE setting SET value = ?, updated_at = ? WHERE name = ?', [String(last), now, name]);
    return old.length;
  });
}

/** An uploaded file may hold anything; what was understood of it is in its rows. */
async function forgetFiles(db: Database, before: Date): Promise<number> {
  return db.run(`DELETE FROM import_chunk WHERE import_id IN (SELECT id FROM import_batch WHERE created_at < ?)`, [
    before,
  ]);
}

/** Blanks a page of each table that is older than the configuration keeps it. Returns how much was forgotten; 0: nothing is due. */
export async function forgetOld(db: Database, now: Date): Promise<number> {
  const days = await readDays(db);
  const before = (which: Fading['days']) => new Date(now.getTime() - days[which] * DAY_MS);
  let forgotten = (await forgetFiles(db, before('personalDays'))) + (await forgetFormer(db, now));
  for (const fading of FADING) forgotten += await fadePage(db, fading, before(fading.days), now);
  return forgotten;
}
