import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type AdminSite, adminSite, VIEWER } from '../support/admin-site.js';
import { until } from '../support/until.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const row = (id: string) => site.stories.erp.row(id);
const stateOf = async (id: string) => (await row(id)).state;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');

async function reaches(id: string, state: string): Promise<void> {
  await until(async () => (await stateOf(id)) === state, { what: `${id} to be ${state}` });
}

describe('one intercept', () => {
  it('tells everything that happened: steps, calls, scans and fees, the newest first', async () => {
    const id = await site.stories.intercepted();
    const { page } = await site.visit(`/intercepts/${id}`);
    const entries = page.locator('ol.timeline > li');
    await entries.first().waitFor();
    const all = (await entries.allTextContents()).join('\n');
    for (const told of ['计费 ¥3.00', '快递已受理拦截', '正在向快递发送', 'SYS000', '快件离开【杭州转运中心】']) {
      expect(all).toContain(told);
    }
    expect(all.indexOf('计费')).toBeLessThan(all.indexOf('正在向快递发送'));
    const exchange = page.locator('pre').first();
    expect(await exchange.isVisible()).toBe(false);
    await page.getByText('报文（已脱敏）').first().click();
    await exchange.getByText('/zto.innovate.intercept.create').waitFor();
  });

  it('never shows a phone number that a courier wrote into its answer', async () => {
    const { page } = await site.visit(`/intercepts/${await site.stories.refused()}`);
    await page.getByText('有派件扫描不允许拦截').waitFor();
    expect(await page.content()).not.toContain('13812345678');
  });

  it('that was not sent yet is withdrawn at once, after saying what that means', async () => {
    const id = await site.stories.queued();
    const { page } = await site.visit(`/intercepts/${id}`);
    await button(page, '撤销拦截').click();
    await dialog(page).getByText('还没有发给快递').waitFor();
    await dialog(page).getByRole('button', { name: '撤销拦截' }).click();
    await page.getByText('已被人工撤销').first().waitFor();
    expect(await stateOf(id)).toBe('withdrawn');
  });

  it('shows the server’s reason when the state has moved on meanwhile, and what is true now', async () => {
    const id = await site.stories.accepted();
    const { page } = await site.visit(`/intercepts/${id}`);
    await button(page, '撤销拦截').click();
    await dialog(page).getByText('快递确认后才显示“已撤销”').waitFor();
    await site.stories.stop(id);
    await dialog(page).getByRole('button', { name: '撤销拦截' }).click();
    await dialog(page).getByText('快递已拦截成功，无法再撤销或重试').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('快递已拦下，等待退回').waitFor();
    expect(await stateOf(id)).toBe('intercepted');
  });

  it('that waits for approval is released by a person', async () => {
    const id = await site.stories.awaitingApproval();
    const { page } = await site.visit(`/intercepts/${id}`);
    await page.getByText('需要人工批准后发送').first().waitFor();
    await button(page, '放行').click();
    await dialog(page).getByRole('button', { name: '放行' }).click();
    await reaches(id, 'queued');
    await page.getByText('符合条件，等待发送').first().waitFor();
  });

  it('that needs a person takes what was found out, with a note', async () => {
    const id = await site.stories.needsReview();
    const { page } = await site.visit(`/intercepts/${id}`);
    await button(page, '处理结果…').click();
    await button(page, '记录结果').click();
    await dialog(page).getByText('请选择核实结果').waitFor();
    await dialog(page).getByText('请写一句说明').waitFor();
    await dialog(page).getByText('已签收：记为未拦住').click();
    await dialog(page).getByLabel('说明').fill('网点确认昨天已签收 <b>');
    await button(page, '记录结果').click();
    await reaches(id, 'missed');
    await page.getByText('网点确认昨天已签收 <b>').waitFor();
  });

  it('goes on as a new round after a retry, and the page goes with it', async () => {
    const id = await site.stories.expired();
    const { parcelId } = await row(id);
    await site.rig.db.run('UPDATE after_sale SET requested_deadline_at = NULL WHERE id IN (?)', [
      (
        await site.rig.db.rows<{ id: string }>(
          'SELECT after_sale_id AS id FROM parcel_after_sale WHERE parcel_id = ?',
          [parcelId],
        )
      ).map((link) => link.id),
    ]);
    const { page } = await site.visit(`/intercepts/${id}`);
    await button(page, '重试').click();
    await dialog(page).getByRole('button', { name: '重试' }).click();
    await page.waitForURL((url) => /\/intercepts\/\w{26}$/.test(url.pathname) && !url.pathname.endsWith(id));
    await page.getByText('符合条件，等待发送').first().waitFor();
  });

  it('offers nothing to somebody who may only look', async () => {
    const { page } = await site.visit(`/intercepts/${await site.stories.queued()}`, { as: VIEWER });
    await page.getByText('你的角色只能查看').waitFor();
    expect(await button(page, '撤销拦截').count()).toBe(0);
    expect(await page.getByRole('link', { name: '手工发起' }).count()).toBe(0);
  });

  it('that does not exist says so in the server’s words', async () => {
    const { page } = await site.visit('/intercepts/01kaq0000000000000000000zz');
    await page.getByText('没有找到。').waitFor();
    await page.goto('/nowhere');
    await page.getByRole('heading', { level: 1, name: '没有这个页面' }).waitFor();
  });
});
