import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { policyVersions, readShadows } from '../../src/domain/store/policy-store.js';
import { type AdminSite, adminSite, VIEWER } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { storeConfig } from '../support/stored-config.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
  await storeConfig(site.rig);
  await site.stories.queued();
  await site.stories.intercepted();
}, 60_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const row = (page: Page, name: string) => page.getByRole('row', { name, exact: true });

/** Writes the draft, as far as anything is to be said in it. */
async function draft(page: Page, body: object | string): Promise<void> {
  await page.getByLabel('草稿内容').fill(typeof body === 'string' ? body : JSON.stringify(body));
}

describe('the page Policies', () => {
  it('tries a draft beside today’s policy, lets it run in the shadow, publishes it and goes back', async () => {
    const { page, complaints } = await site.visit('/policies?id=default');
    await page.getByText('自动拦截；').first().waitFor();
    await draft(page, '{ "when": ');
    await button(page, '试算').click();
    await page.getByRole('alert').getByText('不是有效的 JSON').waitFor();
    await draft(page, { when: { expression: 'valueFn > 3' } });
    await button(page, '试算').click();
    await page.getByText('第 1 个字符：没有这个变量').waitFor();
    await draft(page, { when: { expression: 'valueFen > 99000' } });
    await button(page, '试算').click();
    await row(page, '自动发送 2 0 -2').waitFor();
    await row(page, '交给人工 0 2 +2').waitFor();
    await page.getByText('2 个决定，2 个会不同').waitFor();
    expect(await barriers(page)).toEqual([]);
    await button(page, '影子运行').click();
    await page.getByRole('heading', { name: '影子运行中的草稿' }).waitFor();
    expect(await readShadows(site.rig.db)).toHaveLength(1);
    await button(page, '发布…').click();
    await page.getByLabel('原因（写入审计）').fill('试算通过');
    await button(page, '发布').click();
    await page.getByText('试算通过').waitFor();
    const versions = () => policyVersions(site.rig.db, 'default');
    expect((await versions())[0]).toMatchObject({ version: 2, by: 'user:admin@example.com' });
    await button(page, '恢复此版本…').click();
    await page.getByLabel('原因（写入审计）').fill('误操作');
    await button(page, '恢复').click();
    await page.getByText('version 1: 误操作').waitFor();
    expect(complaints).toEqual([]);
  });

  it('shows a viewer the sentences and lets him try, but change nothing', async () => {
    const { page } = await site.visit('/policies?id=default', { as: VIEWER, locale: 'en' });
    await page.getByText('intercepts go by themselves').first().waitFor();
    await button(page, 'Try it on the past').waitFor();
    expect(await button(page, 'Run in the shadow').count()).toBe(0);
  });
});

describe('the page Scorecards', () => {
  it('says of every share how many orders it is of', async () => {
    const { page, complaints } = await site.visit('/scorecards?by=hour', { locale: 'en' });
    await page.getByRole('cell', { name: '100% of 1', exact: true }).waitFor();
    await page.getByRole('cell', { name: '60% assumed', exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
