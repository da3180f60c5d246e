import type { InterceptState } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import type { Sql } from './database.js';
import { andVisible } from './intercept-reader.js';
import { Where } from './where.js';

/** Parcels and what their goods are worth, fen. `withoutValue`: of them, how many nobody put a value on. */
export interface AtRisk {
  readonly count: number;
  readonly valueFen: number;
  readonly withoutValue: number;
}

export interface Risk {
  /** The buyer wants his money back, and no courier has taken the order to turn the parcel around. */
  readonly now: AtRisk;
  /** Of these, those whose last moment to send comes within the hour, or is over. */
  readonly nextHour: AtRisk;
  /** What went on to the buyer today: missed, expired, refused by the courier. */
  readonly lostToday: AtRisk;
}

const HOUR_MS = 3_600_000;

/** States in which no courier has taken the order, or nobody knows whether one has. */
const OPEN = ['held', 'queued', 'submitting', 'uncertain', 'needs_review'] as const satisfies readonly InterceptState[];
const LOST = ['missed', 'expired', 'refused'] as const satisfies readonly InterceptState[];

/** Holds of parcels that do not travel, or that this shop only watches. */
const NOT_AT_RISK = ['not_picked_up', 'before_start', 'observe_only'] as const satisfies readonly Reason[];

const sums = (condition: string, name: string) =>
  `CAST(COALESCE(SUM(${condition}), 0) AS SIGNED) AS ${name}Count,
   CAST(COALESCE(SUM(IF(${condition}, i.value_fen, 0)), 0) AS SIGNED) AS ${name}Fen,
   CAST(COALESCE(SUM(${condition} AND i.value_fen IS NULL), 0) AS SIGNED) AS ${name}Without`;

const atRisk = (count = 0, valueFen = 0, withoutValue = 0): AtRisk => ({ count, valueFen, withoutValue });

/** Money and parcels at risk, for the holder of these shops (null: all). `dayStart`: when today began. */
export async function readRisk(sql: Sql, shops: readonly string[] | null, dayStart: Date, now: Date): Promise<Risk> {
  const open = andVisible(
    new Where().andIn('i.state', OPEN).and(`NOT (i.state = 'held' AND i.reason IN (?))`, NOT_AT_RISK),
    shops,
  );
  const [live] = await sql.rows<Record<`${'now' | 'hour'}${'Count' | 'Fen' | 'Without'}`, number>>(
    `SELECT ${sums('TRUE', 'now')}, ${sums('i.deadline_at < @soon', 'hour').replaceAll('@soon', '?')}
     FROM intercept i ${open.sql}`,
    [...Array.from({ length: 3 }, () => new Date(now.getTime() + HOUR_MS)), ...open.values],
  );
  const lost = andVisible(new Where().andIn('i.state', LOST).and('i.updated_at >= ?', dayStart), shops);
  const [gone] = await sql.rows<Record<`lost${'Count' | 'Fen' | 'Without'}`, number>>(
    `SELECT ${sums('TRUE', 'lost')} FROM intercept i ${lost.sql}`,
    lost.values,
  );
  return {
    now: atRisk(live?.nowCount, live?.nowFen, live?.nowWithout),
    nextHour: atRisk(live?.hourCount, live?.hourFen, live?.hourWithout),
    lostToday: atRisk(gone?.lostCount, gone?.lostFen, gone?.lostWithout),
  };
}
