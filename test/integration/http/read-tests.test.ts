import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ReadTestAnswer } from '../../../src/dashboard/api/schemas/read-test.js';
import { applySettings, loadSettings } from '../../../src/domain/store/settings-store.js';
import { CREDENTIALS, FEATURES } from '../../../src/system.js';
import { douyinHarness } from '../../contract/douyin-platform-harness.js';
import { anAccount, aPicture, aShop } from '../../support/picture.js';
import { freshRedis } from '../../support/redis.js';
import { type Received, type ScriptedServer, scriptedServer } from '../../support/scripted-server.js';
import { aFile, anAccountEntry, aShopEntry, parsed } from '../../support/settings-file.js';
import { RIG_SECRETS } from '../../support/test-key.js';
import { type WebRig, webRig } from '../../support/web-rig.js';

const WAYBILL = '73100130019486';
const AFTER_SALE = { afterSaleId: douyinHarness.longId, orderId: douyinHarness.orderId };
const KEYS = { appKey: 'zto-key', appSecret: 'zto-secret-of-the-test' };

let rig: WebRig;
let outside: ScriptedServer;

beforeAll(async () => {
  await freshRedis();
  outside = await scriptedServer();
  rig = await webRig({
    settings: aPicture({
      shops: [aShop(), aShop({ id: 'dy-two' })],
      accounts: [anAccount(), anAccount({ id: 'zto-slow', shops: ['dy-two'] }), anAccount({ id: 'gone' })],
    }),
  });
  const file = aFile({
    shops: [aShopEntry({ baseUrl: outside.baseUrl, credentials: douyinHarness.credentials })],
    carrierAccounts: [
      anAccountEntry({
        baseUrl: outside.baseUrl,
        credentials: KEYS,
        readRateLimit: { max: 20, perMs: 100 },
        timeoutMs: 1_000,
      }),
      anAccountEntry({
        id: 'zto-slow',
        enabled: false,
        baseUrl: outside.baseUrl,
        credentials: KEYS,
        readRateLimit: { max: 1, perMs: 60_000 },
      }),
    ],
  });
  const checks = { credentials: CREDENTIALS, features: FEATURES };
  await applySettings(rig.db, RIG_SECRETS, parsed(file, checks), { prune: false, actor: 'cli:ann', now: new Date() });
  expect((await loadSettings(rig.db, RIG_SECRETS)).accounts.size).toBe(2);
}, 30_000);
afterAll(async () => {
  await rig.close();
  await outside.close();
});
let before = 0;
beforeEach(() => {
  before = outside.received().length;
});
const asked = (): readonly Received[] => outside.received().slice(before);

/** As a caller of his own: nobody may test more than twice a second. */
async function test(what: string, body: object, shops: readonly string[] | null = null) {
  const authorization = await rig.token(['config:write'], shops);
  const answer = await fetch(`${rig.url}/api/v1/config/${what}/test`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: JSON.parse(text) as ReadTestAnswer };
}

const track = (result: unknown) => ({
  body: JSON.stringify({ status: true, statusCode: 'SYS000', message: '操作成功', result }),
});
const SCAN = {
  billCode: WAYBILL,
  scanType: '收件',
  scanDate: Date.parse('2026-11-22T01:00:00Z'),
  scanSite: { name: '武汉藏龙岛', city: '武汉市', prov: '湖北省' },
  desc: '快件已揽收，业务员 13812345678',
};

describe('a test of an account', () => {
  it('is one read of the waybill’s track, never a write, and says what was found without anybody’s phone', async () => {
    outside.answer(track([SCAN]));
    const { status, body, text } = await test('accounts/zto-main', { waybillNo: ` ${WAYBILL} ` });
    expect([status, body]).toMatchObject([
      200,
      { outcome: 'found', fault: null, found: { waybillNo: WAYBILL, scans: 1, at: '2026-11-22T01:00:00.000Z' } },
    ]);
    expect(text).not.toContain('13812345678');
    expect(asked().map(({ path }) => path)).toEqual(['/zto.merchant.waybill.track.query']);
    const [entry] = await rig.db.rows<{ action: string; subject: string; detail: string }>(
      'SELECT action, subject, detail FROM audit ORDER BY id DESC LIMIT 1',
    );
    expect(entry).toMatchObject({ action: 'account.test', subject: 'zto-main' });
    expect(JSON.parse(entry?.detail ?? '')).toEqual({ waybillNo: WAYBILL, outcome: 'found' });
  });

  it('says that the keys are refused, with the courier’s own code and none of the keys', async () => {
    outside.answer({
      body: JSON.stringify({ status: false, statusCode: 'S211', message: `签名错误 ${KEYS.appSecret}`, result: null }),
    });
    const { body, text } = await test('accounts/zto-main', { waybillNo: WAYBILL });
    expect(body).toMatchObject({ outcome: 'failed', fault: 'credentials', rawCode: 'S211' });
    expect(text).not.toContain(KEYS.appSecret);
  });

  it.each([
    ['no trace', () => track([]), { outcome: 'empty' }],
    ['no answer', () => ({ fault: 'drop' }) as const, { outcome: 'failed', fault: 'unavailable' }],
    ['nonsense', () => ({ body: '<html>' }), { outcome: 'failed', fault: 'contract_broken' }],
  ])('tells %s from a success', async (_, reply, said) => {
    outside.answer(reply());
    expect((await test('accounts/zto-main', { waybillNo: WAYBILL })).body).toMatchObject(said);
  });

  it('waits for a slot of the reads’ budget, and asks nothing when none comes', async () => {
    outside.answer(track([SCAN]));
    const { body } = await test('accounts/zto-slow', { waybillNo: WAYBILL });
    expect(body).toMatchObject({ outcome: 'not_made', text: { en: expect.stringContaining('no slot') } });
    expect(asked()).toEqual([]);
  }, 20_000);

  it('of an account that is not stored, or of another’s shops, finds nothing', async () => {
    expect((await test('accounts/gone', { waybillNo: WAYBILL })).body.outcome).toBe('not_made');
    expect((await test('accounts/nobody', { waybillNo: WAYBILL })).status).toBe(404);
    expect((await test('accounts/zto-slow', { waybillNo: WAYBILL }, ['dy-main'])).status).toBe(404);
    expect(asked()).toEqual([]);
  });
});

describe('a test of a shop', () => {
  it('reads one after-sale and says how it stands', async () => {
    const shown = { ...AFTER_SALE, type: 'refund_only', status: 'open', refundFen: 8_900, atMs: Date.now() } as const;
    outside.answer(douyinHarness.detail?.of({ ...shown, paidFen: 8_900, parcels: [] }) ?? { body: '' });
    const { status, body } = await test('shops/dy-main', AFTER_SALE);
    expect([status, body]).toMatchObject([
      200,
      { outcome: 'found', found: { ...AFTER_SALE, type: 'refund_only', status: 'open' } },
    ]);
    expect(asked()).toHaveLength(1);
  });

  it('says that the authorisation has run out', async () => {
    outside.answer(douyinHarness.detail?.badCredentials ?? { body: '' });
    expect((await test('shops/dy-main', AFTER_SALE)).body).toMatchObject({ outcome: 'failed', fault: 'credentials' });
  });

  it('of another’s shop finds nothing', async () => {
    expect((await test('shops/dy-main', AFTER_SALE, ['dy-two'])).status).toBe(404);
  });
});
