import { it } from '@jest/globals';
import { adminSite } from '../support/admin-site.js';
it('look', async () => {
  const site = await adminSite();
  const s = site.stories;
  await s.queued(); await s.accepted(); await s.intercepted(); await s.returned(); const r = await s.refused(); await s.uncertain(); const pb = await s.phoneBranch();
  const nr = await s.needsReview(); await s.tooDear(); await s.notPickedUp(); await s.expired();
  for (let i = 0; i < 6; i++) await s.queued();
  const ic = await s.intercepted();
  const paths: Record<string,string> = { overview: '/', list: '/intercepts', detail: `/intercepts/${ic}`, refused: `/intercepts/${r}`, phone: `/intercepts/${pb}`, review: `/intercepts/${nr}`, lanes: '/lanes', tasks: '/tasks', failed: '/failed', start: '/start' };
  for (const [name, path] of Object.entries(paths)) {
    const v = await site.visit(path);
    await v.page.waitForTimeout(1200);
    await v.page.screenshot({ path: `/tmp/shots/${name}.png`, fullPage: name === 'detail' });
    console.log(name, JSON.stringify(v.complaints).slice(0, 600));
    await v.context.close();
  }
  const l = await site.visit('/intercepts', { as: null });
  await l.page.waitForTimeout(800);
  await l.page.screenshot({ path: '/tmp/shots/login.png' });
  await site.close();
}, 120_000);
