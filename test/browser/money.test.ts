import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { runBills } from '../../src/producers/bills/run-bills.js';
import { type AdminSite, adminSite } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { until } from '../support/until.js';

const [FINANCE, SECOND] = ['finance@example.com', 'second@example.com'];

let site: AdminSite;
let waybill = '';
let interceptId = '';
beforeAll(async () => {
  site = await adminSite();
  for (const email of [FINANCE, SECOND]) await site.rig.addUser(email, 'finance');
  interceptId = await site.stories.ago(30).intercepted();
  const [row] = await site.rig.db.rows<{ no: string }>('SELECT waybill_no AS no FROM intercept WHERE id = ?', [
    interceptId,
  ]);
  waybill = row?.no ?? '';
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const gone = (page: Page) => until(async () => (await dialog(page).count()) === 0, { what: 'the dialog to close' });
const period = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

describe('the money of a month', () => {
  it('is matched from a bill, drilled to its lines, corrected, invoiced and filed', async () => {
    const { page, complaints } = await site.visit(`/bills?source=zto&period=${period()}`, { as: FINANCE });
    await button(page, '列对应关系…').click();
    await dialog(page).getByLabel('运单号列').fill('运单号');
    await dialog(page).getByLabel('金额列').fill('金额');
    await button(page, '保存').click();
    await gone(page);
    const text = `运单号,金额\n${waybill},3.20\n73199,3.00\n`;
    await page.getByLabel(/^文件/).setInputFiles({ name: '中通.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await button(page, '上传并核对').click();
    await page.getByText('读取中').first().waitFor();
    await runBills({ db: site.rig.db, now: () => new Date(), log: () => undefined });
    await button(page, '重新核对').click();
    await page.getByRole('link', { name: '非我方拦截' }).waitFor();
    await page.getByRole('link', { name: '金额不符' }).click();
    const lines = page.getByRole('region', { name: '明细：金额不符' });
    await lines.getByText(waybill).waitFor();
    await lines.getByText('¥0.20').waitFor();
    expect(await barriers(page)).toEqual([]);

    await lines.getByRole('link', { name: '拦截' }).click();
    const fees = page.getByRole('region', { name: '费用' });
    await fees.getByText('与账单不符').waitFor();
    await fees.getByRole('button', { name: '更正…' }).click();
    await dialog(page).getByLabel('正确金额（元）').fill('3.20');
    await dialog(page).getByLabel('原因').fill('快递新价');
    await button(page, '更正费用').click();
    await gone(page);
    await fees.getByText('与账单一致').waitFor();
    await fees.getByText('已冲销').waitFor();
    expect(await barriers(page)).toEqual([]);

    await page.getByRole('navigation').getByRole('link', { name: '发票', exact: true }).click();
    await button(page, '申请发票').click();
    await button(page, '登记已开票…').click();
    await dialog(page).getByLabel('发票号码').fill('26312000000001');
    await button(page, '登记已开票').click();
    await gone(page);
    await button(page, '归档').click();
    await page.getByText('已归档').waitFor();
    await page.getByRole('link', { name: '¥3.20' }).click();
    await page.getByRole('region', { name: '发票 26312000000001 的费用' }).getByText('拦截费').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('asks a second person for more than one may decide, in his language', async () => {
    const id = await site.stories.ago(20).intercepted();
    const { page } = await site.visit(`/intercepts/${id}`, { as: FINANCE });
    await page.getByRole('region', { name: '费用' }).getByRole('button', { name: '更正…' }).click();
    await dialog(page).getByLabel('正确金额（元）').fill('50.00');
    await dialog(page).getByLabel('原因').fill('大件');
    await button(page, '更正费用').click();
    await gone(page);
    await button(page, '批准更正').click();
    await page.getByText('不能批准自己申请的更正').waitFor();
    const other = await site.visit(`/intercepts/${id}`, { as: SECOND, locale: 'en-US' });
    await other.page.getByText(/asks for ¥50\.00/).waitFor();
    await button(other.page, 'Approve').click();
    await other.page.getByRole('region', { name: 'Fees' }).getByText('¥50.00').first().waitFor();
    expect(other.complaints).toEqual([]);
  });
});
