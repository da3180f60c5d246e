import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ADMIN, type AdminSite, adminSite, VIEWER } from '../support/admin-site.js';
import { until } from '../support/until.js';
import { PASSWORD } from '../support/web-rig.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

async function logIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('邮箱').fill(email);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

describe('the login', () => {
  it('is asked for at every address and leads to the one that was wanted', async () => {
    const { page, complaints } = await site.visit('/lanes', { as: null, alone: true });
    await logIn(page, ADMIN);
    await heading(page, '通道').waitFor();
    await page.reload();
    await heading(page, '通道').waitFor();
    expect(complaints).toEqual([]);
  });

  it('says that the password is wrong, and lets nobody in', async () => {
    const { page } = await site.visit('/', { as: null });
    await logIn(page, ADMIN, 'wrong');
    await page.getByRole('alert').getByText('邮箱或密码不正确').waitFor();
    expect(await heading(page, '概览').count()).toBe(0);
  });

  it('asks for what is missing before it asks the server', async () => {
    const { page } = await site.visit('/', { as: null });
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('请输入邮箱').waitFor();
    await page.getByText('请输入密码').waitFor();
  });

  it('tells whoever guesses too often how long to wait', async () => {
    const body = JSON.stringify({ email: 'guessed@example.com', password: 'x' });
    const headers = { 'content-type': 'application/json' };
    for (let n = 0; n < 10; n += 1) await fetch(`${site.rig.url}/api/auth/login`, { method: 'POST', headers, body });
    const { page } = await site.visit('/', { as: null });
    await logIn(page, 'guessed@example.com', 'x');
    await page.getByText('登录失败次数过多').waitFor();
    await page.getByText(/请在 \d+ 秒后再试/).waitFor();
  });

  it('works with the keyboard alone', async () => {
    const { page } = await site.visit('/intercepts', { as: null, alone: true });
    // The first field has the focus.
    await page.getByLabel('邮箱').waitFor();
    await page.keyboard.type(VIEWER);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await heading(page, '拦截').waitFor();
  });

  it('ends by logging out, and the session is worth nothing afterwards', async () => {
    const { page, context } = await site.visit('/', { alone: true });
    const cookies = await context.cookies();
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('密码').waitFor();
    await context.addCookies(cookies);
    await page.goto('/');
    await page.getByLabel('密码').waitFor();
  });

  it('does not lose a write of another tab, whose proof of origin belongs to the session before', async () => {
    const { page, context } = await site.visit('/lanes', { alone: true });
    await page.getByText('运行中').waitFor();
    await context.request.post('/api/auth/login', { data: { email: ADMIN, password: PASSWORD } });
    await page.getByRole('button', { name: '暂停' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '暂停' }).click();
    await page.getByText('已暂停').waitFor();
  });

  it('is asked for again when the session has ended, with a word about it, and the page comes back', async () => {
    const { page } = await site.visit('/lanes', { as: VIEWER, alone: true });
    await heading(page, '通道').waitFor();
    await site.rig.db.run('DELETE FROM session WHERE LOCATE(?, body) > 0', [VIEWER]);
    await page.getByText('登录已过期').waitFor();
    await logIn(page, VIEWER);
    await heading(page, '通道').waitFor();
  });
});

describe('the language', () => {
  const langOf = (page: Page) => page.locator('html').getAttribute('lang');

  it('is that of the browser', async () => {
    const { page } = await site.visit('/', { as: null, locale: 'en-GB', alone: true });
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    expect(await langOf(page)).toBe('en');
  });

  it('can be switched at once and stays switched', async () => {
    const id = await site.stories.tooDear();
    const { page } = await site.visit(`/intercepts/${id}`, { alone: true });
    await page.getByText('包裹价值达到或超过 1000 元').first().waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText('The parcel is worth 1000.00 or more').first().waitFor();
    expect(await langOf(page)).toBe('en');
    await page.reload();
    await page.getByText('The parcel is worth 1000.00 or more').first().waitFor();
    await until(async () => (await page.title()).includes('Jiejian'), { what: 'the title in English' });
  });
});
