import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type AdminSite, adminSite, EVIL_NAME } from '../support/admin-site.js';
import { until } from '../support/until.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const rows = (page: Page) => page.locator('table.list tbody tr');
const rowOf = (page: Page, waybillNo: string) => rows(page).filter({ hasText: waybillNo });

async function find(page: Page, number: string): Promise<void> {
  await page.getByRole('searchbox', { name: '按单号查找' }).fill(number);
  await page.keyboard.press('Enter');
}

describe('the list', () => {
  it('finds an intercept by each of its four numbers, also by the beginning of one', async () => {
    await site.stories.queued();
    const id = await site.stories.queued();
    const row = await site.stories.erp.row(id);
    const [link] = await site.rig.db.rows<{ afterSaleId: string; orderId: string }>(
      `SELECT a.after_sale_id AS afterSaleId, a.order_id AS orderId FROM after_sale a
       JOIN parcel_after_sale l ON l.after_sale_id = a.id WHERE l.parcel_id = ?`,
      [row.parcelId],
    );
    const { page } = await site.visit('/intercepts');
    for (const number of [row.waybillNo, link?.orderId, link?.afterSaleId, row.id]) {
      await find(page, number ?? 'none');
      // What the number before it found is the same row: only the address tells that this one was looked for.
      await page.waitForURL((url) => url.searchParams.get('q') === number);
      await until(async () => (await rows(page).count()) === 1, { what: `one row for ${number}` });
      await rowOf(page, row.waybillNo).waitFor();
    }
    await find(page, row.waybillNo.slice(0, 10));
    await until(async () => (await rows(page).count()) > 1, { what: 'the rows whose waybill begins so' });
  });

  it('keeps its filters in the address: they survive a reload and go with the link', async () => {
    const dear = await site.stories.tooDear();
    const { waybillNo } = await site.stories.erp.row(dear);
    const { page } = await site.visit('/intercepts');
    await rowOf(page, waybillNo).waitFor();
    await page.getByRole('combobox', { name: '状态' }).click();
    await page.getByTitle('不拦截', { exact: true }).click();
    await page.getByRole('combobox', { name: '原因' }).click();
    await page.keyboard.type('value_too_high');
    await page.keyboard.press('Enter');
    await page.waitForURL(/state=skipped&reason=value_too_high/);
    await until(async () => (await rows(page).count()) === 1, { what: 'the one that is skipped' });
    await page.reload();
    await rowOf(page, waybillNo).waitFor();
    expect(await rows(page).count()).toBe(1);
    await page.getByText('不拦截', { exact: true }).first().waitFor();
    await page.goBack();
    await page.waitForURL(/\/intercepts\?state=skipped$/);
  });

  it('shows why, by which rule, and in which words of the courier (R41)', async () => {
    const { waybillNo } = await site.stories.erp.row(await site.stories.refused());
    const { page } = await site.visit(`/intercepts?q=${waybillNo}`);
    const row = rowOf(page, waybillNo);
    await row.getByText('快递拒绝：包裹已到派件环节').waitFor();
    await row.getByText('R16').waitFor();
    await row.getByText('快递代码 E23120').waitFor();
  });

  it('shows what comes from outside as text, whatever it looks like', async () => {
    const parcels = [{ carrier: EVIL_NAME, waybillNo: `W-${EVIL_NAME}`, declaredValueFen: 100 }];
    const id = await site.stories.queued({ orderId: EVIL_NAME, parcels });
    const { page, complaints } = await site.visit('/intercepts');
    await rows(page).getByText(`W-${EVIL_NAME}`).first().waitFor();
    await page.goto(`/intercepts/${id}`);
    await page.getByRole('heading', { level: 1, name: `W-${EVIL_NAME}` }).waitFor();
    await page.goto('/start?by=type');
    await page.getByLabel('店铺').click();
    await page.getByTitle(EVIL_NAME).first().waitFor();
    expect(await page.title()).not.toBe('pwned');
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('counts to a deadline on the server’s clock, for a desk’s may be wrong', async () => {
    const id = await site.stories.queued({ deadlineAt: new Date(Date.now() + 30 * 60_000) });
    const { waybillNo } = await site.stories.erp.row(id);
    const { page } = await site.visit('/', { alone: true });
    await page.clock.install({ time: Date.now() + 10 * 60_000 });
    await page.goto(`/intercepts?q=${waybillNo}`);
    await rowOf(page, waybillNo)
      .getByText(/^还剩 (29|30)分钟$/)
      .waitFor();
  });

  it('says that a figure is not verified once it is older than 90 s, and never calls it normal (R79)', async () => {
    await site.stories.queued();
    const { page, context } = await site.visit('/', { alone: true });
    await page.clock.install();
    await page.goto('/intercepts');
    await rows(page).first().waitFor();
    await page.getByText('刚刚读取').waitFor();
    await context.setOffline(true);
    await page.clock.fastForward(60_000);
    await page.getByText(/^1分钟前读取/).waitFor();
    expect(await page.getByText('未核实').count()).toBe(0);
    await page.clock.fastForward(40_000);
    await page.getByText(/^未核实 · 1分钟前读取/).waitFor();
    await page.getByText('连不上服务器').waitFor();
    expect(await rows(page).count()).toBeGreaterThan(0);
    await context.setOffline(false);
    await page.clock.runFor(10_000);
    await until(async () => (await page.getByText('未核实').count()) === 0, { what: 'figures read anew' });
  });
});

describe('a long list', () => {
  beforeAll(async () => {
    await site.stories.erp.askForMany(60);
  }, 30_000);

  it('loads more by hand, and reads new rows in by itself without moving what is looked at', async () => {
    const { page } = await site.visit('/intercepts?state=queued');
    await until(async () => (await rows(page).count()) === 50, { what: 'the first page' });
    await page.getByRole('button', { name: '加载更多' }).click();
    await until(async () => (await rows(page).count()) > 50, { what: 'the second page' });
    const before = await rows(page).count();
    const watched = rows(page).nth(before - 5);
    const number = (await watched.getByRole('link').textContent()) ?? '';
    await watched.scrollIntoViewIfNeeded();
    const { y } = (await rowOf(page, number).boundingBox()) ?? { y: Number.NaN };
    await site.stories.queued();
    await until(async () => (await rows(page).count()) > before, { what: 'the new row', timeoutMs: 30_000 });
    expect((await rowOf(page, number).boundingBox())?.y).toBeCloseTo(y, -1);
  });
});
