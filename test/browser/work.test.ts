import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createSecrets } from '../../src/domain/secrets/secrets.js';
import { applySettings } from '../../src/domain/store/settings-store.js';
import { runReplays } from '../../src/producers/replay.js';
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

describe('those that failed', () => {
  it('are previewed, then retried as a named batch that is followed to its end', async () => {
    const ids = await Promise.all([site.stories.needsReview(), site.stories.needsReview()]);
    const [one, two] = await Promise.all(ids.map(row));
    const { page } = await site.visit('/failed?state=needs_review');
    for (const chosen of [one, two]) await page.getByLabel(`选择 ${chosen?.waybillNo}`).check();
    await page.getByText('已选 2 条').waitFor();
    await button(page, '预览重试…').click();
    await dialog(page).getByText('共 2 条').waitFor();
    await dialog(page).getByRole('row', { name: '会发送 2' }).waitFor();
    await dialog(page).getByText('费用约 ¥6.00').waitFor();
    expect((await row(ids[0])).state).toBe('needs_review');
    await dialog(page).getByLabel('批次名称').fill('合包核实后重试');
    await button(page, '执行').click();
    await page.getByText('合包核实后重试').waitFor();
    const deps = { db: site.rig.db, env: () => site.stories.erp.env, now: () => new Date(), log: () => undefined };
    while (await runReplays(deps));
    await page.getByText('已处理 2 / 2，失败 0').waitFor();
    for (const id of ids) expect((await row(id)).state).toBe('queued');
  });

  it('can all be chosen at once, and what is chosen is forgotten when another state is shown', async () => {
    await site.stories.refused();
    await site.stories.refused();
    const { page } = await site.visit('/failed');
    await page.getByLabel('全选已显示的').check();
    await page.getByText('已选 2 条').waitFor();
    await page.getByText('已过期', { exact: true }).click();
    await page.waitForURL(/state=expired/);
    await page.getByText('快递拒绝', { exact: true }).first().click();
    await page.getByLabel('全选已显示的').waitFor();
    await page.getByText('已选 0 条').waitFor();
    expect(await button(page, '预览重试…').isDisabled()).toBe(true);
  });
});

describe('starting by hand (R20)', () => {
  it('fills in what is known, shows the fee, asks once more, and leads to the intercept', async () => {
    const known = await row(await site.stories.tooDear());
    const [sale] = await site.rig.db.rows<{ id: string }>(
      `SELECT a.after_sale_id AS id FROM after_sale a JOIN parcel_after_sale l ON l.after_sale_id = a.id WHERE l.parcel_id = ?`,
      [known.parcelId],
    );
    const { page } = await site.visit('/start');
    await page.getByLabel('售后号').fill(sale?.id ?? '');
    await button(page, '带出已知信息').click();
    await until(async () => (await page.getByLabel('运单号').inputValue()) === known.waybillNo, {
      what: 'the waybill',
    });
    expect(await page.getByLabel('买家实付（元）').inputValue()).toBe('89.00');
    await page.getByText('成功后 ¥3.00').waitFor();
    await page.getByLabel('运单号').fill('73100199990001');
    await button(page, '核对并发起…').click();
    await dialog(page).getByText('73100199990001').waitFor();
    await dialog(page).getByText('全部成功共 ¥3.00').waitFor();
    await button(page, '发起拦截').click();
    await page.getByRole('link', { name: '73100199990001' }).click();
    await page.getByRole('heading', { level: 1, name: '73100199990001' }).waitFor();
  });

  it('does not take an amount that is none, and says what is missing', async () => {
    const { page } = await site.visit('/start');
    await page.getByLabel('退款金额（元）').fill('八十九');
    await button(page, '核对并发起…').click();
    await page.getByText('请输入金额，最多两位小数').waitFor();
    expect(await page.getByText('必填').count()).toBe(6);
    expect(await dialog(page).count()).toBe(0);
  });
});
