import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { chinaDayStart } from '../../src/domain/china-time.js';
import { raiseAlert } from '../../src/domain/store/alert-store.js';
import { type AdminSite, adminSite, reloadWithStream } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { until } from '../support/until.js';

const REFUSED_MINUTES_AGO = [200, 20];

let site: AdminSite;
let review = '';
beforeAll(async () => {
  site = await adminSite();
  const { stories } = site;
  await stories.ago(300).intercepted();
  for (const minutes of REFUSED_MINUTES_AGO) await stories.ago(minutes).refused();
  await stories.ago(60).queued();
  review = await stories.ago(30).needsReview();
}, 60_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const panel = (page: Page, name: string) => page.getByRole('region', { name });
/** Opens the table below the charts. They come late and push it down: a click may land where it was before. */
const asTable = (couriers: Locator) =>
  until(
    async () => {
      if ((await couriers.locator('details[open]').count()) > 0) return true;
      await couriers.getByText('以表格查看').click();
      return false;
    },
    { what: 'the table to open' },
  );
const hasRows = (table: Locator, count: number) =>
  until(async () => (await table.getByRole('row').count()) === count, { what: `${count} rows` });

describe('the overview', () => {
  it('says in money and parcels what is at stake', async () => {
    const { page } = await site.visit('/');
    const stakes = panel(page, '在途风险');
    await stakes.getByText('¥178.00').first().waitFor();
    // Soon after midnight in China what was refused some minutes ago was lost yesterday.
    const today = chinaDayStart(new Date()).getTime();
    const lost = REFUSED_MINUTES_AGO.filter((minutes) => Date.now() - minutes * 60_000 >= today).length;
    await until(async () => (await stakes.getByText('2 件').count()) === (lost === 2 ? 2 : 1), {
      what: `2 parcels at stake and ${lost} lost`,
    });
    await stakes.getByText('今日损失').waitFor();
  });

  it('leads to what needs a person, nearest first', async () => {
    const { page } = await site.visit('/');
    const waiting = panel(page, '需要人处理');
    const { waybillNo } = await site.stories.erp.row(review);
    await waiting.getByRole('link', { name: waybillNo }).click();
    await page.waitForURL(`**/intercepts/${review}`);
  });

  it('shows the alerts that are raised, as they are raised', async () => {
    const { page } = await site.visit('/');
    await panel(page, '告警').getByText('没有告警').waitFor();
    await reloadWithStream(page);
    await panel(page, '告警').getByText('没有告警').waitFor();
    await raiseAlert(site.rig.db, 'auth_expired', 'dy-main', new Date());
    await panel(page, '告警').getByText('平台不再接受店铺 dy-main 的授权').waitFor();
  });

  it('says in red above everything what is not ready, and nothing when all is well', async () => {
    const { page } = await site.visit('/');
    await panel(page, '在途风险').waitFor();
    expect(await page.getByText('系统未就绪').count()).toBe(0);
    await site.rig.db.run('UPDATE lane SET canary_at = NULL');
    await page.reload();
    const banner = page.getByRole('alert').getByText('没有 worker 在工作');
    await banner.waitFor();
    await panel(page, '通道一览').getByText('没有 worker').waitFor();
    await site.rig.db.run('UPDATE lane SET canary_at = NOW(3) + INTERVAL 1 DAY');
    await page.reload();
    await panel(page, '在途风险').waitFor();
    expect(await banner.count()).toBe(0);
  });

  it('says so when it cannot be read, and goes on with the rest of the page', async () => {
    const { page } = await site.visit('/', { alone: true });
    await page.route('**/api/v1/overview', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'unavailable', text: { zh: '数据库暂不可用。', en: 'x' } }),
      }),
    );
    await page.reload();
    await page.getByRole('alert').getByText('数据库暂不可用').waitFor();
    await panel(page, '通道一览').getByText('zto-main').waitFor();
  });
});

describe('the couriers', () => {
  it('are drawn when the charts come into view, and not before', async () => {
    const { page } = await site.visit('/', { alone: true, as: null });
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(request.url()));
    expect(scripts.filter((url) => url.includes('echarts'))).toEqual([]);
    const { page: inside } = await site.visit('/');
    const asked: string[] = [];
    inside.on('request', (request) => asked.push(request.url()));
    await inside.setViewportSize({ width: 1280, height: 400 });
    await inside.reload();
    await panel(inside, '快递表现').getByRole('table').first().waitFor();
    expect(asked.filter((url) => url.includes('echarts'))).toEqual([]);
    await panel(inside, '快递表现').getByRole('img').first().scrollIntoViewIfNeeded();
    await panel(inside, '快递表现').locator('canvas').first().waitFor();
    expect(asked.filter((url) => url.includes('echarts')).length).toBe(1);
  });

  it('can be read as a table, step by step', async () => {
    const { page } = await site.visit('/');
    const couriers = panel(page, '快递表现');
    await couriers.getByRole('row', { name: /^中通 3 1 2 0 33%/ }).waitFor();
    await asTable(couriers);
    await hasRows(couriers.getByRole('table', { name: '中通' }), 25);
  });

  it('by day stand in the address, so that it can be sent to others', async () => {
    const { page } = await site.visit('/');
    const couriers = panel(page, '快递表现');
    await couriers.getByText('近 14 天').click();
    await page.waitForURL(/\/\?by=day$/);
    await page.reload();
    await asTable(couriers);
    await hasRows(couriers.getByRole('table', { name: '中通' }), 15);
  });
});

describe.each([
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
  ['en-GB', 'light'],
  ['en-GB', 'dark'],
] as const)('the whole page in %s, %s', (locale, colorScheme) => {
  it('keeps nobody out and breaks no rule of its content policy', async () => {
    const { page, complaints } = await site.visit('/', { locale });
    await page.emulateMedia({ colorScheme });
    await page.reload();
    await page.locator('.chart-canvas').first().scrollIntoViewIfNeeded();
    await page.locator('canvas').nth(1).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  it('fits on a phone', async () => {
    const { page } = await site.visit('/', { locale });
    await page.setViewportSize({ width: 390, height: 800 });
    await page.locator('.charts').waitFor();
    await until(async () => (await page.evaluate<number>('document.querySelector("main").scrollWidth')) <= 390, {
      what: 'the page to fit',
    });
  });
});
