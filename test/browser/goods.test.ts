import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { bookReceipt } from '../../src/domain/store/receipt-store.js';
import { type AdminSite, adminSite } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { claimAt, shortReturn } from '../support/scenes/goods-scenes.js';

let site: AdminSite;
let page: Page;
let complaints: readonly string[];
beforeAll(async () => {
  site = await adminSite();
  await shortReturn(site);
  await claimAt(site, 'draft');
  const booking = { receiptId: 'RK-LOOSE', waybillNo: 'YT-NEW-1', bookedAt: new Date(), lines: [] };
  await bookReceipt(site.rig.db, site.stories.erp.env, booking, { actor: 'token:wms', shops: null }, new Date());
  ({ page, complaints } = await site.visit('/returns'));
}, 30_000);
afterAll(() => site.close());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = () => page.getByRole('dialog');

describe('goods that come back', () => {
  it('are filtered in the address, opened, and their difference is settled by a person', async () => {
    await page.getByRole('combobox', { name: '状态' }).click();
    await page.getByTitle('少件', { exact: true }).first().click();
    await page.waitForURL(/state=short/);
    await page.reload();
    await page.getByRole('region', { name: '无主入库' }).getByText('YT-NEW-1').waitFor();
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.waitForURL(/open=/);
    await dialog().getByRole('row', { name: 'MUG-BLUE 蓝色马克杯 2 1' }).waitFor();
    await dialog().getByText('RK20261122-0031').waitFor();
    expect(await barriers(page)).toEqual([]);
    await button('差异已处理').click();
    await dialog().getByLabel('处理结果').fill('另一件仓库找到了');
    await button('差异已处理').click();
    await dialog().getByText('另一件仓库找到了').waitFor();
    await button('关闭').click();
    await page.getByText('没有符合条件的退件').waitFor();
  });
});

describe('a claim', () => {
  it('is filed, accepted and paid, with the money in its ledger', async () => {
    await page.getByRole('link', { name: '理赔', exact: true }).click();
    await page.getByRole('combobox', { name: '事由' }).click();
    await page.getByTitle('受理后仍派送签收', { exact: true }).first().click();
    await page.waitForURL(/kind=delivered/);
    await page.getByRole('row').nth(1).getByRole('link').click();
    await dialog().getByText('货值 ¥89.00').waitFor();
    await button('记录已提交').click();
    await dialog().getByLabel('金额（元）').fill('0');
    await button('记录已提交').click();
    await dialog().getByText('请填写金额，例如 89.00').waitFor();
    await dialog().getByLabel('金额（元）').fill('89.00');
    await dialog().getByLabel('快递理赔单号').fill('LP-88');
    await button('记录已提交').click();
    await button('快递同意赔付').click();
    await button('快递同意赔付').click();
    await button('登记到账').click();
    expect(await dialog().getByLabel('金额（元）').inputValue()).toBe('89.00');
    await dialog().getByLabel('流水号').fill('20261128-1');
    await button('登记到账').click();
    await dialog().getByText('20261128-1').waitFor();
    await dialog().getByText('已到账').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    const [row] = await site.rig.db.rows<{ state: string; paidFen: number }>(
      `SELECT state, paid_fen AS paidFen FROM claim WHERE reference = 'LP-88'`,
    );
    expect(row).toEqual({ state: 'paid', paidFen: 8_900 });
    expect(complaints).toEqual([]);
  });
});
