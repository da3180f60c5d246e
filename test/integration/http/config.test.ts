import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ConfigAnswer, ConfigChangesAnswer } from '../../../src/dashboard/api/schemas/config.js';
import { applySettings, configVersion, loadSettings } from '../../../src/domain/store/settings-store.js';
import { CREDENTIALS, FEATURES } from '../../../src/system.js';
import { aFile, anAccountEntry, aShopEntry, parsed } from '../../support/settings-file.js';
import { RIG_SECRETS } from '../../support/test-key.js';
import { type WebRig, webRig } from '../../support/web-rig.js';

const REAL = { credentials: CREDENTIALS, features: FEATURES };
const BOT_URL = 'https://oapi.dingtalk.com/robot/send?access_token=bot-token-value';
const FILE = aFile({
  shops: [
    aShopEntry({ returnAddress: { name: '王仓管', phone: '13812345678' } }),
    aShopEntry({ id: 'dy-two', platformShopId: '10437918', name: '二店', policy: 'careful' }),
  ],
  carrierAccounts: [anAccountEntry(), anAccountEntry({ id: 'zto-two', shops: ['dy-two'] })],
  policies: [{ id: 'default' }, { id: 'careful', auto: false }, { id: 'unused' }],
  notifications: [{ id: 'ops-bot', kind: 'dingtalk', url: BOT_URL, events: ['alert.*'] }],
  endpoints: [{ id: 'erp', url: 'https://erp.example.com/hooks', secret: 'a secret of the erp', events: ['*'] }],
});

let rig: WebRig;
let admin: string;
beforeAll(async () => {
  rig = await webRig();
  admin = await rig.token(['config:read', 'config:write']);
}, 30_000);
afterAll(() => rig.close());

const TABLES = ['shop', 'carrier_account', 'policy_version', 'notification_target', 'tariff', 'lane', 'ledger_entry'];
beforeEach(async () => {
  for (const table of TABLES.slice(0, -1)) await rig.db.run(`DELETE FROM ${table}`);
  await rig.db.run('TRUNCATE audit');
  await rig.db.run("DELETE FROM setting WHERE name NOT LIKE 'token%'");
  await applySettings(rig.db, RIG_SECRETS, parsed(FILE, REAL), {
    prune: false,
    actor: 'cli:ann',
    now: new Date('2026-11-22T08:00:00Z'),
  });
});

async function call<T>(method: string, path: string, body?: unknown, authorization = admin) {
  const headers = { authorization, 'content-type': 'application/json' };
  const init = body === undefined ? { headers } : { method, headers, body: JSON.stringify(body) };
  const answer = await fetch(`${rig.url}/api/v1${path}`, init);
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) as T };
}
const read = (authorization = admin) => call<ConfigAnswer>('GET', '/config', undefined, authorization);
interface Refused {
  readonly code: string;
  readonly version?: number;
  readonly errors?: readonly { field: string; text: { zh: string; en: string } }[];
  readonly meanwhile?: readonly { actor: string; version: number; changes: ConfigChangesAnswer['changes'] }[];
}
const save = (body: object, authorization = admin) =>
  call<ConfigChangesAnswer & Refused>('POST', '/config/changes', body, authorization);
const preview = (body: object) => call<ConfigChangesAnswer & Refused>('POST', '/config/preview', body);

const rowOf = (config: ConfigAnswer, section: 'shops' | 'carrierAccounts' | 'policies' | 'endpoints', id: string) => {
  const found = config[section].find((row) => row.id === id);
  if (!found) throw new Error(`no ${section} ${id}`);
  return found;
};
const settings = () => loadSettings(rig.db, RIG_SECRETS);
const accountNow = async (id = 'zto-main') => (await settings()).accounts.get(id);
const SECRETS = ['zto-secret', 'dy-secret', '13812345678', 'bot-token-value', 'a secret of the erp'];

describe('reading the configuration', () => {
  it('shows every field but the secrets, and of those only that they are set', async () => {
    const { body, text } = await read();
    expect(body).toMatchObject({ version: 1, changedBy: 'cli:ann', changedAt: '2026-11-22T08:00:00.000Z' });
    expect(rowOf(body, 'carrierAccounts', 'zto-main')).toMatchObject({
      enabled: true,
      readable: true,
      row: { carrier: 'zto', shops: '*', concurrency: 10 },
      set: { credentials: ['appKey', 'appSecret'] },
    });
    expect(rowOf(body, 'shops', 'dy-main').set).toMatchObject({ returnAddress: ['name', 'phone'] });
    expect(body.notifications[0]?.set).toEqual({ url: ['url'], secret: [] });
    expect(rowOf(body, 'endpoints', 'erp')).toMatchObject({
      row: { url: 'https://erp.example.com/hooks' },
      set: { secret: ['secret'] },
    });
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  });

  it('shows whoever is limited to a shop his part of it, and no other shop’s name', async () => {
    const { body, text } = await read(await rig.token(['config:read'], ['dy-two']));
    expect(body.shops.map(({ id }) => id)).toEqual(['dy-two']);
    expect(body.policies.map(({ id }) => id)).toEqual(['careful']);
    expect(body.carrierAccounts.map(({ id }) => id)).toEqual(['zto-main', 'zto-two']);
    expect([body.notifications, body.endpoints]).toEqual([[], []]);
    expect(text).not.toContain('dy-main');
  });

  it('gives forms for every section and plug-in, with what each can do and none of their keys’ values', async () => {
    interface Forms {
      carriers: Record<string, { capabilities: Record<string, boolean>; credentials: { key: string }[] }>;
      platforms: Record<string, { doors: Record<string, boolean>; hasChannel: boolean }>;
      sections: Record<string, { key: string; kind: string }[]>;
    }
    const { body } = await call<Forms>('GET', '/config/forms');
    expect(body.carriers.zto?.capabilities).toMatchObject({ cancel: true, track: true });
    expect(body.carriers.zto?.credentials.map(({ key }) => key)).toEqual(
      expect.arrayContaining(['appKey', 'appSecret']),
    );
    expect(body.platforms.douyin).toMatchObject({ doors: { push: true, poll: true }, hasChannel: true });
    expect(body.sections.tariffs?.map(({ key }) => key)).toEqual(['carrier', 'feeFen', 'from', 'when']);
  });
});

describe('a change of the configuration', () => {
  const slower = async () => {
    const { row } = rowOf((await read()).body, 'carrierAccounts', 'zto-main');
    return {
      version: 1,
      file: { carrierAccounts: [{ ...row, concurrency: 3, credentials: {} }] },
      reason: '快递要求降速',
    };
  };

  it('is shown before it is made, and the preview writes nothing', async () => {
    const { status, body } = await preview(await slower());
    expect([status, body]).toEqual([
      200,
      {
        version: 1,
        changes: [
          {
            section: 'carrierAccounts',
            id: 'zto-main',
            action: 'change',
            fields: [{ field: 'concurrency', from: 10, to: 3, secret: false }],
          },
        ],
      },
    ]);
    expect(await configVersion(rig.db)).toBe(1);
  });

  it('is what `apply` would do: one version more, one audit entry with before, after and reason, secrets kept', async () => {
    const { status, body } = await save(await slower());
    expect([status, body.version]).toEqual([200, 2]);
    expect(await accountNow()).toMatchObject({
      concurrency: 3,
      credentials: { appKey: 'zto-key', appSecret: 'zto-secret' },
    });
    const [entry] = await rig.db.rows<{ actor: string; action: string; subject: string; detail: string }>(
      'SELECT actor, action, subject, detail FROM audit ORDER BY id DESC LIMIT 1',
    );
    expect(entry).toMatchObject({ actor: 'token:erp', action: 'settings.apply', subject: 'version 2' });
    expect(JSON.parse(entry?.detail ?? '')).toMatchObject({
      reason: '快递要求降速',
      changes: [{ fields: [{ field: 'concurrency', from: 10, to: 3 }] }],
    });
    expect(rig.woken.decided).toBeGreaterThan(0);
  });

  it('that changes nothing raises no version', async () => {
    const { row } = rowOf((await read()).body, 'shops', 'dy-main');
    const { body } = await save({ version: 1, file: { shops: [row] } });
    expect(body).toEqual({ version: 1, changes: [] });
  });

  it('of a secret is said to be one, and its value stands nowhere', async () => {
    const { row } = rowOf((await read()).body, 'carrierAccounts', 'zto-main');
    const { body, text } = await save({
      version: 1,
      file: { carrierAccounts: [{ ...row, credentials: { appSecret: 'another secret' } }] },
    });
    expect(body.changes[0]?.fields).toEqual([{ field: 'credentials', secret: true }]);
    expect(text).not.toContain('another secret');
    expect((await accountNow())?.credentials).toEqual({ appKey: 'zto-key', appSecret: 'another secret' });
    const [audit] = await rig.db.rows<{ detail: string }>('SELECT detail FROM audit ORDER BY id DESC LIMIT 1');
    expect(audit?.detail).not.toContain('another secret');
  });

  it('by the second of two people is refused with what the first did, and nothing happens twice', async () => {
    const mine = await slower();
    expect(
      (await save({ version: 1, file: { tariffs: [{ carrier: 'zto', feeFen: 350, from: '2027-01-01' }] } })).status,
    ).toBe(200);
    const { status, body } = await save(mine);
    expect([status, body.code, body.version]).toEqual([409, 'config_moved', 2]);
    expect(body.meanwhile).toMatchObject([
      { actor: 'token:erp', version: 2, changes: [{ section: 'tariffs', id: 'zto 2027-01-01', action: 'add' }] },
    ]);
    expect((await accountNow())?.concurrency).toBe(10);
    expect((await save({ ...mine, version: 2 })).status).toBe(200);
  });

  it('made by many at once is made by one of them', async () => {
    const mine = await slower();
    const answers = await Promise.all(
      [2, 3, 4, 5, 6].map((concurrency) => {
        const [account] = mine.file.carrierAccounts;
        return save({ version: 1, file: { carrierAccounts: [{ ...account, concurrency }] } });
      }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(await configVersion(rig.db)).toBe(2);
  });
});

describe('a change that cannot be taken', () => {
  const refusals = async (file: object, disable: object[] = []) => {
    const { status, body } = await preview({ version: 1, file, disable });
    expect([status, body.code]).toEqual([422, 'invalid_fields']);
    return Object.fromEntries((body.errors ?? []).map(({ field, text }) => [field, text.en]));
  };

  it('names each field with its problem: shape, credentials, features and references at once', async () => {
    const shop = {
      ...aShopEntry({ id: 'New Shop', policy: 'carefull', channel: 'platform', platform: 'wechat' }),
      credentials: {},
    };
    const errors = await refusals({
      shops: [shop],
      carrierAccounts: [anAccountEntry({ id: 'x', concurrency: 0, feeFen: 1 })],
    });
    expect(errors).toMatchObject({
      'file.shops[0].id': expect.stringContaining('a-z'),
      'file.shops[0].policy': expect.stringContaining('did you mean careful?'),
      'file.shops[0].channel': expect.stringContaining('has no intercept API'),
      'file.shops[0].credentials.appKey': 'is missing',
      'file.carrierAccounts[0].concurrency': expect.any(String),
      'file.carrierAccounts[0].feeFen': expect.stringContaining('no key "feeFen"'),
    });
    expect(await configVersion(rig.db)).toBe(1);
  });

  it('takes no address that leads into our own network from a page, and leaves those of jiejian apply alone (S11)', async () => {
    const { row } = rowOf((await read()).body, 'carrierAccounts', 'zto-main');
    const keys = { appKey: 'k', appSecret: 's' };
    const named = expect.stringContaining('jiejian apply');
    for (const baseUrl of ['http://127.0.0.1:6379', 'https://169.254.169.254', 'https://redis.internal']) {
      const errors = await refusals({ carrierAccounts: [{ ...row, baseUrl, credentials: keys }] });
      expect(errors).toEqual({ 'file.carrierAccounts[0].baseUrl': named });
    }
    const endpoint = { id: 'erp', url: 'http://127.0.0.1:6379/x', secret: 'long enough', events: ['*'] };
    expect(await refusals({ endpoints: [endpoint] })).toEqual({ 'file.endpoints[0].url': named });
  });

  it('asks for the keys again when the address changes: whoever may change it must not have them sent to himself', async () => {
    const { row } = rowOf((await read()).body, 'carrierAccounts', 'zto-main');
    const errors = await refusals({
      carrierAccounts: [{ ...row, baseUrl: 'https://evil.example.com', credentials: {} }],
    });
    expect(errors).toEqual({
      'file.carrierAccounts[0].credentials.appKey': 'is missing',
      'file.carrierAccounts[0].credentials.appSecret': 'is missing',
    });
  });

  it('knows nothing of the environment: a variable would tell what stands there', async () => {
    process.env.JIEJIAN_RIG_SECRET = 'from the environment';
    const { row } = rowOf((await read()).body, 'carrierAccounts', 'zto-main');
    // What a person might type, put together from parts: in one piece it would look like a mistake.
    const typed = ['$', '{JIEJIAN_RIG_SECRET}'].join('');
    await save({ version: 1, file: { carrierAccounts: [{ ...row, credentials: { appSecret: typed } }] } });
    expect((await accountNow())?.credentials.appSecret).toBe(typed);
    delete process.env.JIEJIAN_RIG_SECRET;
  });

  it('leaves a price that was booked as it is', async () => {
    await rig.db.run(
      `INSERT INTO ledger_entry (id, intercept_id, seq, kind, carrier, shop_id, amount_fen, tariff_from, posted_at)
       VALUES ('l1', 'i1', 1, 'fee', 'zto', 'dy-main', 300, '2024-11-18', NOW(3))`,
    );
    const errors = await refusals({ tariffs: [{ carrier: 'zto', feeFen: 310, from: '2024-11-18' }] });
    expect(errors).toEqual({ 'file.tariffs[0].feeFen': expect.stringContaining('were booked') });
  });

  it('switches off no policy that a shop goes by, and nothing that is not there', async () => {
    const off = (section: string, id: string) => ({ section, id });
    expect(await refusals({}, [off('policies', 'careful'), off('shops', 'nobody')])).toEqual({
      'disable[0]': 'shops go by this policy: dy-two',
      'disable[1]': 'there is no shops nobody',
    });
    const both = [off('policies', 'careful'), off('shops', 'dy-two')];
    expect((await save({ version: 1, disable: both })).status).toBe(200);
    expect((await settings()).shops.get('dy-two')?.enabled).toBe(false);
  });
});

describe('rows that are switched off', () => {
  it('stay, are shown as such, and work again when they are saved', async () => {
    const shown = (config: ConfigAnswer) => rowOf(config, 'endpoints', 'erp').enabled;
    await save({ version: 1, disable: [{ section: 'endpoints', id: 'erp' }], reason: '换系统' });
    const { body } = await read();
    expect([body.version, shown(body)]).toEqual([2, false]);
    await save({ version: 2, file: { endpoints: [rowOf(body, 'endpoints', 'erp').row] } });
    expect(shown((await read()).body)).toBe(true);
    expect((await settings()).targets.get('endpoints/erp')?.secret).toBe('a secret of the erp');
  });
});

describe('who may change the configuration', () => {
  it('is nobody who is limited to shops, whatever his scopes: it is one document for all of them', async () => {
    const limited = await rig.token(['config:read', 'config:write'], ['dy-main']);
    const { status, body } = await save({ version: 1, file: {} }, limited);
    expect([status, body.code]).toEqual([403, 'all_shops_needed']);
  });
});
