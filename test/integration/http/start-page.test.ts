import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestIntercepts } from '../../../src/domain/store/request-store.js';
import { REAL_BOOK } from '../../support/picture.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const EVIL = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`;

let rig: WebRig;
beforeAll(async () => {
  rig = await webRig();
  await rig.addUser('op@example.com', 'operator');
  await rig.addUser('two@example.com', 'operator', ['dy-two']);
  const shop = TWO_SHOPS.shops.get('dy-main');
  if (!shop) throw new Error('no shop');
  const parcels = [{ carrier: EVIL, waybillNo: `W1${EVIL}`, declaredValueFen: 100 }];
  const request = { shopId: shop.id, afterSaleId: 'a', orderId: EVIL, type: 'refund_only', parcels } as const;
  await requestIntercepts(rig.db, { settings: TWO_SHOPS, book: REAL_BOOK }, shop, request, 'token:erp', new Date());
}, 30_000);
afterAll(() => rig.close());

async function page(headers: Record<string, string> = {}): Promise<{ text: string; headers: Headers; status: number }> {
  const answer = await fetch(`${rig.url}/`, { headers });
  return { text: await answer.text(), headers: answer.headers, status: answer.status };
}

describe('the start page', () => {
  it('asks who you are, in the language of the browser', async () => {
    const chinese = await page({ 'accept-language': 'zh-CN,zh;q=0.9,en;q=0.5' });
    expect(chinese.text).toContain('<html lang="zh-CN">');
    expect(chinese.text).toContain('登录');
    const english = await page({ 'accept-language': 'en-GB,en;q=0.9' });
    expect(english.text).toContain('Log in');
    expect(english.text).toContain('type="password"');
  });

  it('speaks Chinese where nobody asks, as most of its users do', async () => {
    expect((await page({ 'accept-language': 'fr' })).text).toContain('登录');
  });

  it('has no script in the page, and the one it loads is there', async () => {
    const { text } = await page();
    expect(text.match(/<script[^>]*>/g)).toEqual(['<script defer src="/start-page.js">']);
    expect(text).not.toMatch(/\son\w+=|javascript:/);
    const script = await fetch(`${rig.url}/start-page.js`);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect((await fetch(`${rig.url}/start-page.css`)).headers.get('content-type')).toContain('css');
  });

  it('shows lanes and the newest intercepts to whoever is logged in, everything from outside escaped', async () => {
    const { cookie } = await rig.logIn('op@example.com');
    const { text, headers } = await page({ cookie });
    expect(text).toContain('href="/queues"');
    expect(text).toContain('zto-zto-main');
    expect(text).toContain('W1&quot;&gt;&lt;script&gt;');
    expect(text).not.toMatch(/<script>|<img/);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('shows a person with one shop nothing of another', async () => {
    const { cookie } = await rig.logIn('two@example.com');
    expect((await page({ cookie })).text).not.toContain('W1');
  });

  it('gives the form to log out the token that logging out needs', async () => {
    const { cookie } = await rig.logIn('op@example.com');
    const token = /data-csrf="([^"]+)"/.exec((await page({ cookie })).text)?.[1] ?? '';
    const answer = await fetch(`${rig.url}/api/auth/logout`, {
      method: 'POST',
      headers: { cookie, 'x-csrf-token': token },
    });
    expect(answer.status).toBe(204);
  });
});
