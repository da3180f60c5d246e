import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PAGE_ROWS } from '../../src/dashboard/ui/actions/page-rows.js';
import { newId } from '../../src/domain/ids.js';
import { insertEvents, platformSource } from '../../src/domain/store/inbox-store.js';
import { createToken } from '../../src/domain/store/people-store.js';
import { ADMIN, type AdminSite, adminSite } from '../support/admin-site.js';

/** What would run if any page took a text from outside for markup, an address or code. Each tells by `alert`. */
const CORPUS = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `'><svg/onload=alert(1)>`,
  `<iframe srcdoc="<script>parent.alert(1)</script>">`,
  `javascript:alert(1)`,
  `<a href="javascript:alert(1)">x</a>`,
  `<details open ontoggle=alert(1)>`,
  `{{constructor.constructor('alert(1)')()}}`,
  `</textarea><script>alert(1)</script>`,
  `<style>@import 'javascript:alert(1)'</style><math><mi xlink:href="javascript:alert(1)">`,
] as const;
const ALL = CORPUS.join(' ');

let site: AdminSite;
let page: Page;
const ids: Record<string, string> = {};
const alerts: string[] = [];

/** A row of every kind that a stranger, a courier or a colleague writes a text into. */
async function plant(): Promise<void> {
  const { db } = site.rig;
  for (const [i, text] of CORPUS.entries()) {
    const parcels = [{ carrier: 'zto', waybillNo: `W${i}-${text}`, declaredValueFen: 100, pickedUpAt: new Date() }];
    ids.intercept = await site.stories.queued({ orderId: `O-${text}`, afterSaleId: `A-${text}`, parcels });
  }
  const row = await site.stories.erp.row(ids.intercept ?? '');
  const at = new Date();
  await db.run(
    `INSERT INTO sighting (parcel_id, at, seen_at, phase, raw_code, text, place, source) VALUES (?, ?, ?, 'moving', ?, ?, ?, 'push')`,
    [row.parcelId, at, at, '<b>', ALL.slice(0, 500), `"><img src=x onerror=alert(1)>`],
  );
  await db.run('UPDATE transition SET note = ? WHERE intercept_id = ?', [ALL, row.id]);
  await db.run(
    `INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at, finished_at, outcome, raw_code, raw_text, exchange)
     VALUES (?, 99, 'query', 1, 'r', ?, ?, 'refused', '<b>', ?, ?)`,
    [row.id, at, at, ALL.slice(0, 500), JSON.stringify({ request: { body: ALL }, response: { body: ALL } })],
  );
  await createToken(
    db,
    { name: ALL.slice(0, 100), scopes: ['intercepts:read'], shops: null },
    { actor: `user:${ALL.slice(0, 100)}`, now: at },
  );
  await insertEvents(db, [
    { source: platformSource('douyin', 'dy-main'), eventId: `e-${CORPUS[1]}`, payload: ALL, receivedAt: at },
  ]);
  await db.run("UPDATE inbox SET status = 'dead', reason = ?", [ALL.slice(0, 500)]);
  ids.replay = newId();
  await db.run(
    `INSERT INTO replay (id, name, actor, filter, state, total, preview, fee_estimate_fen, created_at)
     VALUES (?, ?, ?, '{}', 'done', 0, '{"willSend":0,"readBackFirst":0,"alreadyIntercepted":0,"delivered":0,"withdrawn":0,"refusedForGood":0,"other":0}', 0, ?)`,
    [ids.replay, ALL.slice(0, 191), `user:${CORPUS[1]}`, at],
  );
  ids.import = newId();
  await db.run(
    `INSERT INTO import_batch (id, shop_id, file_name, format, actor, state, row_count, created_at)
     VALUES (?, 'dy-main', ?, 'csv', ?, 'previewed', 1, ?)`,
    [ids.import, ALL.slice(0, 191), `user:${CORPUS[1]}`, at],
  );
  await db.run(`INSERT INTO import_row (import_id, seq, line, fields, problem, class) VALUES (?, 1, 1, ?, ?, 'bad')`, [
    ids.import,
    JSON.stringify({ waybillNo: ALL, orderId: ALL }),
    JSON.stringify([{ field: ALL, code: 'bad', text: { zh: ALL, en: ALL } }]),
  ]);
}

beforeAll(async () => {
  site = await adminSite();
  await plant();
  // Without the policy of the page: what holds must hold by itself, and the policy is a second wall.
  ({ page } = await site.visit('/me', { as: ADMIN, alone: true }));
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setBypassCSP', { enabled: true });
  await page.goto('/me');
  page.on('dialog', (dialog) => {
    alerts.push(dialog.message());
    dialog.dismiss().catch(() => undefined);
  });
}, 60_000);
afterAll(() => site.close());

const addresses = Object.entries(PAGE_ROWS).map(
  ([name, { path }]) => [name, (id: string) => path.replace(':id', id)] as const,
);

describe('a text from outside that would like to be code', () => {
  it('would be found out: the hook fires when a script really runs', async () => {
    await page.evaluate(
      "const s = document.createElement('script'); s.textContent = 'alert(7)'; document.head.append(s)",
    );
    expect(alerts.splice(0)).toEqual(['7']);
  });

  it.each(addresses)('stays a text on the page "%s"', async (name, address) => {
    await page.goto(address(ids[name] ?? ''));
    await page.locator('main h1').first().waitFor();
    await page.waitForLoadState('networkidle');
    // Nothing of ours brings these into a page; a link that runs is no better than a script.
    expect(
      await page.locator('iframe, main script, img[src="x"], a[href^="javascript:"], math, details[ontoggle]').count(),
    ).toBe(0);
    expect(alerts).toEqual([]);
  });

  it('was really there to be read', async () => {
    await page.goto('/intercepts');
    await page.getByText(CORPUS[1]).first().waitFor();
    await page.goto('/audit');
    await page.getByText(CORPUS[0]).first().waitFor();
  });
});
