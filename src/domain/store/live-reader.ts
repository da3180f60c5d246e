import type { Sql } from './database.js';

/** Which shops a change concerns; null: it concerns everybody. */
export type Concerned = readonly string[] | null;

/** A step of an intercept. */
export interface LiveStep {
  readonly id: number;
  readonly shops: readonly string[];
}

/** Where the small tables stand: each row as one text that differs when the row does. */
export interface LiveMarks {
  readonly lastStep: number;
  /** How many tasks are open, and the newest of them. */
  readonly tasks: string;
  readonly lanes: ReadonlyMap<string, string>;
  readonly alerts: ReadonlyMap<string, string>;
  readonly replays: ReadonlyMap<string, { readonly mark: string; readonly shops: Concerned }>;
}

/** Replays that are told of: those that run, and the newest few, which may just have ended. */
const NEWEST_REPLAYS = 20;

/** Reads where everything stands; every statement is a look into a small table or at the end of an index. */
export async function readLiveMarks(sql: Sql): Promise<LiveMarks> {
  const [ends] = await sql.rows<{ lastStep: number | null; tasks: string }>(
    `SELECT (SELECT MAX(id) FROM transition) AS lastStep,
       (SELECT CONCAT(COUNT(*), '/', COALESCE(MAX(id), '')) FROM task WHERE open_key IS NOT NULL) AS tasks`,
  );
  const lanes = await sql.rows<{ id: string; mark: string }>(
    `SELECT id, CONCAT_WS('/', paused, breaker, breaker_trips, COALESCE(breaker_until, '')) AS mark FROM lane`,
  );
  const alerts = await sql.rows<{ kind: string; subject: string; since: Date }>(
    'SELECT kind, subject_id AS subject, since FROM alert',
  );
  const replays = await sql.rows<{ id: string; mark: string; shops: string | null }>(
    `SELECT r.id, r.shops, CONCAT_WS('/', r.state, IF(r.state = 'running',
       (SELECT MIN(t.seq) FROM replay_item t WHERE t.replay_id = r.id AND t.outcome IS NULL), '')) AS mark
     FROM (SELECT id, shops, state FROM replay ORDER BY id DESC LIMIT ?) r`,
    [NEWEST_REPLAYS],
  );
  return {
    lastStep: ends?.lastStep ?? 0,
    tasks: ends?.tasks ?? '',
    lanes: new Map(lanes.map(({ id, mark }) => [id, mark])),
    alerts: new Map(alerts.map(({ kind, subject, since }) => [`${kind}/${subject}`, since.toISOString()])),
    replays: new Map(
      replays.map(({ id, mark, shops }) => [
        id,
        { mark, shops: shops === null ? null : (JSON.parse(shops) as string[]) },
      ]),
    ),
  };
}

/** Steps of intercepts after this one, oldest first, with every shop that may see them. */
export async function stepsAfter(sql: Sql, id: number, limit: number): Promise<LiveStep[]> {
  const rows = await sql.rows<{ id: number; shopId: string; linkedShopId: string | null }>(
    `SELECT t.id, i.shop_id AS shopId, a.shop_id AS linkedShopId
     FROM (SELECT id, intercept_id FROM transition WHERE id > ? ORDER BY id LIMIT ?) t
     JOIN intercept i ON i.id = t.intercept_id
     LEFT JOIN parcel_after_sale l ON l.parcel_id = i.parcel_id
     LEFT JOIN after_sale a ON a.id = l.after_sale_id
     ORDER BY t.id`,
    [id, limit],
  );
  const shops = new Map<number, Set<string>>();
  for (const row of rows) {
    const of = shops.get(row.id) ?? new Set<string>();
    of.add(row.shopId);
    if (row.linkedShopId !== null) of.add(row.linkedShopId);
    shops.set(row.id, of);
  }
  return [...shops].map(([stepId, of]) => ({ id: stepId, shops: [...of] }));
}

/** Shops with open tasks, each with a text that differs when its tasks do. */
export async function openTasksByShop(sql: Sql): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.rows<{ shopId: string; mark: string }>(
    `SELECT i.shop_id AS shopId, CONCAT(COUNT(*), '/', MAX(t.id)) AS mark
     FROM task t JOIN intercept i ON i.id = t.intercept_id WHERE t.open_key IS NOT NULL GROUP BY i.shop_id`,
  );
  return new Map(rows.map(({ shopId, mark }) => [shopId, mark]));
}
