import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { intakeFailed } from '../../src/domain/store/intake-state-store.js';
import { configVersion, loadSettings } from '../../src/domain/store/settings-store.js';
import { type AdminSite, adminSite, VIEWER } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { anAccount, aShop } from '../support/picture.js';
import { aFile, anAccountEntry, aShopEntry } from '../support/settings-file.js';
import { storeConfig } from '../support/stored-config.js';
import { RIG_SECRETS } from '../support/test-key.js';
import { until } from '../support/until.js';

const UNSIGNED = { id: 'dy-new', platformShopId: '10437919', name: '新开旗舰店', agreementSignedAt: null } as const;
const ACCOUNT = { id: 'zto-main', baseUrl: 'http://127.0.0.1:9' };

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite({
    shops: [aShop(), aShop({ ...UNSIGNED, intake: 'both' })],
    accounts: [anAccount(ACCOUNT)],
  });
  await storeConfig(
    site.rig,
    aFile({
      shops: [aShopEntry(), aShopEntry({ ...UNSIGNED, intake: 'both' })],
      carrierAccounts: [anAccountEntry(ACCOUNT)],
      policies: [{ id: 'default' }, { id: 'careful', auto: false }],
    }),
  );
}, 60_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const settings = () => loadSettings(site.rig.db, RIG_SECRETS);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, path: string) => page.locator(`[id="f-${path}"]`);
const edit = (section: string, id: string) => `/settings?edit=${section}&id=${id}`;

describe('a row of the configuration', () => {
  it('is changed after its difference was shown; a key that is left empty stays', async () => {
    const { page, complaints } = await site.visit(edit('carrierAccounts', 'zto-main'));
    await field(page, 'concurrency').fill('4');
    expect(await field(page, 'credentials.appSecret').inputValue()).toBe('');
    expect(await page.content()).not.toContain('zto-secret');
    await button(page, '预览修改').click();
    await page.getByRole('row', { name: '并发 concurrency 10 4' }).waitFor();
    expect((await settings()).accounts.get('zto-main')?.concurrency).toBe(10);
    await page.getByLabel('修改原因（写入审计）').fill('快递要求降速');
    await button(page, '保存').click();
    await page.getByText(/已保存，版本 \d+/).waitFor();
    expect((await settings()).accounts.get('zto-main')).toMatchObject({
      concurrency: 4,
      credentials: { appKey: 'zto-key', appSecret: 'zto-secret' },
    });
    expect(complaints).toEqual([]);
  });

  it('shows what is wrong at the field it is about', async () => {
    const { page } = await site.visit('/settings?edit=carrierAccounts&new=1', { locale: 'en' });
    await field(page, 'id').fill('ZTO Two');
    await field(page, 'concurrency').fill('many');
    await button(page, 'Preview the change').click();
    const wrong = (path: string) => page.locator(`[id="f-${path}-problems"]`);
    await wrong('id').getByText('may hold a-z').waitFor();
    expect(await wrong('carrier').textContent()).toBe('is missing');
    expect(await wrong('concurrency').textContent()).not.toBe('');
    expect(await field(page, 'id').getAttribute('aria-invalid')).toBe('true');
    // What lies under the head of the page while it is scrolled is no target there.
    await page.evaluate('scrollTo(0, 0)');
    expect(await barriers(page)).toEqual([]);
  });

  it('asks for the keys again when its address changes, so that none is sent elsewhere', async () => {
    const { page } = await site.visit(edit('carrierAccounts', 'zto-main'));
    await page.getByText(/^更多设置/).click();
    await field(page, 'baseUrl').fill('https://japi.zto.com');
    await page.getByText('为防止密钥被发往新地址').waitFor();
    await button(page, '预览修改').click();
    await page.locator('[id="f-credentials.appSecret-problems"]').getByText('缺少此项').waitFor();
  });

  it('saved by the second of two people shows what the first did, keeps what was typed, and is saved on top', async () => {
    const { page } = await site.visit(edit('policies', 'careful'));
    await page.getByText(/^更多设置/).click();
    await field(page, 'approvalAboveFen').fill('500');
    await button(page, '预览修改').click();
    await page.getByRole('row', { name: /approvalAboveFen — ¥500.00/ }).waitFor();
    await storeConfig(
      site.rig,
      aFile({
        shops: [],
        carrierAccounts: [],
        policies: [],
        tariffs: [{ carrier: 'zto', feeFen: 320, from: '2098-01-01' }],
      }),
    );
    await button(page, '保存').click();
    await page.getByText('配置已被他人修改').waitFor();
    await page
      .getByText(/ops@example.com 修改/)
      .last()
      .waitFor();
    await page.getByText('zto 2098-01-01').waitFor();
    await button(page, '按最新版本重新预览').click();
    await page.getByRole('row', { name: /approvalAboveFen — ¥500.00/ }).waitFor();
    await button(page, '保存').click();
    await page.getByText(/已保存，版本 \d+/).waitFor();
    expect((await settings()).policies.get('careful')?.approvalAboveFen).toBe(50_000);
  });

  it('can be looked at by a viewer, who gets no button and nothing to type into', async () => {
    const { page } = await site.visit(edit('shops', 'dy-main'), { as: VIEWER });
    await page.getByText('只写不读').first().waitFor();
    expect(await page.getByRole('button', { name: /预览|保存/ }).count()).toBe(0);
    expect(await page.locator('.edit input:enabled').count()).toBe(0);
  });
});

describe('a shop', () => {
  const card = (page: Page, id: string) => page.locator('li.card').filter({ hasText: id });

  it('that has not signed is led to signing, with what was skipped until then (R12)', async () => {
    const { page } = await site.visit('/settings');
    const unsigned = card(page, 'dy-new');
    await unsigned.getByText('还没有签署快递拦截服务协议（R12）').waitFor();
    await unsigned.getByText('已因此跳过 0 条拦截').waitFor();
    await unsigned.getByText('登录抖店商家后台').waitFor();
    expect(await card(page, 'dy-main').getByText('R12').count()).toBe(0);
    await unsigned.getByRole('link', { name: '填写签署时间' }).click();
    await page.getByRole('button', { name: '现在' }).first().click();
    await button(page, '预览修改').click();
    await page.getByRole('row', { name: /agreementSignedAt/ }).waitFor();
    await button(page, '保存').click();
    await page.getByText(/已保存，版本 \d+/).waitFor();
    expect((await settings()).shops.get('dy-new')?.agreementSignedAt).not.toBeNull();
  });

  it('shows how fresh its intake is, and since when and why it fails (R77)', async () => {
    const { page } = await site.visit('/settings');
    await card(page, 'dy-new').getByText('还没读过').waitFor();
    const since = new Date(Date.now() - 5 * 60_000);
    await intakeFailed(site.rig.db, 'dy-new', 'poll', 'the access token has run out', null, since);
    await page.reload();
    await card(page, 'dy-new').getByText('the access token has run out').waitFor();
    await card(page, 'dy-new').getByText('自 5分钟前').waitFor();
    expect(await card(page, 'dy-main').locator('dt').filter({ hasText: '轮询' }).count()).toBe(0);
  });

  it('is switched off after the numbers were shown, and says so', async () => {
    const { page } = await site.visit('/settings');
    const before = await configVersion(site.rig.db);
    await card(page, 'dy-new').getByRole('button', { name: '停用…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('现有排队 0 条、快递已受理 0 条').waitFor();
    await dialog.getByLabel('原因（写入审计）').fill('关店');
    await dialog.getByRole('button', { name: '停用', exact: true }).click();
    await card(page, 'dy-new').getByText('已停用').waitFor();
    expect(await configVersion(site.rig.db)).toBe(before + 1);
  });
});

describe('an account', () => {
  it('is tested with one read, and says that nobody answers there', async () => {
    const { page } = await site.visit('/settings?part=accounts');
    await page.getByText('查轨迹').first().waitFor();
    await page.getByRole('button', { name: '测试账号…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('运单号').fill('73100130019486');
    await dialog.getByRole('button', { name: '测试', exact: true }).click();
    await dialog.getByText('连不上').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});

describe('every part of the configuration', () => {
  it.each(
    ['shops', 'accounts', 'policies', 'tariffs', 'targets', 'retention'].flatMap((part) => [
      [part, 'zh-CN', 'light'] as const,
      [part, 'en', 'dark'] as const,
    ]),
  )('%s keeps nobody out, in %s and %s', async (part, locale, theme) => {
    const { page, complaints } = await site.visit(`/settings?part=${part}`, { locale });
    await page.evaluate(`localStorage.setItem('jiejian-theme', '${theme}')`);
    await page.reload();
    const current = page.locator('.parts a[aria-current]');
    await until(async () => (await current.count()) === 1, { what: 'the tab' });
    await page
      .locator('main')
      .getByText(/刚刚读取|just read/)
      .first()
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.evaluate("localStorage.removeItem('jiejian-theme')");
  });
});
