import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { openBreaker, pauseLane } from '../../src/domain/store/lane-store.js';
import type { InterceptRequest } from '../../src/domain/store/request-store.js';
import { type AdminSite, adminSite } from '../support/admin-site.js';
import { anAccount, aShop } from '../support/picture.js';

/** JIEJIAN_PICTURES=1 npx jest test/browser/pictures: writes the pictures of the documentation. Needs a Chinese font. */
const FOLDER = process.env.JIEJIAN_PICTURES === '1' ? join(import.meta.dirname, '../../docs/images') : null;

let site: AdminSite;
let refused = '';

/** A parcel of another courier. */
function by(carrier: string, waybillNo: string): Partial<InterceptRequest> {
  return { parcels: [{ carrier, waybillNo, declaredValueFen: 12_900, pickedUpAt: new Date() }] };
}

beforeAll(async () => {
  const rate = (max: number) => ({ rateLimit: { max, perMs: 1_000 } });
  site = await adminSite({
    shops: [aShop(), aShop({ id: 'dy-approve', platformShopId: '2', name: '示例母婴专营店', mode: 'approve' })],
    accounts: [
      anAccount(rate(20)),
      anAccount({ id: 'yto-main', carrier: 'yto', ...rate(10) }),
      anAccount({ id: 'yunda-main', carrier: 'yunda', ...rate(5), concurrency: 4 }),
    ],
  });
  const { stories, rig } = site;
  for (let n = 0; n < 6; n += 1) await stories.ago(200).queued(by('yunda', `43120000000${20 + n}`));
  await stories.ago(190).returned();
  await stories.ago(96).accepted();
  await stories.ago(38).tooDear();
  await stories.ago(25).needsReview();
  await stories.ago(21).accepted(by('yunda', '4312000000017'));
  await stories.ago(18).intercepted(by('yto', 'YT8800000000021'));
  await stories.ago(12).awaitingApproval();
  refused = await stories.ago(9).refused();
  await stories.ago(6).notPickedUp();
  await stories.ago(4).uncertain(by('yto', 'YT8800000000038'));
  await stories.ago(2).sending();
  await stories.ago(1).queued();
  await pauseLane(rig.db, 'yunda-yunda-main', true);
  await openBreaker(rig.db, 'yto-yto-main', 'no answers', new Date(Date.now() + 60_000));
}, 60_000);
afterEach(() => site.leave());
afterAll(() => site.close());

describe('in a window of 1280 by 800', () => {
  it.each([
    ['intercepts', () => '/intercepts', '快递代码 E23120'],
    ['intercept', () => `/intercepts/${refused}`, '快递代码 E23120'],
    ['lanes', () => '/lanes', '圆通'],
  ])('%s fit without scrolling sideways', async (name, path, ready) => {
    const { page } = await site.visit(path());
    await page.getByText(ready).first().waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
    if (FOLDER === null) return;
    mkdirSync(FOLDER, { recursive: true });
    await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  });
});

describe('on a phone', () => {
  it.each([
    ['the tasks', () => '/tasks', '可直接发送的文字'],
    ['one intercept', () => `/intercepts/${refused}`, '快递代码 E23120'],
  ])('%s fit without scrolling sideways, and the menu is there', async (_name, path, ready) => {
    const { page } = await site.visit(path());
    await page.setViewportSize({ width: 390, height: 800 });
    await page.getByText(ready).first().waitFor();
    expect(await page.evaluate('document.querySelector("main").scrollWidth')).toBeLessThanOrEqual(390);
    expect(await page.getByRole('link', { name: '待办' }).isVisible()).toBe(true);
  });
});
