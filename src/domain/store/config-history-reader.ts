import type { Change } from '../settings/diff.js';
import type { Sql } from './database.js';

/** One raise of the configuration's version: who did it, when, and what changed. Secret values are never in it. */
export interface ConfigStep {
  readonly version: number;
  readonly at: Date;
  readonly actor: string;
  readonly changes: readonly Change[];
}

/** How far back the audit chain is searched for raises: a person who looked at an older version reads it anew anyway. */
const LOOK_BACK_ROWS = 2_000;
const MOST_STEPS = 20;

/** The raises after this version, the newest first, 20 at most. */
export async function stepsSince(sql: Sql, version: number): Promise<ConfigStep[]> {
  const rows = await sql.rows<{ at: Date; actor: string; subject: string; detail: string }>(
    `SELECT at, actor, subject, detail FROM
       (SELECT id, at, actor, subject, detail FROM audit ORDER BY id DESC LIMIT ?) newest
     WHERE subject LIKE 'version %' ORDER BY id DESC LIMIT ?`,
    [LOOK_BACK_ROWS, MOST_STEPS],
  );
  return rows
    .map(({ at, actor, subject, detail }) => {
      // JSON that this system wrote itself.
      const { changes = [] } = JSON.parse(detail) as { changes?: readonly Change[] };
      return { version: Number(subject.slice('version '.length)), at, actor, changes };
    })
    .filter((step) => step.version > version);
}

/** The newest raise that can be found; null: there was none lately. */
export async function lastStep(sql: Sql): Promise<ConfigStep | null> {
  return (await stepsSince(sql, 0))[0] ?? null;
}
