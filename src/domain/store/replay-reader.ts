import type { InterceptState } from '../intercept/machine.js';
import type { Sql } from './database.js';
import type { ItemOutcome } from './replay-item.js';
import type { ReplayPreview } from './replay-preview.js';
import type { Replay } from './replay-store.js';
import { isAscii, type Page, Where } from './where.js';

const COLUMNS = `r.id, r.name, r.actor, r.shops, r.state, r.total, r.preview, r.fee_estimate_fen AS feeEstimateFen,
  r.per_second AS perSecond, r.created_at AS createdAt, r.finished_at AS finishedAt`;

type RawReplay = Omit<Replay, 'preview' | 'toDo' | 'done' | 'failed' | 'outcomes'> & {
  readonly preview: string;
  readonly shops: string | null;
};

async function withCounts(sql: Sql, rows: readonly RawReplay[]): Promise<Replay[]> {
  if (rows.length === 0) return [];
  const counts = await sql.rows<{ id: string; outcome: ItemOutcome | null; n: number }>(
    `SELECT replay_id AS id, outcome, COUNT(*) AS n FROM replay_item WHERE replay_id IN (?) GROUP BY replay_id, outcome`,
    [rows.map((row) => row.id)],
  );
  return rows.map(({ shops: _, preview, ...head }) => {
    const own = counts.filter(({ id }) => id === head.id);
    const outcomes: Partial<Record<ItemOutcome, number>> = {};
    for (const { outcome, n } of own) if (outcome !== null) outcomes[outcome] = n;
    return {
      ...head,
      preview: JSON.parse(preview) as ReplayPreview['preview'],
      toDo: own.reduce((sum, { n }) => sum + n, 0),
      done: own.reduce((sum, { outcome, n }) => sum + (outcome === null ? 0 : n), 0),
      failed: outcomes.failed ?? 0,
      outcomes,
    };
  });
}

/** A replay is seen by whoever may see every shop it covers; one over all shops only by who may see all. */
function andCovered(where: Where, shops: readonly string[] | null): Where {
  if (shops === null) return where;
  return where.and('r.shops IS NOT NULL AND JSON_CONTAINS(?, r.shops)', JSON.stringify(shops));
}

/** One replay with how far it is; null if there is none or it covers shops that are not the caller's. */
export async function readReplay(sql: Sql, id: string, shops: readonly string[] | null): Promise<Replay | null> {
  if (!isAscii(id)) return null;
  const where = andCovered(new Where().and('r.id = ?', id), shops);
  const rows = await sql.rows<RawReplay>(`SELECT ${COLUMNS} FROM replay r ${where.sql}`, where.values);
  return (await withCounts(sql, rows))[0] ?? null;
}

/** One page of the replays that were really begun, newest first. */
export async function listReplays(sql: Sql, shops: readonly string[] | null, page: Page): Promise<Replay[]> {
  const where = andCovered(new Where().and(`r.state <> 'previewed'`), shops).andIf(
    page.beforeId ?? undefined,
    'r.id < ?',
  );
  const rows = await sql.rows<RawReplay>(`SELECT ${COLUMNS} FROM replay r ${where.sql} ORDER BY r.id DESC LIMIT ?`, [
    ...where.values,
    page.limit,
  ]);
  return withCounts(sql, rows);
}

/** One item of a replay: what was let go, and what became of it. */
export interface ReplayItemView {
  readonly seq: number;
  readonly interceptId: string;
  readonly carrier: string;
  readonly rawCarrier: string;
  readonly mapped: boolean;
  readonly waybillNo: string;
  readonly outcome: ItemOutcome | null;
  /** The reason of the row as it was then, or why the step was refused. */
  readonly reason: string | null;
  readonly resultId: string | null;
  /** Where the intercept that stands for the parcel is now. */
  readonly state: InterceptState;
  readonly doneAt: Date | null;
}

/** Items in the order of the replay, from the one after `afterSeq`. `outcome` `open`: those that wait. */
export async function listReplayItems(
  sql: Sql,
  replayId: string,
  filter: { readonly outcome?: string | undefined },
  page: { readonly limit: number; readonly afterSeq: number | null },
): Promise<ReplayItemView[]> {
  const where = new Where().and('t.replay_id = ?', replayId).andIf(page.afterSeq ?? undefined, 't.seq > ?');
  if (filter.outcome === 'open') where.and('t.outcome IS NULL');
  else where.andIf(filter.outcome, 't.outcome = ?');
  const rows = await sql.rows<Omit<ReplayItemView, 'mapped'> & { readonly mapped: number }>(
    `SELECT t.seq, t.intercept_id AS interceptId, i.carrier, p.raw_carrier AS rawCarrier, p.mapped, i.waybill_no AS waybillNo,
       t.outcome, t.reason, t.result_id AS resultId, COALESCE(n.state, i.state) AS state, t.done_at AS doneAt
     FROM replay_item t JOIN intercept i ON i.id = t.intercept_id JOIN parcel p ON p.id = i.parcel_id
       LEFT JOIN intercept n ON n.id = t.result_id ${where.sql} ORDER BY t.seq LIMIT ?`,
    [...where.values, page.limit],
  );
  return rows.map((row) => ({ ...row, mapped: row.mapped === 1 }));
}
