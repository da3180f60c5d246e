import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { INTERCEPT_STATES } from '../../src/domain/intercept/machine.js';
import type { Database } from '../../src/domain/store/database.js';
import { findIntercepts } from '../../src/domain/store/intercept-store.js';
import { type NewIntercept, openIntercepts } from '../../src/domain/store/opening-store.js';
import { LANE, type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';

let made: MigratedDatabase;
let db: Database;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());

const NOW = new Date('2026-11-28T12:00:00.123Z');

function aRound(over: Partial<NewIntercept> & Pick<NewIntercept, 'id'>): NewIntercept {
  return {
    parcelId: `parcel-${over.id}`,
    round: 2,
    shopId: 'dy-main',
    platform: 'douyin',
    carrier: 'zto',
    accountId: 'zto-main',
    laneId: LANE,
    channel: 'carrier',
    waybillNo: '73100130019486',
    origin: 'event',
    state: 'queued',
    reason: 'ready',
    rule: null,
    valueFen: 8_900,
    stopChance: 0.123456789,
    priceFen: null,
    decision: '{}',
    policyId: 'default',
    policyVersion: 3,
    releasedBy: 'user:ops@example.com',
    deadlineAt: new Date('2026-11-29T08:00:00.456Z'),
    deadlineSource: 'forecast',
    straight: false,
    ...over,
  };
}

it('a round is given back as its insert leaves it, whatever state it opens in: nobody reads it again', async () => {
  const fresh = [
    ...INTERCEPT_STATES.map((state) => aRound({ id: `in-${state}`, state })),
    aRound({ id: 'checking', state: 'held', reason: 'checking', rule: 'R72' }),
    aRound({ id: 'bare', accountId: null, laneId: null, policyId: null, releasedBy: null, valueFen: null }),
    aRound({ id: 'straight', straight: true }),
  ];
  const opened = await db.transaction((tx) => openIntercepts(tx, fresh, 'system', NOW));
  const stored = await findIntercepts(
    db,
    fresh.map(({ id }) => id),
  );
  expect(opened).toEqual(fresh.map(({ id }) => stored.get(id)));
  expect(stored.get('straight')).toMatchObject({ dispatch: 1, dispatchedAt: NOW });
  expect(stored.get('in-queued')).toMatchObject({ dispatch: 0, dispatchedAt: null, nextAt: NOW });
});
