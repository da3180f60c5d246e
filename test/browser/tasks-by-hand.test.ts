import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { UI_TASKS } from '../../scripts/render/ui-tasks.js';
import { ADMIN, type AdminSite, adminSite } from '../support/admin-site.js';
import { PASSWORD } from '../support/web-rig.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

/** A person at a page; everything done is counted. */
class Hands {
  count = 0;

  constructor(private readonly page: Page) {}

  async click(what: Locator): Promise<void> {
    this.count += 1;
    await what.click();
  }

  /** Types into a field and presses Enter. */
  async enter(field: Locator, text: string): Promise<void> {
    this.count += 1;
    await field.fill(text);
    await this.page.keyboard.press('Enter');
  }
}

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('邮箱').fill(ADMIN);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('navigation').waitFor();
}

describe('what people do all day takes few actions', () => {
  it(UI_TASKS.timeline.en, async () => {
    const { waybillNo } = await site.stories.erp.row(await site.stories.intercepted());
    const { page } = await site.visit('/', { as: null, alone: true });
    await logIn(page);
    const hands = new Hands(page);
    await hands.click(page.getByRole('link', { name: '拦截', exact: true }));
    await hands.enter(page.getByRole('searchbox').first(), waybillNo);
    await hands.click(page.getByRole('row').filter({ hasText: waybillNo }).getByRole('link').first());
    await page.getByRole('heading', { level: 1, name: waybillNo }).waitFor();
    await page.locator('ol.timeline > li').first().waitFor();
    expect(hands.count).toBeLessThanOrEqual(UI_TASKS.timeline.most);
  });

  it(UI_TASKS.replay.en, async () => {
    for (let n = 0; n < 3; n += 1) await site.stories.needsReview();
    const { page } = await site.visit('/failed');
    const hands = new Hands(page);
    await hands.click(page.getByRole('radiogroup').getByText('待人工', { exact: true }));
    await page.getByLabel('全选已显示的').waitFor();
    await hands.click(page.getByLabel('全选已显示的'));
    await hands.click(page.getByRole('button', { name: '预览重试…' }));
    await page
      .getByRole('dialog')
      .getByRole('row', { name: /^会发送/ })
      .waitFor();
    await hands.click(page.getByRole('button', { name: '执行', exact: true }));
    await page.getByText('进行中').waitFor();
    expect(hands.count).toBeLessThanOrEqual(UI_TASKS.replay.most);
  });
});
