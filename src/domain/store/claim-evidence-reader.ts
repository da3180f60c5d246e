import type { Sql } from './database.js';
import { type History, readHistory } from './history-reader.js';
import { type ClaimedOrder, type ClaimView, claimedOrder } from './loss-claim-reader.js';
import { type ReturnDetail, readReturnDetail } from './return-reader.js';

/** Everything that speaks for one claim: what was asked, what the courier took, where the parcel was seen, what was booked. */
export interface ClaimEvidence {
  readonly claim: ClaimView;
  readonly order: ClaimedOrder;
  readonly history: History;
  readonly goods: ReturnDetail;
  readonly stoppedAt: Date | null;
  readonly dueAt: Date | null;
}

export async function readEvidence(sql: Sql, claim: ClaimView): Promise<ClaimEvidence> {
  const order = await claimedOrder(sql, claim.interceptId);
  if (!order) throw new Error(`the intercept of claim ${claim.id} is gone`);
  const history = await readHistory(sql, claim.interceptId, claim.parcelId);
  const goods = await readReturnDetail(sql, claim.parcelId);
  const clocks = await sql.rows<{ stoppedAt: Date | null; dueAt: Date | null }>(
    'SELECT stopped_at AS stoppedAt, due_at AS dueAt FROM expected_return WHERE parcel_id = ?',
    [claim.parcelId],
  );
  return { claim, order, history, goods, stoppedAt: clocks[0]?.stoppedAt ?? null, dueAt: clocks[0]?.dueAt ?? null };
}
