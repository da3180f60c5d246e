import type { InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { Digest } from '../tasks/digest.js';
import type { Whose } from '../tasks/whose.js';
import type { Sql } from './database.js';
import { andVisible } from './intercept-reader.js';
import { andParcelsOf, andTasksOf } from './owner-store.js';
import { firstIdSince } from './since-index.js';
import { countWaiting, listWaiting } from './waiting-reader.js';
import { Where } from './where.js';

export interface DigestPeriod {
  readonly since: Date;
  readonly until: Date;
}

/** Whose work a digest is about. */
export interface DigestScope {
  /** Of these shops; null: all. */
  readonly shops: readonly string[] | null;
  /** Of these owners of tasks; null: everybody's. */
  readonly whose: Whose | null;
}

const HOUR_MS = 3_600_000;
/** What is open is named one by one as far as somebody can take it over in one reading. */
const MOST_NAMED = 20;

interface Counted<T extends string> {
  readonly name: T;
  readonly n: number;
}

const asRecord = <T extends string>(rows: readonly Counted<T>[]) =>
  Object.fromEntries(rows.map(({ name, n }) => [name, n])) as Partial<Record<T, number>>;

const sumOf = (rows: readonly { readonly n: number }[]) => rows.reduce((sum, { n }) => sum + n, 0);

/** Of `intercept i`, and of `task k` in it: what the digest may tell of. */
const parcelsIn = ({ shops, whose }: DigestScope) => andParcelsOf(andVisible(new Where(), shops), whose);
const tasksIn = ({ shops, whose }: DigestScope) => andTasksOf(andVisible(new Where(), shops), whose);

/** Steps of people and of their tools in the period. */
async function stepsTaken(sql: Sql, period: DigestPeriod, of: DigestScope) {
  const first = await firstIdSince(sql, 'transition', period.since);
  const inPeriod = () => parcelsIn(of).and('t.id >= ? AND t.at >= ? AND t.at < ?', first, period.since, period.until);
  const byPeople = inPeriod().and(`(t.actor LIKE 'user:%' OR t.actor LIKE 'token:%') AND t.event <> 'open'`);
  const people = await sql.rows<{ actor: string; event: string; n: number }>(
    `SELECT t.actor, t.event, COUNT(*) AS n FROM transition t JOIN intercept i ON i.id = t.intercept_id
     ${byPeople.sql} GROUP BY t.actor, t.event ORDER BY t.actor, t.event`,
    byPeople.values,
  );
  const moved = inPeriod().and('(t.from_state IS NULL OR t.from_state <> t.to_state)');
  const reached = await sql.rows<Counted<InterceptState>>(
    `SELECT t.to_state AS name, COUNT(DISTINCT t.intercept_id) AS n FROM transition t
     JOIN intercept i ON i.id = t.intercept_id ${moved.sql} GROUP BY t.to_state`,
    moved.values,
  );
  return { people, reached: asRecord(reached) };
}

/** Tasks that somebody said were done, by whom. */
async function tasksDone(sql: Sql, period: DigestPeriod, of: DigestScope) {
  const first = await firstIdSince(sql, 'audit', period.since);
  const where = tasksIn(of).and(
    `a.id >= ? AND a.at >= ? AND a.at < ? AND a.action = 'task_done'`,
    first,
    period.since,
    period.until,
  );
  return sql.rows<{ actor: string; n: number }>(
    `SELECT a.actor, COUNT(*) AS n FROM audit a JOIN task k ON k.id = a.subject
     JOIN intercept i ON i.id = k.intercept_id ${where.sql} GROUP BY a.actor ORDER BY a.actor`,
    where.values,
  );
}

async function opened(sql: Sql, period: DigestPeriod, of: DigestScope) {
  const { since, until } = period;
  const intercepts = parcelsIn(of).and('i.created_at >= ? AND i.created_at < ?', since, until);
  const tasks = tasksIn(of).and('k.created_at >= ? AND k.created_at < ?', since, until);
  return {
    intercepts: await sql.rows<Counted<InterceptState>>(
      `SELECT i.state AS name, COUNT(*) AS n FROM intercept i ${intercepts.sql} GROUP BY i.state`,
      intercepts.values,
    ),
    tasks: await sql.rows<Counted<string>>(
      `SELECT k.kind AS name, COUNT(*) AS n FROM task k JOIN intercept i ON i.id = k.intercept_id ${tasks.sql} GROUP BY k.kind`,
      tasks.values,
    ),
  };
}

/** What is still to be sent and soon cannot be any more. */
async function dueSoon(sql: Sql, until: Date, of: DigestScope) {
  const where = parcelsIn(of).and(
    `i.state IN ('held', 'queued') AND i.deadline_at >= ? AND i.deadline_at < ?`,
    until,
    new Date(until.getTime() + HOUR_MS),
  );
  const rows = await sql.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM intercept i ${where.sql}`, where.values);
  return rows[0]?.n ?? 0;
}

/** A shift in numbers: what came in, what was done, what is open now, as far as it is in the scope. */
export async function readDigest(sql: Sql, period: DigestPeriod, of: DigestScope): Promise<Digest> {
  const { intercepts, tasks } = await opened(sql, period, of);
  const { people, reached } = await stepsTaken(sql, period, of);
  const done = await tasksDone(sql, period, of);
  const waiting = await countWaiting(sql, of, period.until);
  const named = await listWaiting(sql, of, { limit: MOST_NAMED, after: null });
  const kinds = [...new Set(waiting.map(({ kind }) => kind))];
  const byKind = kinds.map((name) => ({ name, n: sumOf(waiting.filter(({ kind }) => kind === name)) }));
  return {
    ...period,
    cameIn: { intercepts: sumOf(intercepts), byState: asRecord(intercepts), tasks: asRecord(tasks) },
    done: { reached, steps: people, tasks: done },
    open: {
      total: sumOf(waiting),
      overdue: waiting.reduce((sum, { overdue }) => sum + overdue, 0),
      byKind: asRecord(byKind),
      dueWithinHour: await dueSoon(sql, period.until, of),
      first: named.map(({ id, kind, interceptId, waybillNo, reason, dueAt }) => ({
        id,
        kind,
        interceptId,
        waybillNo,
        reason: reason satisfies Reason,
        dueAt,
      })),
    },
  };
}
