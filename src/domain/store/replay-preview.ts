import { chinaDay } from '../china-time.js';
import type { InterceptState } from '../intercept/machine.js';
import { feeOn } from '../money/tariff.js';
import type { Reason } from '../reasons.js';
import { classOf, classOfJudgement, isReleasable, REPLAY_CLASSES, type ReplayClass } from '../replay/classify.js';
import type { Database, Sql } from './database.js';
import { dryRun } from './dry-run.js';
import { INTERCEPT_FROM, type InterceptMatch, matching } from './intercept-reader.js';
import { lockNewestRound } from './intercept-store.js';
import { type JudgeEnv, previewRelease } from './judgement.js';
import { lockParcel } from './parcel-store.js';
import { remapParcel } from './remap-store.js';
import type { Where } from './where.js';

/** Rows judged one by one for a preview; the rest are counted by their state and reason. */
const MOST_JUDGED = 300;
/** Judgements at once: each waits for its locks only. */
const SIDE_BY_SIDE = 3;

export interface ReplayFilter extends Omit<InterceptMatch, 'shops'> {
  readonly ids?: readonly string[] | undefined;
}

export interface ReplayPreview {
  readonly total: number;
  readonly preview: Readonly<Record<ReplayClass, number>>;
  /** What the intercepts that will be sent cost if all of them succeed, fen. */
  readonly feeEstimateFen: number;
}

/** Rows a replay is about: of each parcel its newest round, as far as the caller may see it. */
export function replayed(filter: ReplayFilter, shops: readonly string[] | null): Where {
  const where = matching({ ...filter, shops });
  if (filter.ids) where.andIn('i.id', filter.ids);
  return where.and('NOT EXISTS (SELECT 1 FROM intercept n WHERE n.parcel_id = i.parcel_id AND n.round > i.round)');
}

interface Group {
  readonly state: InterceptState;
  readonly reason: Reason;
  readonly carrier: string;
}

const keyOf = (g: Group) => `${g.state}/${g.reason}/${g.carrier}`;

/** How many rows there are of each state, reason and courier. */
export function replayGroups(sql: Sql, where: Where): Promise<(Group & { readonly n: number })[]> {
  return sql.rows(
    `SELECT i.state, i.reason, i.carrier, COUNT(*) AS n ${INTERCEPT_FROM} ${where.sql} GROUP BY i.state, i.reason, i.carrier`,
    where.values,
  );
}

/** States and reasons among the groups that a replay lets go. */
export function releasable(groups: readonly Group[]): [InterceptState, Reason][] {
  const pairs = new Map(groups.map((g): [string, Group] => [`${g.state}/${g.reason}`, g]));
  return [...pairs.values()].filter((g) => isReleasable(g.state, g.reason)).map((g) => [g.state, g.reason]);
}

interface Judged {
  readonly class: ReplayClass;
  /** What it costs if its stop succeeds, fen. */
  readonly feeFen: number;
}

async function judgeOne(
  tx: Sql,
  env: JudgeEnv,
  row: Group & { readonly parcelId: string },
  now: Date,
): Promise<Judged> {
  const parcelId = await remapParcel(tx, env, row, now);
  await lockParcel(tx, parcelId);
  const newest = await lockNewestRound(tx, parcelId);
  if (newest && !isReleasable(newest.state, newest.reason)) {
    return { class: classOf(newest.state, newest.reason), feeFen: newest.priceFen ?? 0 };
  }
  const judgement = await previewRelease(tx, env, parcelId, now);
  return { class: judgement ? classOfJudgement(judgement) : 'other', feeFen: judgement?.feeFen ?? 0 };
}

/** Judges as a release would, mapping included, and undoes all of it. */
function judgeDry(db: Database, env: JudgeEnv, row: Group & { readonly parcelId: string }, now: Date): Promise<Judged> {
  return dryRun(db, (tx) => judgeOne(tx, env, row, now));
}

/**
 * What a replay of these rows would come to and cost; changes nothing. Up to `MOST_JUDGED` rows are judged anew, those
 * with the nearest deadline first; the others are counted by the table of classify.ts.
 */
export async function previewReplay(
  db: Database,
  env: JudgeEnv,
  filter: ReplayFilter,
  shops: readonly string[] | null,
  now: Date,
): Promise<ReplayPreview> {
  const where = replayed(filter, shops);
  const groups = await replayGroups(db, where);
  const pairs = releasable(groups);
  const rows =
    pairs.length === 0
      ? []
      : await db.rows<Group & { parcelId: string }>(
          `SELECT i.state, i.reason, i.carrier, i.parcel_id AS parcelId ${INTERCEPT_FROM} ${where.sql}
           AND (i.state, i.reason) IN (?) ORDER BY i.deadline_at, i.id LIMIT ${MOST_JUDGED}`,
          [...where.values, pairs],
        );
  const left = new Map(groups.map((g) => [keyOf(g), g.n]));
  const preview = Object.fromEntries(REPLAY_CLASSES.map((name) => [name, 0])) as Record<ReplayClass, number>;
  let feeEstimateFen = 0;
  const count = ({ class: name, feeFen }: Judged, n: number) => {
    preview[name] += n;
    if (name === 'willSend') feeEstimateFen += n * feeFen;
  };
  const waiting = [...rows];
  const judgeNext = async () => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      left.set(keyOf(row), (left.get(keyOf(row)) ?? 1) - 1);
      count(await judgeDry(db, env, row, now), 1);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, judgeNext));
  // A row that moved between the two reads is counted where it was judged.
  for (const g of groups) {
    // Not judged: the price without conditions.
    const feeFen = feeOn(env.settings.tariffs, g.carrier, chinaDay(now))?.feeFen ?? 0;
    count({ class: classOf(g.state, g.reason), feeFen }, Math.max(0, left.get(keyOf(g)) ?? 0));
  }
  const total = Object.values(preview).reduce((sum, n) => sum + n, 0);
  return { total, preview, feeEstimateFen };
}
