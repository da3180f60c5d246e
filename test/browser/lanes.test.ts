import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { takeForRedis } from '../../src/domain/store/dispatch-store.js';
import { noteCanary, openBreaker } from '../../src/domain/store/lane-store.js';
import { type AdminSite, adminSite, reloadWithStream, VIEWER } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { anAccount } from '../support/picture.js';
import { until } from '../support/until.js';

const LANE = 'zto-zto-main';
let site: AdminSite;
beforeAll(async () => {
  site = await adminSite({ accounts: [anAccount({ rateLimit: { max: 2, perMs: 60_000 } })] });
  for (let n = 0; n < 3; n += 1) await site.stories.queued();
  await takeForRedis(site.rig.db, { laneId: LANE, queue: 'intercept', window: 1, perMs: null }, new Date());
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const card = (page: Page) => page.getByRole('listitem').filter({ hasText: 'zto-main' });
const dialog = (page: Page) => page.getByRole('dialog');

describe('a lane', () => {
  it('says what is in the window and what waits in MySQL', async () => {
    const { page } = await site.visit('/lanes');
    await card(page).getByText('窗口 1 · 数据库 2').waitFor();
  });

  it('says in red that it has no worker, and when the last test job came through', async () => {
    const { page } = await site.visit('/lanes');
    await card(page).getByText('运行中').waitFor();
    await site.rig.db.run('UPDATE lane SET canary_at = NULL');
    await page.reload();
    await card(page).getByText('没有 worker').first().waitFor();
    await card(page).getByText('从未').waitFor();
    await noteCanary(site.rig.db, LANE, new Date(Date.now() - 120_000));
    await page.reload();
    await card(page).getByText('2分钟前').waitFor();
    await noteCanary(site.rig.db, LANE, new Date(Date.now() + 3_600_000));
  });

  it('says why its breaker is open as it opens, and when it tries again', async () => {
    const { page } = await site.visit('/lanes');
    await card(page).getByText('熔断器正常').waitFor();
    await reloadWithStream(page);
    await card(page).getByText('熔断器正常').waitFor();
    await openBreaker(site.rig.db, LANE, 'credentials', new Date(Date.now() + 60_000));
    await card(page).getByText('已熔断，暂不发送：快递不接受账号密钥').waitFor();
    await card(page)
      .getByText(/\d+秒后再试一次/)
      .waitFor();
    await site.rig.db.run(`UPDATE lane SET breaker = 'closed', breaker_reason = NULL, breaker_until = NULL`);
  });

  it('says what its courier can do, for eyes and for ears', async () => {
    const { page } = await site.visit('/lanes');
    const abilities = card(page).getByRole('list', { name: '快递接口能力' });
    await abilities.waitFor();
    const words = (await abilities.getByRole('listitem').allTextContents()).map((text) => text.replace(/\s+/g, ' '));
    expect(words).toEqual(expect.arrayContaining(['✓ 撤销拦截 支持', '– 改址 不支持']));
    expect(words).toHaveLength(8);
  });

  it('leads to its queue in Bull Board', async () => {
    const { page } = await site.visit('/lanes');
    const link = card(page).getByRole('link', { name: '在 Bull Board 查看队列' });
    expect(await link.getAttribute('href')).toBe(`/queues/queue/intercept-${LANE}`);
  });

  it('says before a limit is changed how long those that wait will take', async () => {
    const { page } = await site.visit('/lanes');
    await card(page).getByRole('button', { name: '调整限速…' }).click();
    await dialog(page).getByText('等待中的 3 条，改后约 1分钟发完').waitFor();
    await dialog(page).getByLabel('次数').fill('60');
    await dialog(page).getByText('改后约 3秒发完').waitFor();
    await page.keyboard.press('Escape');
  });
});

describe('those that come too late', () => {
  it('are listed with money and time, and lead to the intercept', async () => {
    const deadlineAt = new Date(Date.now() + 15_000);
    for (let n = 0; n < 2; n += 1) await site.stories.queued({ deadlineAt });
    const { page } = await site.visit('/lanes');
    await card(page).getByRole('button', { name: '查看来不及的…' }).click();
    const row = dialog(page).locator('tbody tr').first();
    await row.getByText('¥89.00').waitFor();
    expect(await barriers(page)).toEqual([]);
    await row.getByRole('link').click();
    await page.waitForURL(/\/intercepts\/[0-9a-z]{26}$/);
    await site.rig.db.run('UPDATE intercept SET deadline_at = NOW(3) + INTERVAL 1 DAY');
  });
});

describe('the drift between MySQL and Redis', () => {
  const compare = async (page: Page) => card(page).getByRole('button', { name: '核对 Redis…' }).click();

  it('is nothing to mend while they agree', async () => {
    const { page } = await site.visit('/lanes');
    await compare(page);
    await dialog(page).getByText('一致，没有需要修复的').waitFor();
    expect(await dialog(page).getByRole('button', { name: '重建' }).count()).toBe(0);
  });

  it('is shown in numbers, mended on demand, and then gone', async () => {
    site.rig.drift.push({ queue: `intercept-${LANE}`, withoutJob: 4, withoutRow: 1 });
    const { page } = await site.visit('/lanes');
    await compare(page);
    await dialog(page)
      .getByRole('row', { name: `intercept-${LANE} 4 1` })
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog(page).getByRole('button', { name: '重建' }).click();
    await dialog(page).getByText('已修复上面的差异').waitFor();
    await dialog(page).getByRole('button', { name: '关闭' }).click();
    await compare(page);
    await dialog(page).getByText('一致，没有需要修复的').waitFor();
    const [entry] = await site.rig.db.rows<{ n: number }>(
      `SELECT COUNT(*) AS n FROM audit WHERE action = 'queues_rebuilt'`,
    );
    expect(entry?.n).toBe(1);
  });

  it('may be looked at by a viewer, who is offered nothing to mend', async () => {
    site.rig.drift.push({ queue: `intercept-${LANE}`, withoutJob: 4, withoutRow: 1 });
    const { page } = await site.visit('/lanes', { as: VIEWER });
    await compare(page);
    await dialog(page)
      .getByRole('row', { name: `intercept-${LANE} 4 1` })
      .waitFor();
    expect(await dialog(page).getByRole('button', { name: '重建' }).count()).toBe(0);
    expect(await card(page).getByRole('button', { name: '暂停' }).count()).toBe(0);
    site.rig.drift.length = 0;
  });
});

describe.each([
  ['zh-CN', 'light'],
  ['zh-CN', 'dark'],
  ['en-GB', 'light'],
  ['en-GB', 'dark'],
] as const)('the whole page in %s, %s', (locale, colorScheme) => {
  it('keeps nobody out, breaks no rule of its content policy, and fits on a phone', async () => {
    const { page, complaints } = await site.visit('/lanes', { locale });
    await page.emulateMedia({ colorScheme });
    await page.reload();
    await card(page).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.setViewportSize({ width: 390, height: 800 });
    await until(async () => (await page.evaluate<number>('document.querySelector("main").scrollWidth')) <= 390, {
      what: 'the page to fit',
    });
    await page.emulateMedia({ colorScheme: 'light' });
  });
});
