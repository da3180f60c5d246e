import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type AdminSite, adminSite } from '../support/admin-site.js';
import { barriers } from '../support/barriers.js';

let site: AdminSite;
const ids = { intercepted: '', review: '' };
beforeAll(async () => {
  site = await adminSite();
  ids.intercepted = await site.stories.intercepted();
  await site.stories.refused();
  ids.review = await site.stories.needsReview();
  await site.stories.phoneBranch();
  await site.stories.uncertain();
  await site.stories.returned();
}, 60_000);
afterEach(() => site.leave());
afterAll(() => site.close());

/** Each page with a text that stands on it once everything is read. */
const PAGES: [name: string, path: () => string, ready: string][] = [
  ['the overview', () => '/', '按快递'],
  ['the list', () => '/intercepts', '快递代码 E23120'],
  ['an intercept that was stopped', () => `/intercepts/${ids.intercepted}`, '计费'],
  ['the tasks', () => '/tasks', '可直接发送的文字'],
  ['those that failed', () => '/failed', '已选 0 条'],
  ['the lanes', () => '/lanes', '熔断器正常'],
  ['starting by hand', () => '/start?by=type', '核对并发起…'],
];

describe('every page', () => {
  it.each(PAGES)('%s keeps nobody out and breaks no rule of its content policy', async (_name, path, ready) => {
    const { page, complaints } = await site.visit(path());
    await page.getByText(ready).first().waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('would not, if it did: the check finds a picture without words', async () => {
    const { page } = await site.visit('/', { alone: true });
    await page.getByText('按快递').first().waitFor();
    await page.evaluate("document.querySelector('main').append(new Image())");
    expect(await barriers(page)).toEqual([expect.stringMatching(/^image-alt: <img>$/)]);
  });

  it('the login too', async () => {
    const { page, complaints } = await site.visit('/', { as: null });
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('请输入邮箱').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('what opens over a page too: a dialog with its problem, and the choices of a filter', async () => {
    const { page, complaints } = await site.visit(`/intercepts/${ids.review}`);
    await page.getByRole('button', { name: '处理结果…' }).click();
    await page.getByRole('button', { name: '记录结果' }).click();
    await page.getByText('请选择核实结果').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.goto('/intercepts');
    await page.getByRole('combobox', { name: '状态' }).click();
    await page.getByTitle('待人工', { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('the keyboard', () => {
  it('gets past the menu in one step', async () => {
    const { page } = await site.visit('/intercepts');
    await page.getByText('快递代码 E23120').waitFor();
    await page.getByRole('link', { name: '跳到正文' }).focus();
    expect(await page.getByRole('link', { name: '跳到正文' }).boundingBox()).toMatchObject({ x: 8 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('按单号查找');
  });

  it('stays inside a dialog, and comes back to where it was when Escape closes it', async () => {
    const { page } = await site.visit(`/intercepts/${ids.review}`);
    const opener = page.getByRole('button', { name: '撤销拦截' });
    await opener.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    for (let n = 0; n < 6; n += 1) {
      await page.keyboard.press('Tab');
      // The browser's own controls come between; the page behind never does.
      expect(
        await page.evaluate(
          'document.activeElement.closest("dialog") !== null || document.activeElement === document.body',
        ),
      ).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('撤销拦截');
  });
});

describe('the files of the UI', () => {
  const get = (path: string, accept = 'text/html') => fetch(`${site.rig.url}${path}`, { headers: { accept } });

  it('allow no script but their own files and no style without this answer’s nonce', async () => {
    const [first, second] = await Promise.all([get('/'), get('/intercepts/x')]);
    const policy = first.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    const nonce = /style-src 'self' 'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    const page = await first.text();
    expect(page).toContain(`nonce="${nonce}"`);
    expect(page).not.toMatch(/JIEJIAN_CSP_NONCE|<script(?![^>]* src=)|<style/);
    expect(await second.text()).not.toContain(nonce);
    expect(first.headers.get('cache-control')).toBe('no-store');
  });

  it('are kept by the browser for good, as their names change with them', async () => {
    const [, path = ''] = /src="(\/assets\/[^"]+)"/.exec(await (await get('/')).text()) ?? [];
    const script = await get(path);
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('content-encoding')).toBe('gzip');
    const plain = await fetch(`${site.rig.url}${path}`, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(await script.text());
  });

  it.each(['/api/nothing', '/webhooks', '/assets/gone.js', '/metrics', '/assets/..%2f..%2fpackage.json'])(
    'are no page at %s: what scripts ask for is an error, not a page',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('are no answer to a program that wants no page', async () => {
    expect((await get('/intercepts', 'application/json')).status).toBe(404);
  });
});
