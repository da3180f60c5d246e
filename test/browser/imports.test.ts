import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { runImports } from '../../src/producers/import/run-imports.js';
import { type AdminSite, adminSite, VIEWER } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { until } from '../support/until.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const HEAD = 'afterSaleId,orderId,type,refundAmountFen,paidAmountFen,carrier,waybillNo,declaredValueFen,pickedUpAt';
let n = 0;
function line(over: { readonly fen?: string; readonly value?: string } = {}): string {
  n += 1;
  const { fen = '8900', value = '8900' } = over;
  const pickedUpAt = new Date(Date.now() - 3_600_000).toISOString();
  return [
    `as-${n}`,
    `o-${n}`,
    'refund_only',
    fen,
    fen,
    'zto',
    `7310018${String(n).padStart(7, '0')}`,
    value,
    pickedUpAt,
  ].join(',');
}
const csv = (...lines: string[]) => Buffer.from(`\uFEFF${[HEAD, ...lines].join('\r\n')}\r\n`);

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const rows = (page: Page) => page.locator('table.list tbody tr');

/** The scheduler's part. */
async function work(): Promise<void> {
  const deps = { db: site.rig.db, env: () => site.stories.erp.env, now: () => new Date(), log: () => undefined };
  while (await runImports(deps));
}

async function upload(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByRole('combobox', { name: '店铺' }).click();
  await page
    .getByTitle(/示例旗舰店/)
    .first()
    .click();
  await page.getByLabel(/^文件/).setInputFiles({ name, mimeType: 'text/csv', buffer });
  await button(page, '上传并预览').click();
  await page.waitForURL(/\/imports\/\w{26}$/);
}

const count = async () => (await site.rig.db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM intercept'))[0]?.n;

describe('the import of a file', () => {
  it('shows every row’s decision before anything is sent, then runs and tells what became of each', async () => {
    const { page, complaints } = await site.visit('/imports');
    await upload(page, '漏单.csv', csv(line(), line({ value: '128000' }), line({ fen: '89.00' })));
    const before = await count();
    await work();
    await page.getByText('待确认').waitFor();
    await page.getByText('已判断 3 / 3 行').waitFor();
    await page.getByText('费用约 ¥3.00').waitFor();
    await rows(page).nth(0).getByText('会发送').waitFor();
    await rows(page).nth(1).getByText('包裹价值达到或超过 1000 元').waitFor();
    await rows(page).nth(2).getByText('必须是以分为单位的整数').waitFor();
    expect(await count()).toBe(before);
    expect(await barriers(page)).toEqual([]);
    await button(page, '执行导入…').click();
    await dialog(page).getByText('将提交 2 行，其中 1 行会立即发给快递').waitFor();
    await button(page, '执行').click();
    await until(async () => (await dialog(page).count()) === 0, { what: 'the dialog to close' });
    await work();
    await page.getByText('已完成').first().waitFor();
    await page.getByText('已处理 3 / 3 行').waitFor();
    await rows(page).nth(0).getByText('新增').waitFor();
    await rows(page).nth(0).getByRole('link').click();
    await page.waitForURL(/\/intercepts\/\w{26}$/);
    expect(complaints).toEqual([]);
  });

  it('is there after a reload and for another person, who may look and no more', async () => {
    const { page } = await site.visit('/imports');
    await upload(page, '共享.csv', csv(line(), line()));
    await work();
    await page.getByText('已判断 2 / 2 行').waitFor();
    await page.reload();
    await page.getByText('已判断 2 / 2 行').waitFor();
    const address = new URL(page.url()).pathname;
    const { page: other } = await site.visit('/imports', { as: VIEWER });
    await other.getByRole('link', { name: '共享.csv' }).click();
    await other.waitForURL(`**${address}`);
    await other.getByText('已判断 2 / 2 行').waitFor();
    expect(await button(other, '执行导入…').count()).toBe(0);
    await other.goto('/imports');
    await other.getByRole('link', { name: '共享.csv' }).waitFor();
    expect(await button(other, '上传并预览').count()).toBe(0);
  });

  it('narrows its rows by decision in the address, and gives the bad ones as a file to mend', async () => {
    const { page } = await site.visit('/imports');
    await upload(page, '有误.csv', csv(line(), line({ fen: '=1+1' }), line({ value: '128000' })));
    await work();
    await page.getByRole('link', { name: /^有误，不导入 1$/ }).click();
    await page.waitForURL(/class=bad$/);
    await until(async () => (await rows(page).count()) === 1, { what: 'the bad row alone' });
    await page.reload();
    await until(async () => (await rows(page).count()) === 1, { what: 'the bad row after a reload' });
    const arriving = page.waitForEvent('download');
    await page.getByRole('link', { name: /下载错误行/ }).click();
    const download = await arriving;
    expect(download.suggestedFilename()).toBe('有误.errors.csv');
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toContain('line,problem,afterSaleId');
    expect(text).toContain("'=1+1");
  });

  it('is aborted before it runs, and then cannot be run', async () => {
    const { page } = await site.visit('/imports');
    await upload(page, '中止.csv', csv(line()));
    await work();
    await button(page, '中止').click();
    await dialog(page).getByRole('button', { name: '中止' }).click();
    await page.getByText('已中止').waitFor();
    expect(await button(page, '执行导入…').count()).toBe(0);
  });

  it('asks for the number to be typed when more than 100 would be sent', async () => {
    const { page } = await site.visit('/imports');
    await upload(page, '许多.csv', csv(...Array.from({ length: 101 }, () => line())));
    await work();
    await page.getByText('已判断 101 / 101 行').waitFor();
    await button(page, '执行导入…').click();
    await button(page, '执行').click();
    await dialog(page).getByText('与 101 不符').waitFor();
    await dialog(page)
      .getByLabel(/请输入数量 101 确认/)
      .fill('101');
    await button(page, '执行').click();
    await until(async () => (await dialog(page).count()) === 0, { what: 'the dialog to close' });
    await work();
    await page.getByText('已处理 101 / 101 行').waitFor();
  });

  it.each([
    ['is not UTF-8', 'GBK.csv', Buffer.from([0xcd, 0xcb, 0x0a]), '不是 UTF-8（第 1 行）'],
    ['has another header', '表头.csv', Buffer.from('颜色\n红\n'), '未知的列：颜色'],
  ])('says why a file that %s cannot be read', async (_, name, bytes, why) => {
    const { page } = await site.visit('/imports');
    await upload(page, name, bytes);
    await work();
    await page.getByRole('alert').getByText(why).waitFor();
    await page.getByText('无法读取').waitFor();
  });

  it('sends a large file in chunks and shows how far it is', async () => {
    const { page } = await site.visit('/imports');
    const wide = `${line()},${'大'.repeat(400)}`;
    const many = Array.from({ length: 1_000 }, () => wide);
    await upload(page, '大文件.csv', Buffer.from([`${HEAD},reason`, ...many].join('\n')));
    const id = page.url().split('/').at(-1) ?? '';
    const chunks = await site.rig.db.rows('SELECT seq FROM import_chunk WHERE import_id = ? ORDER BY seq', [id]);
    expect(chunks).toEqual([{ seq: 0 }, { seq: 1 }, { seq: 2 }]);
    await site.rig.db.run(`UPDATE import_batch SET state = 'aborted' WHERE id = ?`, [id]);
  });

  it('asks for shop and file before it asks the server, in English too', async () => {
    const { page } = await site.visit('/imports', { locale: 'en-GB' });
    await button(page, 'Upload and preview').click();
    await page.getByRole('alert').getByText('Choose a shop').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
