import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openMessage, sealMessage } from '../../src/domain/secrets/sealed-message.js';
import { createSecrets } from '../../src/domain/secrets/secrets.js';
import { verifyChain } from '../../src/domain/store/audit-store.js';
import type { Database } from '../../src/domain/store/database.js';
import { insertEvents, platformSource } from '../../src/domain/store/inbox-store.js';
import { resealAll, SEALED_COLUMNS } from '../../src/domain/store/reseal-store.js';
import { applySettings, loadSettings } from '../../src/domain/store/settings-store.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { aFile, anAccountEntry, aShopEntry, parsed } from '../support/settings-file.js';

const [OLD, NEW] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const before = createSecrets(OLD);
const both = createSecrets(NEW, OLD);
const after = createSecrets(NEW);
const BY = { actor: 'cli:test', now: new Date('2026-11-22T08:00:00Z') };
const SOURCE = platformSource('douyin', 'dy-main');
const BUYER = '收件人 王小明 13812345678 杭州市文三路 1 号';

let made: MigratedDatabase;
let db: Database;
const row = (eventId: string) => ({ source: SOURCE, eventId, payload: BUYER, receivedAt: BY.now });

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
  const endpoints = [
    { id: 'erp', url: 'https://erp.example.com/hooks', secret: `whsec_${'a'.repeat(32)}`, events: ['*'] },
  ];
  const notifications = [{ id: 'ops', kind: 'webhook', url: 'https://bots.example.com/key', events: ['alert.*'] }];
  await applySettings(db, before, parsed(aFile({ endpoints, notifications })), { prune: false, ...BY });
  const replaced = aFile({
    shops: [aShopEntry({ credentials: { appKey: 'k2', appSecret: 's2', accessToken: 't2' } })],
    carrierAccounts: [anAccountEntry({ credentials: { appKey: 'k2', appSecret: 's2' } })],
    endpoints,
    notifications,
  });
  await applySettings(db, before, parsed(replaced), { prune: false, ...BY });
  await insertEvents(db, [sealMessage(before, row('sealed')), row('from-an-older-version')]);
});
afterAll(() => made.close());

const payloads = () =>
  db.rows<{ source: string; eventId: string; payload: string }>(
    'SELECT source, event_id AS eventId, payload FROM inbox ORDER BY id',
  );

/** Columns of any table in which a text begins as a sealed one. */
async function columnsWithSealedTexts(): Promise<string[]> {
  const columns = await db.rows<{ t: string; c: string }>(
    `SELECT TABLE_NAME AS t, COLUMN_NAME AS c FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = DATABASE() AND DATA_TYPE IN ('longtext', 'varchar', 'text')`,
  );
  const found: string[] = [];
  for (const { t, c } of columns) {
    const rows = await db.rows(`SELECT 1 FROM ${t} WHERE ${c} LIKE 'v1:%' LIMIT 1`);
    if (rows.length > 0) found.push(`${t}.${c}`);
  }
  return found.sort();
}

describe('a kept message', () => {
  it('holds nothing readable of the buyer', async () => {
    const sealed = (await payloads()).find(({ eventId }) => eventId === 'sealed');
    expect(sealed?.payload).toMatch(/^v1:[0-9a-f]{8}:/);
    expect(sealed?.payload).not.toContain('王小明');
  });

  it('copied to another row does not open: nobody can be given another’s message', async () => {
    const sealed = (await payloads()).find(({ eventId }) => eventId === 'sealed');
    const moved = { source: SOURCE, eventId: 'other', payload: sealed?.payload ?? '' };
    expect(() => openMessage(before, moved)).toThrow(/damaged/);
  });
});

describe('changing the key', () => {
  it('needs the key before only until everything is sealed anew, and says how much that was', async () => {
    const done = await resealAll(db, both, BY);
    expect(done).toEqual({
      keyId: after.keyId,
      resealed: {
        'shop.credentials': 1,
        'carrier_account.credentials': 1,
        'shop.former_credentials': 1,
        'carrier_account.former_credentials': 1,
        'notification_target.secrets': 2,
        'inbox.payload': 2,
      },
      unreadable: [],
    });
    const shop = (await loadSettings(db, after)).shops.get('dy-main');
    expect(shop?.credentials).toMatchObject({ appSecret: 's2' });
    expect(shop?.former?.credentials).toMatchObject({ appSecret: 'shop-secret' });
    for (const message of await payloads()) expect(openMessage(after, message)).toBe(BUYER);
    expect(JSON.stringify(await payloads())).not.toContain(before.keyId);
  });

  it('leaves out no column that holds sealed texts', async () => {
    const known = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort();
    expect(await columnsWithSealedTexts()).toEqual(known);
  });

  it('a second time does nothing', async () => {
    const { resealed } = await resealAll(db, both, BY);
    expect(new Set(Object.values(resealed))).toEqual(new Set([0]));
  });

  it('stands in the audit chain, without the keys', async () => {
    const rows = await db.rows<{ detail: string }>("SELECT detail FROM audit WHERE action = 'secrets.rotate'");
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(
      new RegExp([OLD, NEW].map((key) => key.slice(0, 20).replace(/\W/g, '.')).join('|')),
    );
    expect(await verifyChain(db)).toMatchObject({ ok: true });
  });

  it('names what neither key opens, and touches nothing of it', async () => {
    const stranger = createSecrets(randomBytes(32).toString('base64'));
    await insertEvents(db, [sealMessage(stranger, row('of-a-third-key'))]);
    const { unreadable } = await resealAll(db, both, BY);
    expect(unreadable).toEqual([expect.stringMatching(/^inbox\.payload \d+$/)]);
    const last = (await payloads()).at(-1);
    expect(last && openMessage(stranger, last)).toBe(BUYER);
  });
});
