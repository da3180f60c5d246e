import { bookPayment, takeClaimStep } from '../../../src/domain/store/loss-claim-person-store.js';
import { setParcelLines } from '../../../src/domain/store/parcel-line-store.js';
import { bookReceipt } from '../../../src/domain/store/receipt-store.js';
import { ADMIN, type AdminSite } from '../admin-site.js';
import { aClaim } from '../goods-to-claim.js';
import type { Scene } from './scene.js';

const WHO = { actor: `user:${ADMIN}`, shops: null, note: null };

/** A parcel of two pieces of which the warehouse has booked one: a difference, and the draft of a claim. */
export async function shortReturn(site: AdminSite): Promise<string> {
  const { db } = site.rig;
  const { env } = site.stories.erp;
  const interceptId = await site.stories.ago(300).intercepted();
  const { parcelId, waybillNo } = await site.stories.erp.row(interceptId);
  const [link] = await db.rows<{ id: string }>(
    'SELECT after_sale_id AS id FROM parcel_after_sale WHERE parcel_id = ?',
    [parcelId],
  );
  const items = [{ sku: 'MUG-BLUE', name: '蓝色马克杯', quantity: 2, paidFen: 8_900 }];
  await setParcelLines(db, parcelId, link?.id ?? '', items);
  const booking = {
    receiptId: 'RK20261122-0031',
    waybillNo,
    bookedAt: new Date(),
    lines: [{ sku: 'MUG-BLUE', quantity: 1, condition: null }],
  };
  await bookReceipt(db, env, booking, { actor: 'token:wms', shops: null }, new Date());
  const [row] = await db.rows<{ id: string }>('SELECT id FROM expected_return WHERE parcel_id = ?', [parcelId]);
  return row?.id ?? '';
}

type ClaimScene = 'draft' | 'filed' | 'paid_in_part';

/** A claim of 89.00 for a parcel that was delivered all the same, brought as far as that. */
export async function claimAt(site: AdminSite, how: ClaimScene): Promise<string> {
  const { db } = site.rig;
  const { env } = site.stories.erp;
  const id = await aClaim(db, env, await site.stories.ago(120).accepted());
  const now = new Date();
  const order = { id, amountFen: null, reference: 'LP20261122007', ...WHO };
  if (how === 'draft') return id;
  await takeClaimStep(db, env, { ...order, step: 'file' }, now);
  if (how === 'filed') return id;
  await takeClaimStep(db, env, { ...order, step: 'accept' }, now);
  const payment = { claimId: id, reference: '20261122-77001', amountFen: 5_000, receivedAt: now, ...WHO };
  await bookPayment(db, env, payment, now);
  return id;
}

/** Goods that come back, and claims for those that do not. */
export const GOODS_SCENES: readonly Scene[] = [
  {
    page: 'returns',
    name: 'returns',
    address: async ({ site }) => `/returns?open=${await shortReturn(site)}`,
    ready: { zh: 'RK20261122-0031', en: 'RK20261122-0031' },
    shows: ['returns.export', 'returns.number', 'returns.settle'],
  },
  {
    page: 'claims',
    name: 'claims',
    address: async ({ site }) => `/claims?open=${await claimAt(site, 'draft')}`,
    ready: { zh: '货值 ¥89.00', en: 'Goods worth ¥89.00' },
    shows: ['claims.export', 'claims.evidence', 'claims.file', 'claims.drop'],
  },
  {
    page: 'claims',
    name: 'claim-filed',
    address: async ({ site }) => `/claims?open=${await claimAt(site, 'filed')}`,
    ready: { zh: '货值 ¥89.00', en: 'Goods worth ¥89.00' },
    shows: ['claims.accept', 'claims.reject'],
  },
  {
    page: 'claims',
    name: 'claim-accepted',
    address: async ({ site }) => `/claims?open=${await claimAt(site, 'paid_in_part')}`,
    ready: { zh: '20261122-77001', en: '20261122-77001' },
    shows: ['claims.receive', 'claims.reverse'],
  },
];
