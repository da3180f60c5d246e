import { Readable } from 'node:stream';
import type { Page } from 'playwright-core';
import { BILL_MAPPING } from '../../../src/domain/money/bill.js';
import { createBill, endBill, saveMapping } from '../../../src/domain/store/bill-store.js';
import { correctFee } from '../../../src/domain/store/correction-store.js';
import { moveInvoice, requestInvoice } from '../../../src/domain/store/invoice-store.js';
import { readBillFile } from '../../../src/producers/bills/read-bill.js';
import { ADMIN } from '../admin-site.js';
import type { Day } from './day.js';
import type { Scene } from './scene.js';

const ACTOR = `user:${ADMIN}`;
const MAPPING = BILL_MAPPING.parse({ waybillNo: '运单号', amount: '金额', chargedOn: '日期' });

const period = () => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);

async function waybillOf({ site }: Day, interceptId: string): Promise<string> {
  const [row] = await site.rig.db.rows<{ no: string }>('SELECT waybill_no AS no FROM intercept WHERE id = ?', [
    interceptId,
  ]);
  return row?.no ?? '';
}

/** A bill of ZTO of this month with these charges, read and matched. */
async function aBill(day: Day, fileName: string, charges: readonly (readonly [waybillNo: string, yuan: string])[]) {
  const { db } = day.site.rig;
  await saveMapping(db, { source: 'zto', mapping: MAPPING, actor: ACTOR }, new Date());
  const order = { source: 'zto', period: period(), fileName, format: 'csv', actor: ACTOR } as const;
  const id = await createBill(db, order, new Date());
  const rows = charges.map((charge) => [...charge, `${period()}-01`].join(','));
  const bytes = Readable.from([Buffer.from(['运单号,金额,日期', ...rows].join('\n'))]);
  await readBillFile(db, { id, ...order, mapping: MAPPING, bytes });
  await endBill(db, id, null, new Date());
}

/** A stop that was charged as agreed, and what became of its invoice so far. */
async function anInvoice(day: Day, steps: readonly ('request' | 'issue')[]): Promise<void> {
  const { db } = day.site.rig;
  const waybill = await waybillOf(day, await day.site.stories.ago(60).intercepted());
  await aBill(day, `中通 ${waybill.slice(-4)}.csv`, [[waybill, '3.00']]);
  if (steps.length === 0) return;
  const order = { source: 'zto', period: period(), shopId: 'dy-main', actor: ACTOR };
  const id = (await requestInvoice(db, order, new Date())) ?? '';
  if (steps.includes('issue')) {
    await moveInvoice(db, { id, step: 'issue', number: '26312000000098', actor: ACTOR, shops: null }, new Date());
  }
}

/** A stopped parcel; `asked`: somebody asks for its fee to be let go of, which takes a second person. */
async function aFee(day: Day, asked: boolean): Promise<string> {
  const { db } = day.site.rig;
  const id = await day.site.stories.ago(45).intercepted();
  const [fee] = await db.rows<{ id: string }>('SELECT id FROM ledger_entry WHERE intercept_id = ?', [id]);
  if (asked) {
    const who = { actor: 'user:finance@example.com', isPerson: true, shops: null };
    const order = { entryId: fee?.id ?? '', toFen: 0, note: '网点同意免收', limitFen: 0 };
    await correctFee(db, who, order, new Date());
  }
  return `/intercepts/${id}`;
}

/** The fees come by a reading of their own, for those who may see money. */
async function feesRead(page: Page): Promise<void> {
  const panel = page.getByRole('region', { name: '费用' });
  if ((await panel.count()) > 0) await panel.getByRole('table').waitFor();
}

/** Fees and their correction, bills, invoices. */
export const MONEY_SCENES: readonly Scene[] = [
  {
    page: 'intercept',
    name: 'intercept-fee',
    address: (day) => aFee(day, false),
    ready: { zh: '经过', en: 'What happened' },
    open: feesRead,
    shows: ['intercept.correctFee'],
  },
  {
    page: 'intercept',
    name: 'intercept-correction',
    address: (day) => aFee(day, true),
    ready: { zh: '经过', en: 'What happened' },
    open: feesRead,
    shows: ['intercept.approveCorrection', 'intercept.declineCorrection'],
  },
  {
    page: 'fees',
    name: 'fees',
    address: async (day) => {
      await aFee(day, false);
      return '/fees';
    },
    ready: { zh: '未核对', en: 'not billed yet' },
    shows: [],
  },
  {
    page: 'bills',
    name: 'bills',
    address: async (day) => {
      const [good, twice] = [
        await waybillOf(day, await day.site.stories.ago(80).intercepted()),
        await waybillOf(day, await day.site.stories.ago(70).intercepted()),
      ];
      await aBill(day, '中通 11 月.csv', [
        [good, '3.00'],
        [twice, '3.00'],
        [twice, '3.00'],
        ['73100139999999', '3.00'],
      ]);
      return `/bills?source=zto&period=${period()}&class=charged_twice`;
    },
    ready: { zh: '明细：重复收费', en: 'Lines: charged twice' },
    shows: ['bills.upload', 'bills.mapping', 'bills.match', 'bills.dispute', 'bills.close'],
  },
  {
    page: 'invoices',
    name: 'invoices',
    address: async (day) => {
      await anInvoice(day, ['request', 'issue']);
      await anInvoice(day, ['request']);
      await anInvoice(day, []);
      return '/invoices';
    },
    ready: { zh: '26312000000098', en: '26312000000098' },
    open: async (page) => {
      await page.getByRole('region', { name: '可以申请' }).getByRole('table').waitFor();
    },
    shows: ['invoices.request', 'invoices.issue', 'invoices.file'],
  },
];
