import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ADMIN, type AdminSite, adminSite, VIEWER } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { storeConfig } from '../support/stored-config.js';
import { until } from '../support/until.js';
import { PASSWORD } from '../support/web-rig.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
  await storeConfig(site.rig);
  await site.rig.addUser('op@example.com', 'operator');
}, 60_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });
const dialog = (page: Page) => page.getByRole('dialog');
const logIn = async (email: string, password: string) => {
  const answer = await fetch(`${site.rig.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return answer.status;
};

describe('users', () => {
  it('are added with a password that is shown once and works', async () => {
    const { page } = await site.visit('/people');
    await page.getByRole('button', { name: '添加用户' }).click();
    await dialog(page).getByLabel('邮箱').fill('new@example.com');
    await dialog(page)
      .getByText(/^运营 · /)
      .click();
    expect(await barriers(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: '添加', exact: true }).click();
    await dialog(page).getByText('只显示这一次').waitFor();
    const password = (await dialog(page).locator('code').textContent()) ?? '';
    expect(await logIn('new@example.com', password)).toBe(200);
    await dialog(page).getByRole('button', { name: '关闭' }).click();
    await row(page, 'new@example.com').getByText('运营').waitFor();
    expect(await page.getByText(password).count()).toBe(0);
  });

  it('get another role with a reason, and are locked out after the number of their sessions was shown', async () => {
    await site.rig.logIn('op@example.com');
    const { page } = await site.visit('/people', { locale: 'en' });
    await row(page, 'op@example.com')
      .getByRole('button', { name: /Change/ })
      .click();
    await dialog(page)
      .getByText(/^finance · /)
      .click();
    await dialog(page).getByLabel('Reason (for the audit log)').fill('moved to finance');
    await dialog(page).getByRole('button', { name: 'Save' }).click();
    await row(page, 'op@example.com').getByText('finance').waitFor();
    await row(page, 'op@example.com')
      .getByRole('button', { name: /Disable/ })
      .click();
    await dialog(page).getByText('logged out of 1 sessions').waitFor();
    await dialog(page).getByRole('button', { name: 'Disable' }).click();
    await row(page, 'op@example.com').getByText('disabled').waitFor();
    expect(await logIn('op@example.com', PASSWORD)).toBe(401);
  });

  it('find no button beside themselves', async () => {
    const { page } = await site.visit('/people');
    await row(page, ADMIN).getByText('（你）').waitFor();
    expect(await row(page, ADMIN).getByRole('button').count()).toBe(0);
  });
});

describe('tokens', () => {
  it('are made, shown once, and revoked', async () => {
    const { page } = await site.visit('/people?part=tokens');
    await page.getByRole('button', { name: '创建令牌' }).click();
    await dialog(page).getByRole('button', { name: '创建令牌' }).click();
    await dialog(page).getByText('请写明用途').waitFor();
    await dialog(page).getByLabel('用途').fill('聚水潭');
    await dialog(page).getByText('intercepts:read').click();
    await dialog(page).getByRole('button', { name: '创建令牌' }).click();
    await dialog(page).getByText(/^jj_/).waitFor();
    const token = (await dialog(page).locator('code').textContent()) ?? '';
    const use = () => fetch(`${site.rig.url}/api/v1/intercepts`, { headers: { authorization: `Bearer ${token}` } });
    expect((await use()).status).toBe(200);
    await dialog(page).getByRole('button', { name: '关闭' }).click();
    const card = page.getByRole('listitem').filter({ hasText: '聚水潭' });
    await card.getByText('最近使用').waitFor();
    await card.getByRole('button', { name: /吊销/ }).click();
    await dialog(page).getByRole('button', { name: '吊销' }).click();
    await card.getByText('已吊销').waitFor();
    expect((await use()).status).toBe(401);
  });
});

describe('one’s own account', () => {
  it('is reached from the header by everybody, and its password changes without a new login', async () => {
    const { page } = await site.visit('/', { as: VIEWER, alone: true });
    await page.getByRole('link', { name: VIEWER }).click();
    await page.getByLabel('当前密码').fill('not my password');
    await page.getByLabel('新密码').fill('a better password');
    await page.getByLabel('再输一次').fill('another password');
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByText('两次输入不一致').waitFor();
    await page.getByLabel('再输一次').fill('a better password');
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByText('当前密码不正确').waitFor();
    await page.getByLabel('当前密码').fill(PASSWORD);
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.getByText('密码已修改').waitFor();
    await page.getByText('本次登录').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await logIn(VIEWER, 'a better password')).toBe(200);
  });
});

describe('the audit log', () => {
  it('is searched, keeps the search in the address, shows before and after, and is checked', async () => {
    const { page, complaints } = await site.visit('/audit');
    await page.getByLabel('操作', { exact: true }).fill('user.change');
    await page.getByRole('button', { name: '查找' }).click();
    await page.waitForURL(/action=user.change/);
    await page.getByText('原因：moved to finance').waitFor();
    await page.getByRole('row', { name: 'role operator finance', exact: true }).waitFor();
    expect(await page.getByText('settings.apply').count()).toBe(0);
    await page.getByRole('button', { name: '检查审计链' }).click();
    await page.getByText(/审计链完整，共 \d+ 条/).waitFor();
    await page.getByRole('button', { name: '清除' }).click();
    await page.getByText('settings.apply').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('every page of people and audit', () => {
  it.each([
    ['/people', 'zh-CN'],
    ['/people?part=tokens', 'en'],
    ['/people?part=sessions', 'zh-CN'],
    ['/audit', 'en'],
    ['/me', 'en'],
  ])('%s keeps nobody out, light and dark (%s)', async (path, locale) => {
    for (const theme of ['light', 'dark']) {
      const { page, complaints } = await site.visit(path, { locale });
      await page.evaluate(`localStorage.setItem('jiejian-theme', '${theme}')`);
      await page.reload();
      const age = page.locator('main').getByText(/刚刚读取|just read/);
      await until(async () => (await age.count()) > 0, { what: 'everything to be read' });
      expect(await barriers(page)).toEqual([]);
      expect(complaints).toEqual([]);
    }
  });

  it('is not there for whoever may not: the menu does not offer it, and the page says which right it takes', async () => {
    await site.rig.addUser('op2@example.com', 'operator');
    const { page } = await site.visit('/people', { as: 'op2@example.com', alone: true });
    await page.getByText('你的角色不能查看此页面').waitFor();
    await page.getByText('people:write').waitFor();
    expect(await page.getByRole('navigation').getByRole('link', { name: '用户' }).count()).toBe(0);
  });
});
