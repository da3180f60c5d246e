import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createSecrets } from '../../src/domain/secrets/secrets.js';
import { applySettings } from '../../src/domain/store/settings-store.js';
import { type AdminSite, adminSite } from '../support/admin-site.js';
import { aFile, parsed } from '../support/settings-file.js';
import { until } from '../support/until.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const row = (id: string) => site.stories.erp.row(id);
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');

describe('the tasks', () => {
  it('give a text for the branch with the waybill and the wish, and leave the list when they are done (R69, R78)', async () => {
    const { waybillNo, id } = await row(await site.stories.phoneBranch());
    const { page, context } = await site.visit('/tasks');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const card = page.getByRole('listitem').filter({ hasText: waybillNo });
    await card.getByText('包裹已在派送').waitFor();
    await card.getByText(/^处理期限 还剩 1\d分钟/).waitFor();
    await card.getByRole('button', { name: '复制' }).click();
    await card.getByText('已复制').waitFor();
    const copied: unknown = await page.evaluate('navigator.clipboard.readText()');
    expect(copied).toBe(`您好，运单 ${waybillNo} 请不要派送，帮忙拦下并原址退回寄件人。收到请回复，谢谢！`);
    expect(await card.getByRole('link', { name: '查看拦截' }).getAttribute('href')).toBe(`/intercepts/${id}`);
    await card.getByRole('button', { name: '标记完成' }).click();
    await dialog(page).getByRole('button', { name: '标记完成' }).click();
    await until(async () => (await card.count()) === 0, { what: 'the card to go' });
    const [task] = await site.rig.db.rows<{ state: string }>('SELECT state FROM task WHERE intercept_id = ?', [id]);
    expect(task?.state).toBe('done');
  });
});

describe('the lanes', () => {
  const card = (page: Page) => page.getByRole('listitem').filter({ hasText: 'zto-main' });

  it('are paused and resumed, each with a word about what will happen', async () => {
    await site.stories.queued();
    const { page } = await site.visit('/lanes');
    await card(page).getByText('运行中').waitFor();
    await button(page, '暂停').click();
    await dialog(page).getByText('不再发送新的拦截').waitFor();
    await dialog(page).getByRole('button', { name: '暂停' }).click();
    await card(page).getByText('已暂停').waitFor();
    await button(page, '恢复').click();
    await dialog(page).getByRole('button', { name: '恢复' }).click();
    await card(page).getByText('运行中').waitFor();
  });

  it('take new limits while they run, and refuse those that make no sense', async () => {
    const secrets = createSecrets(randomBytes(32).toString('base64'));
    const by = { prune: false, actor: 'cli:test', now: new Date() };
    await applySettings(site.rig.db, secrets, parsed(aFile()), by);
    const { page } = await site.visit('/lanes');
    await button(page, '调整限速…').click();
    const max = dialog(page).getByLabel('次数');
    await max.fill('');
    await button(page, '保存').click();
    await dialog(page).getByText('请输入 1 到 10000 之间的整数').waitFor();
    await max.fill('7');
    await dialog(page).getByLabel('并发').fill('3');
    await button(page, '保存').click();
    await until(async () => (await dialog(page).count()) === 0, { what: 'the dialog to close' });
    const [account] = await site.rig.db.rows<{ body: string }>(
      `SELECT body FROM carrier_account WHERE id = 'zto-main'`,
    );
    expect(JSON.parse(account?.body ?? '')).toMatchObject({ rateLimit: { max: 7, perMs: 1_000 }, concurrency: 3 });
  });
});
