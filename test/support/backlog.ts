import { PRIOR_CHANCE } from '../../src/domain/scorecard/chance.js';
import type { Database, SqlValue } from '../../src/domain/store/database.js';
import { LANE } from './migrated-database.js';

export interface BacklogRow {
  readonly id: string;
  readonly deadlineAt: Date;
  readonly shopId?: string;
  readonly valueFen?: number | null;
  readonly chance?: number;
  readonly state?: string;
  /** With Redis already. */
  readonly handed?: boolean;
  /** When it is due; a minute ago. */
  readonly nextAt?: Date;
}

const COLUMNS = `id, parcel_id, round, shop_id, platform, carrier, account_id, lane_id, channel, waybill_no, origin, request_id,
  state, reason, value_fen, stop_chance, decision, deadline_at, deadline_source, dispatched_at, next_at, created_at, updated_at`;

/** Rows that wait at the lane of the rig, written straight into the table: thousands of them in no time. */
export async function backlog(db: Database, rows: readonly BacklogRow[]): Promise<void> {
  const now = new Date(Date.now() - 60_000);
  const values = rows.map((row): SqlValue[] => [
    row.id,
    row.id,
    1,
    row.shopId ?? 'dy-main',
    'douyin',
    'zto',
    'zto-main',
    LANE,
    'carrier',
    row.id,
    'event',
    row.id,
    row.state ?? 'queued',
    'ready',
    row.valueFen === undefined ? 8_900 : row.valueFen,
    row.chance ?? PRIOR_CHANCE,
    '{}',
    row.deadlineAt,
    'forecast',
    row.handed ? now : null,
    row.nextAt ?? now,
    now,
    now,
  ]);
  for (let from = 0; from < values.length; from += 2_000) {
    await db.run(`INSERT INTO intercept (${COLUMNS}) VALUES ?`, [values.slice(from, from + 2_000)]);
  }
}
