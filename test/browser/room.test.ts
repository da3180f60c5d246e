import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type AdminSite, adminSite, VIEWER } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';
import { until } from '../support/until.js';

let site: AdminSite;
beforeAll(async () => {
  site = await adminSite();
}, 30_000);
afterEach(() => site.leave());
afterAll(() => site.close());

const row = (id: string) => site.stories.erp.row(id);
const stateOf = async (id: string) => (await row(id)).state;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
const rows = (page: Page) => page.locator('table.list tbody tr');

describe('the list of intercepts', () => {
  it('filters by platform and by what the goods are worth, both in the address', async () => {
    const dear = await row(await site.stories.tooDear());
    const usual = await row(await site.stories.queued());
    const { page } = await site.visit('/intercepts?platform=douyin');
    await rows(page).filter({ hasText: usual.waybillNo }).waitFor();
    await page.getByLabel('货值从（元）').fill('1000');
    await page.keyboard.press('Enter');
    await page.waitForURL(/minValue=1000/);
    await until(async () => (await rows(page).filter({ hasText: usual.waybillNo }).count()) === 0, {
      what: 'cheap ones to go',
    });
    await rows(page).filter({ hasText: dear.waybillNo }).waitFor();
    await page.goto('/intercepts');
    await page.getByLabel('到何时').fill('2026-01-01T00:00');
    await page.waitForURL(/until=2025-12-31T16%3A00/);
    await page.getByText('没有符合条件的拦截').waitFor();
    await page.goto('/intercepts?platform=taobao');
    await page.getByText('没有符合条件的拦截').waitFor();
  });

  it('shows the columns that were chosen, also after a reload', async () => {
    await site.stories.queued();
    const { page } = await site.visit('/intercepts', { alone: true });
    await rows(page).first().waitFor();
    await button(page, '列…').click();
    await dialog(page).getByText('货值', { exact: true }).click();
    await dialog(page).getByText('费用', { exact: true }).click();
    await dialog(page).getByRole('button', { name: '关闭' }).click();
    const heads = async () => (await page.locator('table.list thead th').allTextContents()).join(' ');
    expect(await heads()).toContain('货值');
    expect(await heads()).not.toContain('费用');
    await page.reload();
    await rows(page).first().waitFor();
    expect(await heads()).toContain('货值');
    await rows(page).getByText('¥89.00').first().waitFor();
  });

  it('is taken away as a file of what the filters match', async () => {
    const { waybillNo } = await row(await site.stories.queued());
    const { page } = await site.visit(`/intercepts?q=${waybillNo}`);
    await rows(page).filter({ hasText: waybillNo }).waitFor();
    const started = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出 CSV' }).click();
    const file = await readFile(await (await started).path(), 'utf8');
    expect(file.split('\r\n')).toHaveLength(3);
    expect(file).toContain(`${waybillNo}\t`);
  });

  it('treats the ticked rows: says what will happen in numbers, asks why, and tells what became of each', async () => {
    const [one, two, ended] = [await site.stories.queued(), await site.stories.queued(), await site.stories.tooDear()];
    const { page } = await site.visit('/intercepts');
    for (const id of [one, two, ended]) await page.getByLabel(`选择 ${(await row(id)).waybillNo}`).check();
    await page.getByText('选中的 3 条').waitFor();
    await button(page, '撤销…').click();
    await dialog(page).getByRole('row', { name: '结束，不再发送 2' }).waitFor();
    await dialog(page).getByText('1 条不会执行').waitFor();
    expect(await stateOf(one)).toBe('queued');
    await button(page, '确认执行 2 条').click();
    await dialog(page).getByText('请写明原因').waitFor();
    await dialog(page).getByLabel('原因（写入审计）').fill('买家都撤回了');
    // Somebody is faster with one of them.
    await site.rig.db.run('UPDATE intercept SET version = version + 1 WHERE id = ?', [two]);
    await button(page, '确认执行 2 条').click();
    await dialog(page).getByText('完成 1 条，未执行 1 条，出错 0 条').waitFor();
    await dialog(page).getByText('这条拦截在你打开之后已有变化').waitFor();
    expect(await stateOf(one)).toBe('withdrawn');
    expect(await stateOf(two)).toBe('queued');
    const [entry] = await site.rig.db.rows<{ actor: string; detail: string }>(
      `SELECT actor, detail FROM audit WHERE subject = ? AND action = 'intercept_withdraw'`,
      [one],
    );
    expect(entry?.actor).toBe('user:admin@example.com');
    expect(JSON.parse(entry?.detail ?? '{}')).toMatchObject({ note: '买家都撤回了' });
  });

  it('treats all that match the filters, and shows the fee of those that would be sent', async () => {
    const waiting = await Promise.all([site.stories.awaitingApproval(), site.stories.awaitingApproval()]);
    const { page } = await site.visit('/intercepts?state=held&shopId=dy-approve');
    await until(async () => (await rows(page).count()) === 2, { what: 'those that wait' });
    await page.getByText('全部符合筛选的').click();
    await button(page, '重试…').click();
    await dialog(page).getByRole('row', { name: '将发送给快递 2' }).waitFor();
    await dialog(page).getByText('费用约 ¥6.00').waitFor();
    await dialog(page).getByLabel('原因（写入审计）').fill('已核对');
    await button(page, '确认执行 2 条').click();
    await dialog(page).getByText('完成 2 条').waitFor();
    for (const id of waiting) expect(await stateOf(id)).toBe('queued');
  });

  it('hands more than a few to a replay, with its preview', async () => {
    const { waybillNo } = await row(await site.stories.needsReview());
    const { page } = await site.visit('/intercepts?state=needs_review');
    await page.getByLabel(`选择 ${waybillNo}`).check();
    await button(page, '交给批量重放…').click();
    await dialog(page).getByLabel('批次名称').waitFor();
    await page.keyboard.press('Escape');
    await page.goto(`/intercepts?q=${waybillNo}`);
    await page.getByText('全部符合筛选的').click();
    await until(() => button(page, '交给批量重放…').isDisabled(), { what: 'the replay of all to be refused' });
  });

  it('gives somebody who may only look the columns and the export, and nothing to do', async () => {
    await site.stories.queued();
    const { page } = await site.visit('/intercepts', { as: VIEWER });
    await rows(page).first().waitFor();
    expect(await page.getByRole('link', { name: '导出 CSV' }).count()).toBe(1);
    expect(await page.getByRole('checkbox').count()).toBe(0);
    expect(await button(page, '撤销…').count()).toBe(0);
  });
});

describe('one intercept', () => {
  it('counts down, explains the decision, and leads to the other parcels of its order', async () => {
    const parcel = (waybillNo: string) => ({
      carrier: 'zto',
      waybillNo,
      declaredValueFen: 8_900,
      pickedUpAt: new Date(Date.now() - 3_600_000),
    });
    const deadlineAt = new Date(Date.now() + 14 * 60_000);
    const id = await site.stories.queued({ orderId: 'ORDER-77', parcels: [parcel('77A'), parcel('77B')], deadlineAt });
    const { page } = await site.visit(`/intercepts/${id}`);
    await page
      .getByRole('timer')
      .getByText(/^还剩 1[34]:\d\d$/)
      .waitFor();
    const rules = page.getByRole('region', { name: '判断依据' });
    await rules.getByRole('row', { name: /^R14 .*通过/ }).waitFor();
    await rules.getByText('判断时的输入').click();
    await rules.getByText('parcel.valueFen').waitFor();
    await page.locator('ol.timeline').getByText('仅退款').waitFor();
    await page.getByRole('region', { name: '订单与售后' }).getByRole('link', { name: '77B' }).click();
    await page.getByRole('heading', { level: 1, name: '77B' }).waitFor();
  });

  it('has the next safe step as its main button, and says why the others are not possible', async () => {
    const lost = await site.stories.uncertain();
    const { page } = await site.visit(`/intercepts/${lost}`);
    const ask = button(page, '立即查询');
    await ask.waitFor();
    expect(await ask.getAttribute('class')).toContain('primary');
    await page.getByText('为什么不能做其他操作').click();
    await page.getByText('订单可能已发往快递，结果未知前不能重试').waitFor();
    await site.rig.db.run('UPDATE intercept SET next_at = ? WHERE id = ?', [new Date(Date.now() + 3_600_000), lost]);
    await ask.click();
    await dialog(page).getByRole('button', { name: '立即查询' }).click();
    await until(async () => ((await row(lost)).nextAt?.getTime() ?? 0) <= Date.now(), { what: 'the next read' });
  });

  it('tells the second of two people what the first did, and when', async () => {
    const id = await site.stories.queued();
    const { page } = await site.visit(`/intercepts/${id}`);
    await button(page, '撤销拦截').click();
    const token = await site.rig.token(['intercepts:write']);
    await fetch(`${site.rig.url}/api/v1/intercepts/${id}/withdraw`, {
      method: 'POST',
      headers: { authorization: token, 'content-type': 'application/json' },
      body: JSON.stringify({ note: '仓库说还没出库' }),
    });
    await dialog(page).getByRole('button', { name: '撤销拦截' }).click();
    await dialog(page).getByText('接口令牌 erp 操作于').waitFor();
    await dialog(page).getByText('仓库说还没出库').waitFor();
  });
});

describe('what waits for a person', () => {
  it('shows rows whose truth is unknown beside tasks, and asks the courier where they stand', async () => {
    const lost = await row(await site.stories.uncertain());
    const { page } = await site.visit('/tasks?kind=unknown');
    const card = page.getByRole('listitem').filter({ hasText: lost.waybillNo });
    await card.getByText('不会重复发送').first().waitFor();
    await site.rig.db.run('UPDATE intercept SET next_at = ? WHERE id = ?', [new Date(Date.now() + 3_600_000), lost.id]);
    await card.getByRole('button', { name: '立即查询' }).click();
    await dialog(page).getByRole('button', { name: '立即查询' }).click();
    await until(async () => ((await row(lost.id)).nextAt?.getTime() ?? 0) <= Date.now(), { what: 'the next read' });
  });

  it('takes an outcome with its evidence where it stands', async () => {
    const { id, waybillNo } = await row(await site.stories.needsReview());
    const { page } = await site.visit('/tasks?kind=decide');
    const card = page.getByRole('listitem').filter({ hasText: waybillNo });
    await card.getByRole('button', { name: '处理结果…' }).click();
    await dialog(page).getByText('已在别处发起').click();
    await dialog(page).getByLabel('说明').fill('网点已答应');
    await dialog(page).getByLabel('凭证').fill('https://example.com/chat.png');
    await button(page, '记录结果').click();
    await until(async () => (await stateOf(id)) === 'accepted', { what: 'the outcome' });
    await until(async () => (await card.count()) === 0, { what: 'the card to go' });
  });

  it('finishes many at once, and says whose somebody else was faster with', async () => {
    const [one, two] = [await row(await site.stories.phoneBranch()), await row(await site.stories.phoneBranch())];
    const { page } = await site.visit('/tasks?kind=phone_branch');
    for (const { waybillNo } of [one, two]) await page.getByLabel(`选择 ${waybillNo}`).check();
    await button(page, '标记选中的 2 个完成…').click();
    const [task] = await site.rig.db.rows<{ id: string }>('SELECT id FROM task WHERE intercept_id = ?', [two.id]);
    const token = await site.rig.token(['tasks:write']);
    await fetch(`${site.rig.url}/api/v1/tasks/${task?.id}/done`, { method: 'POST', headers: { authorization: token } });
    await button(page, '标记 2 个完成').click();
    await dialog(page).getByText('完成 1 个').waitFor();
    await dialog(page).getByText(`${two.waybillNo}：已由 接口令牌 erp 完成`).waitFor();
  });

  it('hands the shift over as a text in either language', async () => {
    const { waybillNo } = await row(await site.stories.needsReview());
    const { page, context } = await site.visit('/tasks');
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await button(page, '交接班摘要…').click();
    const text = () => dialog(page).getByLabel('摘要文字').inputValue();
    await until(async () => (await text()).includes('新增拦截'), { what: 'the text' });
    await dialog(page).getByRole('button', { name: '复制' }).click();
    await dialog(page).getByText('已复制').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toContain(waybillNo);
    await dialog(page).getByText('English', { exact: true }).click();
    await until(async () => (await text()).includes('Came in'), { what: 'the text in English' });
    await dialog(page).getByText('指定时间').click();
    await dialog(page).getByLabel('从何时起').last().fill('2026-01-01T00:00');
    await until(async () => (await text()).includes('2026-01-01 00:00 to'), { what: 'the text since then' });
  });
});

describe.each([
  ['light', 'zh-CN'],
  ['dark', 'en'],
] as const)('in %s and %s', (colorScheme, locale) => {
  const text = (zh: string, en: string) => (locale === 'en' ? en : zh);
  const pages: [name: string, path: () => Promise<string>, ready: string][] = [
    ['the list', async () => '/intercepts', text('导出 CSV', 'Export CSV')],
    [
      'one intercept',
      async () => `/intercepts/${await site.stories.needsReview()}`,
      text('判断依据', 'Why it was decided so'),
    ],
    ['what waits', async () => '/tasks', text('交接班摘要…', 'Shift hand-over…')],
  ];
  it.each(pages)('%s keeps nobody out', async (_, path, ready) => {
    await site.stories.phoneBranch();
    const { page, complaints } = await site.visit('about:blank', { locale });
    await page.emulateMedia({ colorScheme });
    await page.goto(await path());
    await page.getByText(ready).first().waitFor();
    await page.locator('.mark').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('the dialogs keep nobody out', async () => {
    await site.stories.queued();
    const { page } = await site.visit('/intercepts?state=queued', { locale });
    await page.emulateMedia({ colorScheme });
    await page.getByText(text('全部符合筛选的', 'All that match the filters')).click();
    await button(page, text('撤销…', 'Withdraw…')).click();
    await dialog(page).getByText(text('结束，不再发送', 'end here; nothing is sent')).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.goto('/tasks');
    await button(page, text('交接班摘要…', 'Shift hand-over…')).click();
    await dialog(page).getByRole('textbox').waitFor();
    expect(await barriers(page)).toEqual([]);
  });
});
