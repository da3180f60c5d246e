import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type AdminSite, adminSite } from '../support/admin-site.js';
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

/** The numbers under which an intercept's after-sale is known. */
async function numbersOf(interceptId: string): Promise<{ afterSaleId: string; orderId: string }> {
  const { parcelId } = await row(interceptId);
  const [sale] = await site.rig.db.rows<{ afterSaleId: string; orderId: string }>(
    `SELECT a.after_sale_id AS afterSaleId, a.order_id AS orderId FROM after_sale a
     JOIN parcel_after_sale l ON l.after_sale_id = a.id WHERE l.parcel_id = ?`,
    [parcelId],
  );
  if (!sale) throw new Error('no after-sale');
  return sale;
}

async function find(page: Page, number: string): Promise<void> {
  await page.getByRole('searchbox', { name: '订单号、售后号或运单号' }).fill(number);
  await page.keyboard.press('Enter');
}

describe('starting a known after-sale by hand (R20)', () => {
  it('finds it by order, after-sale or waybill; shows courier, value, amounts, fee, state and why', async () => {
    const id = await site.stories.awaitingApproval();
    const { waybillNo } = await row(id);
    const { afterSaleId, orderId } = await numbersOf(id);
    const { page, complaints } = await site.visit('/start');
    for (const number of [orderId, afterSaleId, waybillNo]) {
      await find(page, number);
      await page.waitForURL((url) => url.searchParams.get('q') === number);
      const sale = page.getByRole('listitem').filter({ hasText: afterSaleId });
      await sale.getByText(orderId).waitFor();
      await sale.getByText('¥89.00 / ¥89.00').waitFor();
      const parcel = sale.getByRole('row').filter({ hasText: waybillNo });
      await parcel.getByText('中通').waitFor();
      await parcel.getByText('¥3.00').waitFor();
      await parcel.getByText('需要人工批准后发送').waitFor();
    }
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('shows the decision before anything is sent, then lets the picked parcel go', async () => {
    const id = await site.stories.awaitingApproval();
    const { waybillNo } = await row(id);
    const { page } = await site.visit(`/start?q=${waybillNo}`);
    await page.getByLabel(`选择 ${waybillNo}`).check();
    await page.getByText('已选 1 个包裹').waitFor();
    await button(page, '核对并发起…').click();
    const would = dialog(page).getByRole('row').filter({ hasText: waybillNo });
    await would.getByText('等待发送').first().waitFor();
    await dialog(page).getByText('全部成功共 ¥3.00').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect((await row(id)).state).toBe('held');
    await button(page, '发起拦截').click();
    await dialog(page).getByRole('status').getByText(waybillNo).waitFor();
    expect((await row(id)).state).toBe('queued');
    await button(page, '关闭').click();
    await page.getByRole('row').filter({ hasText: waybillNo }).getByText('现在不能再发起').waitFor();
  });

  it('says what stands against it where nothing would be sent, and offers nothing where an order may be out', async () => {
    const dear = await row(await site.stories.tooDear());
    const sent = await row(await site.stories.accepted());
    const { page } = await site.visit(`/start?q=${dear.waybillNo}`);
    await page.getByLabel(`选择 ${dear.waybillNo}`).check();
    await button(page, '核对并发起…').click();
    await dialog(page).getByText('重新判断后结论不变').waitFor();
    await dialog(page).getByText('不会发送任何包裹').waitFor();
    expect(await button(page, '发起拦截').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await find(page, sent.waybillNo);
    await page.getByText('现在不能再发起').waitFor();
    expect(await page.getByLabel(`选择 ${sent.waybillNo}`).count()).toBe(0);
  });

  it('tells the second of two people what the first has done (409)', async () => {
    const id = await site.stories.awaitingApproval();
    const { waybillNo } = await row(id);
    const { page } = await site.visit(`/start?q=${waybillNo}`);
    await page.getByLabel(`选择 ${waybillNo}`).check();
    await button(page, '核对并发起…').click();
    await dialog(page).getByText('全部成功共').waitFor();
    await site.rig.db.run(`UPDATE intercept SET state = 'accepted', accepted_at = NOW(3) WHERE id = ?`, [id]);
    await button(page, '发起拦截').click();
    await dialog(page).getByText('订单可能已发往快递').waitFor();
  });

  it('leads from a number that nobody knows to typing it in', async () => {
    const { page } = await site.visit('/start');
    await find(page, '73100199999999');
    await page.getByText('没有找到 73100199999999').waitFor();
    await button(page, '手工填写这一件').click();
    expect(await page.getByLabel('运单号').inputValue()).toBe('73100199999999');
  });
});

describe('starting a parcel that is typed in', () => {
  it('shows what would be decided and the fee, asks once more, and leads to the intercept', async () => {
    const { page, complaints } = await site.visit('/start?by=type');
    await page.getByLabel('店铺').fill('dy-approve');
    await page.getByLabel('售后号').fill('70008931140099999');
    await page.getByLabel('订单号').fill('48358041421499999');
    await page.getByLabel('退款金额（元）').fill('89');
    await page.getByLabel('买家实付（元）').fill('89.00');
    await page.getByRole('combobox', { name: '快递' }).fill('zto');
    await page.getByLabel('运单号').fill('73100199990001');
    await page.getByLabel('包裹价值（元）').fill('89');
    await page.getByText('成功后 ¥3.00').waitFor();
    expect(await barriers(page)).toEqual([]);
    await button(page, '核对并发起…').click();
    await dialog(page).getByRole('row').filter({ hasText: '73100199990001' }).waitFor();
    // No pick-up was stated: the track decides first.
    await dialog(page).getByText('正在查询轨迹').waitFor();
    await dialog(page).getByText('不会发送任何包裹').waitFor();
    const before = await site.rig.db.rows(`SELECT 1 FROM intercept WHERE waybill_no = '73100199990001'`);
    expect(before).toEqual([]);
    await button(page, '发起拦截').click();
    await page.getByRole('link', { name: '73100199990001' }).click();
    await page.getByRole('heading', { level: 1, name: '73100199990001' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('does not take an amount that is none, and says what is missing', async () => {
    const { page } = await site.visit('/start?by=type');
    await page.getByLabel('退款金额（元）').fill('八十九');
    await button(page, '核对并发起…').click();
    await page.getByText('请输入金额，最多两位小数').waitFor();
    await until(async () => (await page.getByText('必填').count()) === 6, { what: 'all that is missing' });
    expect(await dialog(page).count()).toBe(0);
  });

  it('speaks English too', async () => {
    const { page } = await site.visit('/start', { locale: 'en-GB' });
    await page.getByRole('heading', { level: 1, name: 'Start by hand' }).waitFor();
    await page.getByRole('searchbox', { name: 'Order, after-sale or waybill number' }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
