import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type AdminSite, adminSite, reloadWithStream } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { until } from '../support/until.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
  for (let n = 0; n < 3; n += 1) await site.stories.queued();
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const theme = (page: Page) => page.locator('html').getAttribute('data-theme');
const ground = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
const focused = (page: Page, what: string) => page.evaluate<string | null>(`document.activeElement?.${what} ?? null`);

describe('the theme', () => {
  it('is that of the device, and follows it', async () => {
    const { page } = await site.visit('/intercepts', { alone: true });
    await heading(page, '拦截').waitFor();
    expect([await theme(page), await ground(page)]).toEqual(['light', 'rgb(244, 246, 248)']);
    await page.emulateMedia({ colorScheme: 'dark' });
    await until(async () => (await theme(page)) === 'dark', { what: 'the dark theme' });
    expect(await ground(page)).toBe('rgb(15, 19, 23)');
  });

  it('can be chosen, is kept over a reload and told to other tabs', async () => {
    const { page, context } = await site.visit('/intercepts', { alone: true });
    const other = await context.newPage();
    await other.goto('/lanes');
    await other.getByLabel('外观').waitFor();
    await page.getByLabel('外观').selectOption('深色');
    await until(async () => (await theme(other)) === 'dark', { what: 'the other tab to follow' });
    await page.reload();
    expect(await theme(page)).toBe('dark');
    await page.getByLabel('外观').selectOption('跟随系统');
    expect(await theme(page)).toBe('light');
  });

  it('reaches the parts of antd too, and keeps nobody out in the dark', async () => {
    const { page, complaints } = await site.visit('/intercepts', { alone: true });
    await page.getByLabel('外观').selectOption('深色');
    await page.getByRole('combobox', { name: '状态' }).click();
    const list = page.locator('.ant-select-dropdown').first();
    await list.waitFor();
    const colour = `getComputedStyle(document.querySelector('.ant-select-dropdown')).backgroundColor`;
    expect(await page.evaluate(colour)).toBe('rgb(31, 38, 46)');
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('the environment', () => {
  it.each([
    ['zh-CN', '环境 本机'],
    ['en-GB', 'Environment local'],
  ])('stands on every page, in %s', async (locale, words) => {
    const { page } = await site.visit('/lanes', { locale });
    await until(async () => (await page.locator('.environment').textContent())?.replace(/\s+/g, ' ') === words, {
      what: 'the badge',
    });
  });
});

describe('the keyboard', () => {
  it('goes to the search box with /, from any page, and types / where somebody types', async () => {
    const { page } = await site.visit('/lanes');
    await heading(page, '通道').waitFor();
    await page.keyboard.press('/');
    await page.waitForURL(/\/intercepts$/);
    await until(async () => (await focused(page, 'getAttribute("aria-label")')) === '按单号查找', {
      what: 'the focus',
    });
    await page.keyboard.type('73/');
    expect(await page.getByLabel('按单号查找').inputValue()).toBe('73/');
  });

  it('moves over the rows with j and k, and opens one with Enter', async () => {
    const { page } = await site.visit('/intercepts');
    await page.locator('main [data-row]').nth(2).waitFor();
    const row = () => focused(page, 'closest("[data-row]")?.getAttribute("data-row")');
    const rows = '[...document.querySelectorAll("main [data-row]")].map((each) => each.dataset.row)';
    const [first, second] = await page.evaluate<string[]>(rows);
    await page.keyboard.press('j');
    expect(await row()).toBe(first);
    await page.keyboard.press('j');
    expect(await row()).toBe(second);
    await page.keyboard.press('k');
    expect(await row()).toBe(first);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/intercepts/${first}`);
  });

  it('lists the shortcuts with ?, and can be told to leave single keys alone (WCAG 2.1.4)', async () => {
    const { page } = await site.visit('/intercepts', { alone: true });
    await page.locator('main [data-row]').first().waitFor();
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: '键盘快捷键' });
    await dialog.getByText('下一行（回车打开）').waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByLabel('启用单键快捷键').uncheck();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('main [data-row]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('?');
    expect(await focused(page, 'closest("[data-row]")')).toBeNull();
    expect(await dialog.count()).toBe(0);
    await page.getByRole('button', { name: '键盘快捷键' }).click();
    await dialog.getByLabel('启用单键快捷键').check();
  });
});

describe('the router', () => {
  it('goes back and forth as the browser does, and begins a new page at its top', async () => {
    const { page } = await site.visit('/intercepts?state=queued', { alone: true });
    const row = page.locator('main [data-row] a').first();
    await row.waitFor();
    await page.setViewportSize({ width: 1280, height: 300 });
    await page.evaluate('window.scrollTo(0, 200)');
    await row.click();
    await page.waitForURL(/\/intercepts\/[0-9a-z]{26}$/);
    await until(async () => (await page.evaluate<number>('window.scrollY')) === 0, { what: 'the top of the page' });
    await page.goBack();
    await page.waitForURL('**/intercepts?state=queued');
    await row.waitFor();
    await page.goForward();
    await page.waitForURL(/\/intercepts\/[0-9a-z]{26}$/);
  });

  it('says of an address that is none that there is no such page', async () => {
    const { page } = await site.visit('/nothing/of/the/kind');
    await heading(page, '没有这个页面').waitFor();
  });

  it('asks the API for what stands in the address, and for nothing that an id could climb to', async () => {
    const { page } = await site.visit('/');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto('/intercepts/..%2F..%2Fauth%2Fsession');
    await page.getByRole('alert').first().waitFor();
    expect(asked.filter((path) => path.startsWith('/api/v1/intercepts/'))).toContain(
      '/api/v1/intercepts/..%2F..%2Fauth%2Fsession',
    );
  });
});

describe('what changes', () => {
  it('is shown as it changes, long before the page would ask by itself', async () => {
    const { page } = await site.visit('/intercepts', { alone: true });
    const rows = page.locator('main [data-row]');
    await rows.first().waitFor();
    await reloadWithStream(page);
    await rows.first().waitFor();
    const id = await site.stories.queued();
    await page.locator(`main [data-row="${id}"]`).waitFor({ timeout: 4_500 });
  });

  it('is shown by asking now and then where there is no stream', async () => {
    const { page } = await site.visit('/', { alone: true });
    await page.route('**/api/v1/live', (route) => route.fulfill({ status: 429 }));
    await page.goto('/intercepts');
    await page.locator('main [data-row]').first().waitFor();
    const id = await site.stories.queued();
    await page.locator(`main [data-row="${id}"]`).waitFor();
  });
});
