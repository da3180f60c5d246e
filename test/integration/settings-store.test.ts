import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createSecrets, SecretUnreadable } from '../../src/domain/secrets/secrets.js';
import { SettingsRefused } from '../../src/domain/settings/problem.js';
import { watchSettings } from '../../src/domain/settings/watch.js';
import { Database } from '../../src/domain/store/database.js';
import {
  applySettings,
  configVersion,
  loadSettings,
  planSettings,
  storedReferences,
} from '../../src/domain/store/settings-store.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { aFile, anAccountEntry, aShopEntry, parsed } from '../support/settings-file.js';
import { until } from '../support/until.js';

const NOW = new Date('2026-11-22T10:00:00.000Z');
const LATER = new Date('2026-11-23T10:00:00.000Z');
const secrets = createSecrets(randomBytes(32).toString('base64'));
let fresh: FreshDatabase;
let db: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  db = await Database.open({ url: fresh.url });
  await db.migrate();
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

const TABLES = ['setting', 'shop', 'carrier_account', 'tariff', 'policy_version', 'notification_target', 'lane'];
beforeEach(async () => {
  for (const table of TABLES) await db.run(`DELETE FROM ${table}`);
  await db.run('TRUNCATE audit');
});

interface Over {
  prune?: boolean;
  now?: Date;
  actor?: string;
}
/** Reads and applies, as the command does. */
async function apply(file: Record<string, unknown>, over: Over = {}) {
  const options = { prune: false, now: NOW, actor: 'cli:ann', ...over };
  const stored = await storedReferences(db, secrets, options.prune);
  return applySettings(db, secrets, parsed(file, { stored }), options);
}
const lines = (changes: Awaited<ReturnType<typeof apply>>) => changes.map((c) => `${c.action} ${c.section} ${c.id}`);
const everything = async () => {
  const rows = await Promise.all(
    TABLES.map((table) => db.rows<Record<string, unknown>>(`SELECT * FROM ${table} ORDER BY 1, 2`)),
  );
  return JSON.stringify(rows);
};
const count = async (sql: string) => (await db.rows<{ n: number }>(sql))[0]?.n;

describe('apply', () => {
  it('writes the picture that the running system then reads', async () => {
    await apply(aFile({ policies: [{ id: 'default', deadline: { afterMs: 60_000 }, approvalAboveFen: 80_000 }] }));
    const settings = await loadSettings(db, secrets);
    expect(settings.version).toBe(1);
    expect(settings.shops.get('dy-main')).toEqual({
      id: 'dy-main',
      platform: 'douyin',
      platformShopId: '10437917',
      name: '示例旗舰店',
      crossBorder: false,
      status: 'active',
      agreementSignedAt: new Date('2024-11-17T16:00:00Z'),
      baseUrl: null,
      credentials: { appKey: '7012345678901234567', appSecret: 'shop-secret', accessToken: 'shop-token' },
      former: null,
      channel: 'carrier',
      policyId: 'default',
      mode: 'auto',
      refundMode: 'off',
      taskOwner: null,
      autoFrom: NOW,
      intake: 'push',
      requireContents: false,
      returnAddress: null,
      carrierAliases: {},
      enabled: true,
    });
    expect(settings.accounts.get('zto-main')).toEqual({
      id: 'zto-main',
      carrier: 'zto',
      shops: '*',
      serves: [],
      isDefault: false,
      baseUrl: null,
      credentials: { appKey: 'zto-key', appSecret: 'zto-secret' },
      former: null,
      rateLimit: { max: 20, perMs: 1_000 },
      readRateLimit: { max: 20, perMs: 1_000 },
      concurrency: 10,
      timeoutMs: null,
      enabled: true,
    });
    expect(settings.policies.get('default')).toMatchObject({
      version: 1,
      deadlineAfterMs: 60_000,
      approvalAboveFen: 80_000,
    });
    expect(settings.tariffs).toEqual([{ carrier: 'zto', feeFen: 300, from: '2024-11-18' }]);
  });

  it('changes nothing the second time, not even the version, because scripts apply at every deploy', async () => {
    const file = aFile({
      retention: { rawDays: 7 },
      endpoints: [{ id: 'erp', url: 'https://erp.example.com', secret: 'long-enough', events: ['*'] }],
      notifications: [{ id: 'erp', kind: 'feishu', url: 'https://bot.example.com/t', events: ['alert.*'] }],
    });
    expect(lines(await apply(file)).sort()).toEqual([
      'add carrierAccounts zto-main',
      'add endpoints erp',
      'add notifications erp',
      'add policies default',
      'add retention retention',
      'add shops dy-main',
      'add tariffs zto 2024-11-18',
    ]);
    const before = await everything();
    expect(await apply(file, { now: LATER })).toEqual([]);
    expect(await everything()).toBe(before);
  });

  it('keeps several prices of a day apart by their conditions, in whatever order those are written (R31)', async () => {
    const heavy = { weightGrams: { atLeast: 3_000 }, zone: ['far', '省外'] };
    const of = (when: object) =>
      aFile({
        tariffs: [
          { carrier: 'sf', feeFen: 900, from: '2026-01-01', when },
          { carrier: 'sf', feeFen: 500, from: '2026-01-01' },
        ],
      });
    await apply(of(heavy));
    const turned = { zone: ['far', '省外'], weightGrams: { atLeast: 3_000 } };
    expect(await apply(of(turned))).toEqual([]);
    expect((await loadSettings(db, secrets)).tariffs).toEqual([
      { carrier: 'sf', feeFen: 500, from: '2026-01-01' },
      { carrier: 'sf', feeFen: 900, from: '2026-01-01', when: heavy },
    ]);
    expect(lines(await apply(of({ zone: ['near'] })))).toEqual(['add tariffs sf 2026-01-01 {"zone":["near"]}']);
    await expect(apply(of({}))).rejects.toThrow();
  });

  it('raises the version with each change, so that running processes see it', async () => {
    expect(await configVersion(db)).toBe(0);
    await apply(aFile());
    await apply(aFile({ shops: [aShopEntry({ mode: 'observe' })] }));
    expect(await configVersion(db)).toBe(2);
  });

  it('keeps what the file does not name', async () => {
    await apply(aFile());
    expect(await apply({ shops: [aShopEntry({ id: 'dy-2', platformShopId: '2' })] })).toHaveLength(1);
    expect([...(await loadSettings(db, secrets)).shops.keys()]).toEqual(['dy-2', 'dy-main']);
  });

  it('disables with prune what the file does not name, deletes nothing, and brings it back', async () => {
    await apply(aFile({ shops: [aShopEntry(), aShopEntry({ id: 'dy-2', platformShopId: '2' })] }));
    expect(lines(await apply(aFile(), { prune: true }))).toEqual(['disable shops dy-2']);
    expect((await loadSettings(db, secrets)).shops.get('dy-2')).toMatchObject({
      enabled: false,
      credentials: { appSecret: 'shop-secret' },
    });
    expect(await apply(aFile(), { prune: true })).toEqual([]);
    await apply({ shops: [aShopEntry({ id: 'dy-2', platformShopId: '2' })] });
    expect((await loadSettings(db, secrets)).shops.get('dy-2')?.enabled).toBe(true);
  });

  it('prunes accounts, policies, bots and endpoints too, but never a price', async () => {
    await apply(
      aFile({
        policies: [{ id: 'default' }, { id: 'other' }],
        carrierAccounts: [anAccountEntry(), anAccountEntry({ id: 'zto-2', shops: ['dy-main'] })],
        endpoints: [{ id: 'erp', url: 'https://erp.example.com', secret: 'long-enough', events: ['*'] }],
        notifications: [{ id: 'bot', kind: 'feishu', url: 'https://bot.example.com/t', events: ['*'] }],
      }),
    );
    expect(lines(await apply(aFile({ tariffs: [] }), { prune: true })).sort()).toEqual([
      'disable carrierAccounts zto-2',
      'disable endpoints erp',
      'disable notifications bot',
      'disable policies other',
    ]);
    expect((await loadSettings(db, secrets)).accounts.get('zto-2')?.enabled).toBe(false);
    expect(await count('SELECT COUNT(*) AS n FROM tariff')).toBe(1);
  });

  it('refuses a shop whose policy prune would take away', async () => {
    await apply(aFile());
    await expect(applySettings(db, secrets, parsed(aFile()), { prune: true, now: NOW, actor: 'a' })).resolves.toEqual(
      [],
    );
    const file = parsed({ shops: [aShopEntry()] }, { stored: await storedReferences(db, secrets, false) });
    await expect(applySettings(db, secrets, file, { prune: true, now: NOW, actor: 'a' })).rejects.toBeInstanceOf(
      SettingsRefused,
    );
  });

  it('adds a version to a policy that changed and none to one that did not', async () => {
    await apply(aFile({ policies: [{ id: 'default' }, { id: 'other' }] }));
    await apply(aFile({ policies: [{ id: 'default', partialRefund: 'ask' }, { id: 'other' }] }));
    const { policies } = await loadSettings(db, secrets);
    expect([policies.get('default')?.version, policies.get('other')?.version]).toEqual([2, 1]);
    expect(policies.get('default')?.partialRefund).toBe('ask');
    expect(await count("SELECT COUNT(*) AS n FROM policy_version WHERE policy_id = 'default'")).toBe(2);
  });

  it('starts a shop when it was first applied, and leaves that mark alone later (R76)', async () => {
    await apply(aFile());
    await apply(aFile({ shops: [aShopEntry({ name: 'new' })] }), { now: LATER });
    expect((await loadSettings(db, secrets)).shops.get('dy-main')?.autoFrom).toEqual(NOW);
    await apply(aFile({ shops: [aShopEntry({ autoFrom: '2026-11-01T00:00:00+08:00' })] }), { now: LATER });
    expect((await loadSettings(db, secrets)).shops.get('dy-main')?.autoFrom).toEqual(new Date('2026-10-31T16:00:00Z'));
  });

  it('makes a lane for each account and never resets what people set on it', async () => {
    await apply(aFile());
    expect(await db.rows('SELECT id, carrier, account_id AS account, paused FROM lane')).toEqual([
      { id: 'zto-zto-main', carrier: 'zto', account: 'zto-main', paused: 0 },
    ]);
    await db.run('UPDATE lane SET paused = 1');
    await apply(aFile({ carrierAccounts: [anAccountEntry({ concurrency: 3 })] }));
    expect(await count('SELECT COUNT(*) AS n FROM lane WHERE paused = 1')).toBe(1);
  });

  it('keeps nothing secret or personal readable in the database', async () => {
    await apply(
      aFile({
        shops: [aShopEntry({ returnAddress: { name: '张三', phone: '13800000000' } })],
        endpoints: [{ id: 'erp', url: 'https://erp.example.com', secret: 'hook-secret', events: ['*'] }],
        notifications: [{ id: 'bot', kind: 'feishu', url: 'https://bot.example.com/bot-token', events: ['*'] }],
      }),
    );
    const all = await everything();
    for (const word of ['shop-secret', 'shop-token', 'zto-secret', 'hook-secret', 'bot-token', '13800000000', '张三']) {
      expect(all).not.toContain(word);
    }
    expect(all).toContain('10437917');
  });

  it('notes in the audit chain who changed what, without secrets', async () => {
    await apply(aFile());
    await apply(
      aFile({
        shops: [aShopEntry({ mode: 'approve', credentials: { appKey: 'a', appSecret: 'hunter2', accessToken: 'c' } })],
      }),
      { actor: 'cli:bob' },
    );
    const rows = await db.rows<{ actor: string; action: string; subject: string; detail: string }>(
      'SELECT * FROM audit ORDER BY id DESC LIMIT 1',
    );
    expect(rows[0]).toMatchObject({ actor: 'cli:bob', action: 'settings.apply', subject: 'version 2' });
    expect(JSON.parse(rows[0]?.detail ?? '')).toEqual({
      prune: false,
      replaced: ['shops/dy-main'],
      formerUntil: '2026-11-23T10:00:00.000Z',
      changes: [
        {
          section: 'shops',
          id: 'dy-main',
          action: 'change',
          fields: [
            { field: 'mode', from: 'auto', to: 'approve', secret: false },
            { field: 'credentials', secret: true },
          ],
        },
      ],
    });
  });

  it('lets two shops change places on their platform', async () => {
    const shops = (a: string, b: string) =>
      aFile({ shops: [aShopEntry({ id: 'a', platformShopId: a }), aShopEntry({ id: 'b', platformShopId: b })] });
    await apply(shops('1', '2'));
    await apply(shops('2', '1'));
    const settings = await loadSettings(db, secrets);
    expect([settings.shops.get('a')?.platformShopId, settings.shops.get('b')?.platformShopId]).toEqual(['2', '1']);
  });

  it('refuses to rewrite a price that fees were booked under, and takes a new one from another day', async () => {
    await apply(aFile());
    await db.run(
      `INSERT INTO ledger_entry (id, intercept_id, seq, kind, carrier, shop_id, amount_fen, tariff_from, posted_at)
       VALUES ('f1', 'i1', 1, 'fee', 'zto', 'dy-main', 300, '2024-11-18', ?)`,
      [NOW],
    );
    const dearer = (from: string) => aFile({ tariffs: [{ carrier: 'zto', feeFen: 350, from }] });
    await expect(apply(dearer('2024-11-18'))).rejects.toThrow(
      /tariffs\[0\]\.feeFen: fees were booked under this price/,
    );
    expect(lines(await apply(dearer('2026-11-23')))).toEqual(['add tariffs zto 2026-11-23']);
  });

  it('is all or nothing: what fails half way leaves no trace', async () => {
    await apply(aFile());
    const before = await everything();
    await db.run(
      `CREATE TRIGGER no_tariff BEFORE INSERT ON tariff FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'planted'`,
    );
    try {
      const file = aFile({
        shops: [aShopEntry({ mode: 'observe' })],
        tariffs: [{ carrier: 'yto', feeFen: 400, from: '2024-11-18' }],
      });
      await expect(apply(file)).rejects.toThrow(/planted/);
    } finally {
      await db.run('DROP TRIGGER no_tariff');
    }
    expect(await everything()).toBe(before);
  });

  it('at the same time as another follows it: both hold, each with its version', async () => {
    await apply(aFile());
    const shop = (id: string) => ({ shops: [aShopEntry({ id, platformShopId: id })] });
    await Promise.all(['s1', 's2', 's3', 's4'].map((id) => apply(shop(id))));
    const settings = await loadSettings(db, secrets);
    expect([...settings.shops.keys()]).toEqual(['dy-main', 's1', 's2', 's3', 's4']);
    expect(settings.version).toBe(5);
  });
});

describe('a preview', () => {
  it('says what apply would do, defaults too, and leaves nothing behind', async () => {
    const before = await everything();
    const file = parsed(aFile());
    const planned = await planSettings(db, secrets, file, { prune: false, now: NOW });
    expect(await everything()).toBe(before);
    expect(planned.find(({ section }) => section === 'shops')?.fields).toContainEqual({
      field: 'intake',
      to: 'push',
      secret: false,
    });
    expect(await applySettings(db, secrets, file, { prune: false, now: NOW, actor: 'a' })).toEqual(planned);
  });

  it('refuses what apply would refuse', async () => {
    const orphan = parsed(
      { shops: [aShopEntry()] },
      { stored: { ...(await storedReferences(db, secrets, false)), policies: [{ id: 'default' }] } },
    );
    await expect(planSettings(db, secrets, orphan, { prune: false, now: NOW })).rejects.toThrow(/shops\[0\]\.policy/);
  });
});

describe('another SECRET_KEY', () => {
  const other = createSecrets(randomBytes(32).toString('base64'));

  it('is told apart from damage, because the answer is to set the right key', async () => {
    await apply(aFile());
    await expect(loadSettings(db, other)).rejects.toMatchObject({ kind: 'other_key' });
    await expect(loadSettings(db, other)).rejects.toBeInstanceOf(SecretUnreadable);
  });

  it('is mended by applying the file again under it', async () => {
    await apply(aFile());
    const changes = await applySettings(db, other, parsed(aFile()), { prune: false, now: NOW, actor: 'a' });
    expect(changes.map((c) => c.fields)).toEqual(Array(2).fill([{ field: 'credentials', secret: true }]));
    expect((await loadSettings(db, other)).shops.get('dy-main')?.credentials).toMatchObject({
      appSecret: 'shop-secret',
    });
  });

  it('does not stop the system for the sake of a row that is disabled', async () => {
    await apply(aFile({ shops: [aShopEntry(), aShopEntry({ id: 'dy-2', platformShopId: '2' })] }));
    await apply(aFile(), { prune: true });
    await applySettings(db, other, parsed(aFile()), { prune: true, now: NOW, actor: 'a' });
    expect((await loadSettings(db, other)).shops.get('dy-2')).toMatchObject({ enabled: false, credentials: {} });
  });
});

describe('a running process', () => {
  let stop: () => void = () => undefined;
  afterEach(() => stop());

  it('takes an applied change over within two seconds', async () => {
    await apply(aFile());
    const watch = await watchSettings({
      load: () => loadSettings(db, secrets),
      version: () => configVersion(db),
      everyMs: 500,
      onChange: () => undefined,
      onError: () => undefined,
    });
    stop = watch.stop;
    await apply(aFile({ shops: [aShopEntry({ mode: 'observe' })] }));
    await until(() => watch.current().shops.get('dy-main')?.mode === 'observe', {
      timeoutMs: 2_000,
      what: 'the change',
    });
  });
});
