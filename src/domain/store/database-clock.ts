import type { Sql } from './database.js';

/** How often the database is asked for the time, ms. */
const LOOK_MS = 5_000;
/** An answer that took longer says too little about the moment it speaks of, ms. */
const PROMPT_MS = 500;

export interface SharedClock {
  now(): Date;
  stop(): void;
}

/**
 * One clock for all processes: the database's, carried on by this machine's monotonic one. A machine whose own clock is
 * wrong, or jumps, would write due times that the others take for far away or long past (F68).
 */
export async function databaseClock(sql: Sql): Promise<SharedClock> {
  let ahead = Date.now() - performance.now();
  const look = async (): Promise<void> => {
    const asked = performance.now();
    const rows = await sql.rows<{ at: Date }>('SELECT NOW(3) AS at');
    const answered = performance.now();
    const at = rows[0]?.at;
    if (at && answered - asked <= PROMPT_MS) ahead = at.getTime() - (asked + answered) / 2;
  };
  await look();
  // A database that is away has no work for us either: the last known time goes on.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  timer.unref();
  return { now: () => new Date(Math.round(ahead + performance.now())), stop: () => clearInterval(timer) };
}
