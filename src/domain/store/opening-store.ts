import { grouped } from '../grouped.js';
import { requestIdOf } from '../ids.js';
import type { Intercept } from '../intercept/intercept.js';
import type { Sql, SqlValue } from './database.js';
import { arrival, fieldsOf, recordTransitions } from './intercept-store.js';
import { tellOutside } from './outbox-store.js';
import { openTasks } from './task-store.js';

type Decided =
  | 'id'
  | 'parcelId'
  | 'round'
  | 'shopId'
  | 'platform'
  | 'carrier'
  | 'accountId'
  | 'laneId'
  | 'channel'
  | 'waybillNo'
  | 'origin'
  | 'state'
  | 'reason'
  | 'rule'
  | 'valueFen'
  | 'stopChance'
  | 'priceFen'
  | 'policyId'
  | 'releasedBy'
  | 'deadlineAt'
  | 'deadlineSource';

/** A round to open, as it was decided. */
export interface NewIntercept extends Pick<Intercept, Decided> {
  /** JSON of inputs and rules, as it is kept. */
  readonly decision: string;
  readonly policyVersion: number | null;
  /** It goes straight to Redis: whoever opens it adds its job after the commit (producers/quiet-lanes.ts). */
  readonly straight: boolean;
}

/** Opens rounds. The unique keys refuse a second live intercept of a parcel, whoever tries (I2). Returns them in the order given. */
export async function openIntercepts(
  tx: Sql,
  fresh: readonly NewIntercept[],
  actor: string,
  now: Date,
): Promise<Intercept[]> {
  if (fresh.length === 0) return [];
  const opening = fresh.map((one) => ({ one, columns: openingColumns(one, now) }));
  const alike = grouped(
    opening.map(({ columns }) => columns),
    (columns) => Object.keys(columns).join(),
  );
  for (const group of alike.values()) {
    const names = Object.keys(group[0] ?? {});
    await tx.run(`INSERT INTO intercept (${names.join(', ')}) VALUES ?`, [
      group.map((columns) => names.map((name) => columns[name] ?? null)),
    ]);
  }
  const opened = opening.map(({ one, columns }) => {
    const take = { event: 'open', reason: one.reason, rule: one.rule, actor } as const;
    return { row: openedRow(columns), from: null, take };
  });
  const rows = opened.map(({ row }) => row);
  await recordTransitions(tx, opened, now);
  await tellOutside(tx, rows, now);
  for (const row of rows) await openTasks(tx, row, now);
  return rows;
}

function openingColumns(fresh: NewIntercept, now: Date): Record<string, SqlValue> {
  return {
    ...arrival(fresh.state, fresh.reason, now),
    id: fresh.id,
    parcel_id: fresh.parcelId,
    round: fresh.round,
    shop_id: fresh.shopId,
    platform: fresh.platform,
    carrier: fresh.carrier,
    account_id: fresh.accountId,
    lane_id: fresh.laneId,
    channel: fresh.channel,
    waybill_no: fresh.waybillNo,
    origin: fresh.origin,
    request_id: requestIdOf(fresh.id, fresh.round),
    state: fresh.state,
    reason: fresh.reason,
    rule: fresh.rule,
    value_fen: fresh.valueFen,
    stop_chance: fresh.stopChance,
    price_fen: fresh.priceFen,
    decision: fresh.decision,
    policy_id: fresh.policyId,
    policy_version: fresh.policyVersion,
    released_by: fresh.releasedBy,
    deadline_at: fresh.deadlineAt,
    deadline_source: fresh.deadlineSource,
    ...(fresh.straight ? { dispatch: 1, dispatched_at: now } : {}),
    created_at: now,
    updated_at: now,
  };
}

/** What the database puts into a new row by itself. */
const UNSAID = {
  carrierRef: null,
  version: 1,
  epoch: 0,
  tries: 0,
  dispatch: 0,
  outcomeDueAt: null,
  cancelReason: null,
  acceptedAt: null,
} as const satisfies Partial<Intercept>;

/** The row as its insert leaves it. */
const openedRow = (columns: Record<string, SqlValue>) => ({ ...UNSAID, ...fieldsOf(columns) }) as Intercept;
