import type { Page } from 'playwright-core';
import { addRows, type LineOfFile } from '../../../src/domain/store/import-row-store.js';
import { createImport, startImport } from '../../../src/domain/store/import-store.js';
import { createReplay } from '../../../src/domain/store/replay-store.js';
import { runImports } from '../../../src/producers/import/run-imports.js';
import { runReplays } from '../../../src/producers/replay.js';
import { ADMIN } from '../admin-site.js';
import type { Day } from './day.js';
import type { Scene } from './scene.js';

const ACTOR = `user:${ADMIN}`;

function depsOf({ site }: Day) {
  return { db: site.rig.db, env: () => site.stories.erp.env, now: () => new Date(), log: () => undefined };
}

/** Lines of a file that was made in the warehouse: most are fine, some need a look. */
function linesOf(file: number, pickedUpAt: string): LineOfFile[] {
  const row = (n: number, over: Record<string, string> = {}): LineOfFile => ({
    line: n + 1,
    fields: {
      afterSaleId: `70008931140098${1_000 * file + n}`,
      orderId: `48358041421468${1_000 * file + n}`,
      type: 'refund_only',
      refundAmountFen: '12900',
      paidAmountFen: '12900',
      carrier: 'zto',
      waybillNo: `731001700${10_000 * file + n}`,
      declaredValueFen: '12900',
      pickedUpAt,
      ...over,
    },
    problem: null,
  });
  return [
    row(1),
    row(2),
    row(3, { declaredValueFen: '128000' }),
    row(4, { refundAmountFen: '', paidAmountFen: '' }),
    row(5, { refundAmountFen: '129.00' }),
    row(6, { carrier: 'yunda', waybillNo: `431200001${1_000 * file}` }),
    row(7, { waybillNo: row(2).fields.waybillNo as string }),
    row(8, { category: 'fresh' }),
  ];
}

/** An import as far as its preview, every row judged by the real machine. */
async function previewedImport(day: Day, file: number, fileName: string): Promise<string> {
  const { db } = day.site.rig;
  const { env } = day.site.stories.erp;
  const shop = env.settings.shops.get('dy-main');
  if (!shop) throw new Error('the day has no shop dy-main');
  const now = new Date(Date.now() - file * 420_000);
  const order = { shopId: shop.id, fileName, format: 'csv', actor: ACTOR } as const;
  const id = await createImport(db, order, now);
  const batch = { id, shopId: shop.id, format: 'csv', state: 'reading', actor: ACTOR } as const;
  const lines = linesOf(file, new Date(now.getTime() - 3_600_000).toISOString());
  await addRows(db, env, batch, shop, 0, lines);
  await db.run(`UPDATE import_batch SET state = 'previewing', row_count = ? WHERE id = ?`, [lines.length, id]);
  while (await runImports(depsOf(day)));
  return id;
}

async function doneImport(day: Day): Promise<string> {
  const id = await previewedImport(day, 1, '仓库漏单 11-21.csv');
  await startImport(day.site.rig.db, id, ACTOR, new Date());
  while (await runImports(depsOf(day)));
  return id;
}

/** A slow replay in the middle of its way, of parcels that a person held back. */
async function runningReplay(day: Day, name: string): Promise<string> {
  const { db } = day.site.rig;
  const { erp } = day.site.stories;
  const ids: string[] = [];
  for (let n = 0; n < 6; n += 1) ids.push(await day.site.stories.awaitingApproval());
  const order = {
    name,
    filter: { ids },
    dryRun: false,
    perSecond: 1,
    actor: ACTOR,
    shops: null,
  };
  const id = await createReplay(db, erp.env, order, new Date(Date.now() - 3_000));
  const deps = depsOf(day);
  for (let second = 0; second < 3; second += 1) {
    await runReplays({ ...deps, now: () => new Date(Date.now() + second * 1_000) });
  }
  return id;
}

/** The number of the after-sale behind an intercept. */
async function afterSaleOf(day: Day, interceptId: string): Promise<string> {
  const [row] = await day.site.rig.db.rows<{ id: string }>(
    `SELECT a.after_sale_id AS id FROM after_sale a JOIN parcel_after_sale l ON l.after_sale_id = a.id
     JOIN intercept i ON i.parcel_id = l.parcel_id WHERE i.id = ?`,
    [interceptId],
  );
  return row?.id ?? '';
}

/** Ticks the first row, where there is something to tick. */
async function tickFirst(page: Page): Promise<void> {
  const box = page.locator('main input[type=checkbox]').first();
  if ((await box.count()) > 0) await box.check();
}

/** Starting by hand, imports, replays, those that failed. */
export const BATCH_SCENES: readonly Scene[] = [
  {
    page: 'start',
    name: 'start',
    address: async (day) => `/start?q=${await afterSaleOf(day, day.intercepts.held)}`,
    ready: { zh: '核对并发起…', en: 'Check and start…' },
    open: tickFirst,
    shows: ['start.start'],
  },
  {
    page: 'start',
    name: 'start-typed',
    address: () => '/start?by=type',
    ready: { zh: '核对并发起…', en: 'Check and start…' },
    shows: ['start.preview'],
  },
  {
    page: 'imports',
    name: 'imports',
    address: async (day) => {
      await doneImport(day);
      return '/imports';
    },
    ready: { zh: '仓库漏单 11-21.csv', en: '仓库漏单 11-21.csv' },
    shows: ['imports.upload'],
  },
  {
    page: 'import',
    name: 'import',
    address: async (day) => `/imports/${await previewedImport(day, 2, '仓库漏单 11-22.csv')}`,
    ready: { zh: '与第 3 行是同一包裹', en: 'same parcel as line 3' },
    shows: ['import.run', 'import.abort', 'import.errors'],
  },
  {
    page: 'failed',
    name: 'failed',
    address: () => '/failed',
    ready: { zh: '已选 0 条', en: '0 chosen' },
    open: tickFirst,
    shows: ['failed.replay'],
  },
  {
    page: 'replays',
    name: 'replays',
    address: async (day) => {
      await runningReplay(day, '韵达故障后补发');
      return '/replays';
    },
    ready: { zh: '韵达故障后补发', en: '韵达故障后补发' },
    shows: ['replays.create'],
  },
  {
    page: 'replay',
    name: 'replay',
    address: async (day) => `/replays/${await runningReplay(day, '新店批准后补发')}`,
    ready: { zh: '等待中', en: 'waiting for its turn' },
    shows: ['replay.abort'],
  },
];
