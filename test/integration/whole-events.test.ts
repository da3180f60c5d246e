import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PlatformAdapter, RawWebhook } from '../../src/domain/platform/port.js';
import type { Database } from '../../src/domain/store/database.js';
import { insertEvents, platformSource } from '../../src/domain/store/inbox-store.js';
import { rowOf } from '../../src/producers/inbox-row.js';
import { runIntake } from '../../src/producers/intake.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { anEnv, aPicture, aShop } from '../support/picture.js';
import { RIG_SECRETS } from '../support/test-key.js';

/** Messages that say all there is to say: an own system's events, with their parcels, and no detail to read. */
const SECRET = 'generic-secret-demo';
const SHOP = aShop({ id: 'own', platform: 'generic', platformShopId: 'own-1', credentials: { secret: SECRET } });

let made: MigratedDatabase;
let db: Database;
let n = 0;

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());
beforeEach(() => {
  n += 1;
});

function adapter(): PlatformAdapter {
  const plugin = platformBySlug('generic');
  if (!plugin) throw new Error('no generic platform');
  return plugin.create(plugin.manifest.credentials.parse(SHOP.credentials));
}

const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const waybill = (k = 1) => `7310013${String(n).padStart(4, '0')}${String(k).padStart(3, '0')}`;

function event(over: object = {}): object {
  return {
    type: 'after_sale',
    afterSaleId: `RF-${n}`,
    orderId: `SO-${n}`,
    status: 'open',
    refundType: 'refund_only',
    refundAmountFen: 8_900,
    paidAmountFen: 8_900,
    updatedAt: at(-5),
    parcels: [{ carrier: 'zto', waybillNo: waybill(), declaredValueFen: 8_900, pickedUpAt: at(-120) }],
    ...over,
  };
}

/** As it would come in over HTTP: signed, cut, kept, and then read. */
async function receive(body: object): Promise<void> {
  const text = JSON.stringify(body);
  const id = `msg_${createHmac('sha256', 'id').update(text).digest('hex').slice(0, 24)}`;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', SECRET).update(`${id}.${timestamp}.${text}`).digest('base64');
  const headers = { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
  const webhook: RawWebhook = { body: Buffer.from(text), headers, query: {} };
  expect(adapter().verify(webhook)).toBe(true);
  const rows = adapter().envelopes(webhook);
  await insertEvents(
    db,
    rows.map((one) => rowOf(platformSource('generic', SHOP.id), one, new Date())),
  );
  const env = () => anEnv({ shops: [SHOP] });
  const settings = () => aPicture({ shops: [SHOP] });
  const deps = {
    db,
    secrets: RIG_SECRETS,
    settings,
    env,
    platformOf: adapter,
    carrierOf: () => null,
    now: () => new Date(),
  };
  await runIntake({ ...deps, log: () => undefined });
}

const intercepts = () =>
  db.rows<{ waybillNo: string; state: string; reason: string }>(
    'SELECT waybill_no AS waybillNo, state, reason FROM intercept WHERE shop_id = ? AND waybill_no LIKE ? ORDER BY id',
    [SHOP.id, `7310013${String(n).padStart(4, '0')}%`],
  );
const afterSale = async () =>
  (
    await db.rows<{ enrichAt: Date | null; reason: string | null }>(
      'SELECT enrich_at AS enrichAt, reason FROM after_sale WHERE after_sale_id = ?',
      [`RF-${n}`],
    )
  )[0];

describe('an event that names its parcels', () => {
  it('is decided at once, and no detail is read for it', async () => {
    await receive(event());
    expect(await intercepts()).toEqual([{ waybillNo: waybill(), state: 'queued', reason: 'ready' }]);
    expect(await afterSale()).toEqual({ enrichAt: null, reason: null });
  });

  it('withdrawn by the next one, sends nothing', async () => {
    await receive(event());
    await receive(event({ status: 'closed', updatedAt: at(-1) }));
    expect(await intercepts()).toMatchObject([{ state: 'withdrawn' }]);
  });

  it('without any parcel says why nothing is intercepted, and is not read again: there is nothing to read', async () => {
    await receive(event({ parcels: [] }));
    expect(await intercepts()).toEqual([]);
    expect(await afterSale()).toEqual({ enrichAt: null, reason: 'no_parcel' });
  });

  it('with another waybill ends the old one; one that comes late does not bring it back (R65)', async () => {
    const moved = event({
      updatedAt: at(-1),
      parcels: [{ carrier: 'zto', waybillNo: waybill(2), declaredValueFen: 8_900, pickedUpAt: at(-120) }],
    });
    await receive(event());
    await receive(moved);
    expect(await intercepts()).toMatchObject([
      { waybillNo: waybill(1), state: 'withdrawn', reason: 'waybill_changed' },
      { waybillNo: waybill(2), state: 'queued' },
    ]);
    await receive(event({ updatedAt: at(-4), reason: 'told late' }));
    expect((await intercepts()).filter(({ state }) => state === 'queued')).toMatchObject([{ waybillNo: waybill(2) }]);
  });

  it('is not looked at anew however old it gets: it only tells by itself (R72)', async () => {
    await receive(event());
    await db.run('UPDATE after_sale SET known_at = ? WHERE after_sale_id = ?', [
      new Date(Date.now() - 86_400_000),
      `RF-${n}`,
    ]);
    await receive(event({ reason: 'again', updatedAt: at(-2) }));
    expect(await intercepts()).toMatchObject([{ state: 'queued' }]);
  });
});
