import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { AfterSaleDetail, PlatformAdapter } from '../../src/domain/platform/port.js';
import { findAfterSales } from '../../src/domain/store/after-sale-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { takeDetailsForRedis } from '../../src/domain/store/detail-dispatch-store.js';
import { patient } from '../../src/domain/store/hand-over.js';
import { insertEvents, platformSource } from '../../src/domain/store/inbox-store.js';
import { DetailDesk } from '../../src/producers/detail-desk.js';
import { type EnrichDeps, type EnrichOutcome, enrich } from '../../src/producers/enrich.js';
import { runIntake } from '../../src/producers/intake.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv, aPicture } from '../support/picture.js';
import { RIG_SECRETS } from '../support/test-key.js';

let made: MigratedDatabase;
let db: Database;
let n = 0;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());

const real = platformBySlug('douyin')?.create({ appKey: 'k', appSecret: 's', accessToken: 't' });

/** The real platform, but for what its detail API says. */
function platform(fetchDetail: PlatformAdapter['fetchDetail']): PlatformAdapter {
  if (!real) throw new Error('no platform');
  return { ...real, fetchDetail };
}

/** An event of this after-sale arrives and is taken in. */
async function event(afterSaleId: string, refundFen = 8_900): Promise<void> {
  n += 1;
  const at = Math.floor(Date.now() / 1_000) - 60 + n;
  const data = `{"aftersale_id":${afterSaleId},"aftersale_type":1,"aftersale_status":6,"apply_time":${at},"update_time":${at},"refund_amount":${refundFen}}`;
  const payload = `[{"tag":"200","msg_id":"m","data":${JSON.stringify(data)}}]`;
  const source = platformSource('douyin', 'dy-main');
  await insertEvents(db, [{ source, eventId: `e-${n}`, payload, receivedAt: new Date(Date.now() - 1) }]);
  const settings = () => aPicture();
  await runIntake({
    db,
    secrets: RIG_SECRETS,
    settings,
    env: () => anEnv(),
    platformOf: () => real ?? null,
    carrierOf: () => null,
    now: () => new Date(),
    log: () => undefined,
  });
}

/** A new after-sale with its detail read handed over to Redis. */
async function handedOver(): Promise<{ afterSaleId: string; job: { id: string; dispatch: number } }> {
  n += 1;
  const afterSaleId = `7000893114${String(n).padStart(9, '0')}`;
  await event(afterSaleId);
  const handed = await takeDetailsForRedis(db, 'dy-main', 1_000, new Date());
  // What an earlier test left owed may be handed over with it.
  const [mine] = await db.rows<{ id: string }>('SELECT id FROM after_sale WHERE after_sale_id = ?', [afterSaleId]);
  const job = handed.find((row) => row.id === mine?.id);
  if (!job) throw new Error('no detail is wanted');
  return { afterSaleId, job };
}

async function read(
  job: { id: string; dispatch: number },
  fetchDetail: PlatformAdapter['fetchDetail'],
  over: Partial<EnrichDeps> = {},
) {
  const platformOf = () => platform(fetchDetail);
  const outcome: EnrichOutcome = await enrich(
    {
      db,
      settings: () => aPicture(),
      desk: new DetailDesk(
        db,
        patient(() => anEnv()),
        () => new Date(),
      ),
      platformOf,
      openCall: async () => ({ send: () => Promise.reject(new Error('nothing is sent here')) }),
      backoffMs: () => 1_000,
      now: () => new Date(),
      log: () => undefined,
      ...over,
    },
    job,
  );
  return { outcome, row: (await findAfterSales(db, [job.id])).get(job.id) ?? null };
}

const detail = (over: Partial<AfterSaleDetail> = {}): AfterSaleDetail => ({
  update: {
    atMs: Date.now(),
    facts: { orderId: '1', type: 'refund_only', status: 'open', refundAmountFen: 8_900, paidAmountFen: 8_900 },
  },
  parcels: [
    {
      rawCarrier: 'zto',
      rawCarrierName: null,
      waybillNo: `7310016${String(n).padStart(7, '0')}`,
      declaredValueFen: 8_900,
    },
  ],
  ...over,
});

describe('a detail read', () => {
  it('opens the intercepts of the parcels that it names, and is owed no more', async () => {
    const { job } = await handedOver();
    const { outcome, row } = await read(job, async () => detail());
    expect(outcome).toBe('taken in');
    expect(row).toMatchObject({ enrichAt: null, reason: null });
    expect(
      await db.rows(
        `SELECT i.state FROM intercept i JOIN parcel_after_sale l ON l.intercept_id = i.id WHERE l.after_sale_id = ?`,
        [job.id],
      ),
    ).toEqual([{ state: 'held' }]);
  });

  it('changes nothing when it is repeated', async () => {
    const { job } = await handedOver();
    const said = detail();
    await read(job, async () => said);
    expect((await read(job, async () => said)).outcome).toBe('stale');
  });

  it('is still owed when an event came while it ran: what the platform said then may be old already', async () => {
    const { afterSaleId, job } = await handedOver();
    const { row } = await read(job, async () => {
      const before = detail();
      await event(afterSaleId, 4_000);
      return before;
    });
    expect(row?.enrichAt).not.toBeNull();
  });

  it('is still owed when an event came while it failed, and not put off by the old failure', async () => {
    const { afterSaleId, job } = await handedOver();
    const { row } = await read(job, async () => {
      await event(afterSaleId, 4_000);
      throw new CarrierFault('credentials', 'planted');
    });
    expect(row?.enrichAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it.each([
    ['credentials', 'auth_expired', 60_000],
    ['unavailable', 'detail_failed', 1_000],
    ['throttled', 'detail_failed', 1_000],
  ] as const)('that fails as %s is put off with the reason %s', async (kind, reason, ms) => {
    const { job } = await handedOver();
    const before = Date.now();
    const { outcome, row } = await read(job, async () => {
      throw new CarrierFault(kind, 'planted');
    });
    expect(outcome).toBe('put off');
    expect(row).toMatchObject({ reason, enrichTries: 1 });
    const failedAt = (row?.enrichAt?.getTime() ?? 0) - ms;
    expect(failedAt).toBeGreaterThanOrEqual(before);
    expect(failedAt).toBeLessThanOrEqual(Date.now());
  });

  it('that names no parcel yet is read again, also after the platform was away for long', async () => {
    const { job } = await handedOver();
    await db.run('UPDATE after_sale SET enrich_tries = 12 WHERE id = ?', [job.id]);
    const { row } = await read(job, async () => detail({ parcels: [] }));
    expect(row).toMatchObject({ reason: 'no_parcel' });
    expect(row?.enrichAt).not.toBeNull();
  });

  it('without a slot of the shop’s budget is no try', async () => {
    const { job } = await handedOver();
    const { outcome, row } = await read(job, async () => detail(), { openCall: async () => null });
    expect(outcome).toBe('no slot');
    expect(row).toMatchObject({ enrichTries: 0 });
  });
});
