import type { Database } from '../../src/domain/store/database.js';
import { median } from '../random.js';

/** The stages of the way from an event to its order at the courier, medians, ms. */
export interface Stages {
  readonly toDecision: number;
  readonly toClaim: number;
  readonly toCourier: number;
}

/** Where the time went between the event and the order, by when each parcel was decided and its claim began. */
export async function stagesOf(
  db: Database,
  waybillNos: readonly string[],
  { sentAt, arrived }: { readonly sentAt: ReadonlyMap<string, number>; readonly arrived: ReadonlyMap<string, number> },
): Promise<Stages> {
  const rows = await db.rows<{ waybillNo: string; decidedAt: Date; claimedAt: Date }>(
    `SELECT i.waybill_no AS waybillNo, i.created_at AS decidedAt, a.started_at AS claimedAt
     FROM intercept i JOIN attempt a ON a.intercept_id = i.id AND a.kind = 'send' WHERE i.waybill_no IN (?)`,
    [waybillNos],
  );
  const of = (between: (row: (typeof rows)[number]) => number) => median(rows.map(between));
  return {
    toDecision: of(({ waybillNo, decidedAt }) => decidedAt.getTime() - (sentAt.get(waybillNo) ?? Number.NaN)),
    toClaim: of(({ decidedAt, claimedAt }) => claimedAt.getTime() - decidedAt.getTime()),
    toCourier: of(({ waybillNo, claimedAt }) => (arrived.get(waybillNo) ?? Number.NaN) - claimedAt.getTime()),
  };
}
