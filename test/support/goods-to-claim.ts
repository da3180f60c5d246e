import type { Database } from '../../src/domain/store/database.js';
import { findIntercept } from '../../src/domain/store/intercept-store.js';
import type { JudgeEnv } from '../../src/domain/store/judgement.js';
import { findClaim } from '../../src/domain/store/loss-claim-store.js';
import { openReturns } from '../../src/domain/store/return-store.js';

/** The return of this intercept's parcel, expected since now; its id. */
export async function aReturn(db: Database, interceptId: string): Promise<string> {
  const intercept = await findIntercept(db, interceptId);
  if (!intercept) throw new Error(`no intercept ${interceptId}`);
  const now = new Date();
  const { parcelId, shopId } = intercept;
  await db.transaction((tx) =>
    openReturns(tx, [{ parcelId, interceptId, shopId, stoppedAt: null, dueAt: null, since: now }], now),
  );
  const [row] = await db.rows<{ id: string }>('SELECT id FROM expected_return WHERE parcel_id = ?', [parcelId]);
  return row?.id ?? '';
}

/** The draft of a claim for this intercept's parcel; its id. */
export async function aClaim(db: Database, env: JudgeEnv, interceptId: string): Promise<string> {
  const intercept = await findIntercept(db, interceptId);
  if (!intercept) throw new Error(`no intercept ${interceptId}`);
  const found = { intercept, kind: 'delivered', missing: null, lines: [] } as const;
  await db.transaction((tx) => findClaim(tx, env, found, new Date()));
  const [row] = await db.rows<{ id: string }>('SELECT id FROM claim WHERE intercept_id = ?', [interceptId]);
  return row?.id ?? '';
}
