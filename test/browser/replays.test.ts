import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { runReplays } from '../../src/producers/replay.js';
import { type AdminSite, adminSite, VIEWER } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
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

/** The scheduler's part, so many seconds from now. */
async function work(inSeconds = 0): Promise<void> {
  const now = () => new Date(Date.now() + inSeconds * 1_000);
  const deps = { db: site.rig.db, env: () => site.stories.erp.env, now, log: () => undefined };
  while (await runReplays(deps));
  await runReplays(deps);
}

async function choose(page: Page, filter: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: filter }).click();
  await page.getByTitle(option, { exact: true }).first().click();
}

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
    expect((await row(ids[0] ?? '')).state).toBe('needs_review');
    await dialog(page).getByLabel('批次名称').fill('合包核实后重试');
    await button(page, '执行').click();
    await page.getByText('合包核实后重试').waitFor();
    await work(1);
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
    await until(() => button(page, '预览重试…').isDisabled(), { what: 'nothing to preview' });
  });
});

describe('a replay by filter', () => {
  it('is previewed by class with its fee, begun at a chosen rate, and tells of each item what became of it', async () => {
    const held = await Promise.all(Array.from({ length: 3 }, () => site.stories.awaitingApproval()));
    const { page, complaints } = await site.visit('/replays');
    await choose(page, '状态', '暂缓');
    await page.waitForURL(/state=held/);
    await page.reload();
    expect(await barriers(page)).toEqual([]);
    await button(page, '预览').click();
    await dialog(page).getByRole('row', { name: '会发送 3' }).waitFor();
    await dialog(page).getByText('费用约 ¥9.00').waitFor();
    await dialog(page).getByLabel('批次名称').fill('批准后发送');
    await choose(page, '速度', '每秒 1 条');
    await dialog(page).getByText('约需 3秒').waitFor();
    expect(await barriers(page)).toEqual([]);
    await button(page, '执行').click();
    await page.waitForURL(/\/replays\/\w{26}$/);
    await page.getByRole('heading', { level: 1, name: '批准后发送' }).waitFor();
    await page.getByText('已处理 0 / 3').waitFor();
    await work(1);
    await page.getByText('已处理 1 / 3').waitFor();
    await page.getByText('已放行', { exact: true }).waitFor();
    await button(page, '中止').click();
    await dialog(page).getByRole('button', { name: '中止' }).click();
    await page.getByText('已中止').waitFor();
    await work(60);
    const states = await Promise.all(held.map(async (id) => (await row(id)).state));
    expect(states.filter((state) => state === 'queued')).toHaveLength(1);
    expect(await barriers(page)).toEqual([]);
    await choose(page, '结果', '等待中 2');
    await page.waitForURL(/outcome=open/);
    await until(async () => (await page.locator('table.list tbody tr').count()) === 2, { what: 'those that wait' });
    await page.goto('/replays');
    await page.getByRole('row').filter({ hasText: '批准后发送' }).getByText('已中止').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is not begun when things have changed since the preview: the second person is told (409)', async () => {
    const id = await site.stories.awaitingApproval();
    const { waybillNo } = await row(id);
    const { page } = await site.visit(`/failed?state=needs_review`);
    await page.goto(`/replays?state=held&shopId=dy-approve`);
    await button(page, '预览').click();
    await dialog(page)
      .getByText(/^若全部成功/)
      .waitFor();
    const before = await site.rig.db.rows('SELECT id FROM replay');
    await site.rig.db.run(`UPDATE intercept SET state = 'accepted', accepted_at = NOW(3) WHERE waybill_no = ?`, [
      waybillNo,
    ]);
    await button(page, '执行').click();
    await dialog(page).getByText('预览之后情况有变，未执行').waitFor();
    // What it says now is the new preview.
    await until(async () => (await dialog(page).getByText('未执行').count()) > 0, { what: 'the word to stay' });
    const after = await site.rig.db.rows(`SELECT id FROM replay WHERE state <> 'previewed'`);
    expect(after.length).toBeLessThanOrEqual(before.length);
  });

  it('asks for the number to be typed when more than 100 would be sent', async () => {
    const observed = await site.stories.erp.askForMany(101);
    await site.rig.db.run(`UPDATE intercept SET state = 'held', reason = 'approval', rule = 'R76' WHERE id IN (?)`, [
      observed,
    ]);
    const { page } = await site.visit('/replays?state=held&shopId=dy-main');
    await button(page, '预览').click();
    await dialog(page).getByRole('row', { name: '会发送 101' }).waitFor();
    await button(page, '执行').click();
    await dialog(page).getByText('与 101 不符').waitFor();
    await dialog(page)
      .getByLabel(/请输入数量 101 确认/)
      .fill('101');
    await button(page, '执行').click();
    await page.waitForURL(/\/replays\/\w{26}$/);
    await button(page, '中止').click();
    await dialog(page).getByRole('button', { name: '中止' }).click();
    await page.getByText('已中止').waitFor();
  });

  it('can be looked at by somebody who may not begin one, in English too', async () => {
    const { page } = await site.visit('/replays', { as: VIEWER, locale: 'en-GB' });
    await page.getByRole('heading', { level: 1, name: 'Replays' }).waitFor();
    expect(await button(page, 'Preview').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
  });
});
