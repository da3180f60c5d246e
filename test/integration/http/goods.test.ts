import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { aClaim } from '../../support/goods-to-claim.js';
import { REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

let rig: WebRig;
let erp: Erp;
let waybill: string;
let interceptId: string;
const tokens = { wms: '', reader: '', finance: '', stranger: '' };
const ENV = { settings: TWO_SHOPS, book: REAL_BOOK };

beforeAll(async () => {
  rig = await webRig();
  erp = new Erp(rig.db, ENV);
  tokens.wms = await rig.token(['intercepts:write', 'intercepts:read']);
  tokens.reader = await rig.token(['intercepts:read']);
  tokens.finance = await rig.token(['money:read', 'money:write', 'intercepts:read']);
  tokens.stranger = await rig.token(['intercepts:write', 'intercepts:read', 'money:read'], ['dy-two']);
  const request = erp.next();
  const [parcel] = request.parcels;
  if (!parcel) throw new Error('no parcel');
  waybill = parcel.waybillNo;
  const items = [{ sku: 'MUG', name: '马克杯', quantity: 2, paidFen: 8_900 }];
  const body = { ...request, parcels: [{ ...parcel, pickedUpAt: parcel.pickedUpAt?.toISOString(), items }] };
  const answer = await call('POST', '/intercepts', tokens.wms, body);
  interceptId = (answer.body as { intercepts: { id: string }[] }).intercepts[0]?.id ?? '';
});
afterAll(() => rig.close());

async function call(method: string, path: string, as: string, body?: object) {
  const headers = { authorization: as, 'content-type': 'application/json' };
  const init = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
  const answer = await fetch(`${rig.url}/api/v1${path}`, init);
  const text = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    body: text.startsWith('{') ? JSON.parse(text) : text,
  };
}

const receipt = (receiptId: string, lines: object[]) => ({
  receiptId,
  waybillNo: ` ${waybill} `,
  bookedAt: '2026-11-28T10:00:00+08:00',
  lines,
});

describe('receipts', () => {
  it('are taken once: 202, then 200 for the same, 409 for another under its number', async () => {
    const body = receipt('RK-1', [{ sku: 'MUG', quantity: 1 }]);
    expect(await call('POST', '/receipts', tokens.wms, body)).toMatchObject({
      status: 202,
      body: { receiptId: 'RK-1' },
    });
    expect(await call('POST', '/receipts', tokens.wms, body)).toMatchObject({
      status: 200,
      body: { receiptId: 'RK-1' },
    });
    expect(await call('POST', '/receipts', tokens.wms, receipt('RK-1', []))).toMatchObject({
      status: 409,
      body: { code: 'receipt_changed' },
    });
    expect((await call('POST', '/receipts', tokens.reader, body)).status).toBe(403);
    expect(await call('POST', '/receipts', tokens.wms, receipt('RK-2', [{ sku: 'MUG', quantity: 0 }]))).toMatchObject({
      status: 422,
    });
  });

  it('of a holder of other shops touch no parcel of this one, and are his alone to see', async () => {
    await call('POST', '/receipts', tokens.stranger, receipt('RK-S', [{ sku: 'MUG', quantity: 1 }]));
    const mine = await call('GET', '/receipts?unclaimed=true', tokens.stranger);
    expect(mine.body.items.map((row: { receiptId: string }) => row.receiptId)).toContain('RK-S');
    const { body } = await call('GET', `/returns?q=${waybill}`, tokens.wms);
    expect(body.items).toMatchObject([{ state: 'short', waybillNo: waybill, valueFen: 8_900 }]);
  });
});

describe('returns', () => {
  it('show what was sent beside what was booked, and take a person’s steps with their audit', async () => {
    const { body } = await call('GET', `/returns?q=${waybill}&state=short`, tokens.reader);
    const { id } = body.items[0];
    const detail = await call('GET', `/returns/${id}`, tokens.reader);
    expect(detail.body).toMatchObject({
      lines: [{ sku: 'MUG', quantity: 2 }],
      receipts: [{ receiptId: 'RK-1', unclaimed: false }],
      uses: [{ receiptId: 'RK-1', sku: 'MUG', quantity: 1 }],
    });
    expect((await call('GET', `/returns/${id}`, tokens.stranger)).status).toBe(404);
    expect((await call('POST', `/returns/${id}/settle`, tokens.reader, { note: 'x' })).status).toBe(403);
    expect(await call('POST', `/returns/${id}/settle`, tokens.wms, { note: '少的一件未寄出' })).toMatchObject({
      status: 202,
      body: { state: 'settled', note: '少的一件未寄出' },
    });
    const [act] = await rig.db.rows<{ actor: string; detail: string }>(
      `SELECT actor, detail FROM audit WHERE action = 'return_settled'`,
    );
    expect([act?.actor, JSON.parse(act?.detail ?? '')]).toEqual([
      'token:erp',
      { before: 'short', after: 'settled', note: '少的一件未寄出' },
    ]);
  });

  it('go out as a file, without money for who may not see it', async () => {
    const rows = async (as: string) =>
      parse((await call('GET', '/returns.csv?lang=en', as)).body, { columns: true, bom: true }) as Record<
        string,
        string
      >[];
    expect(await rows(tokens.finance)).toMatchObject([{ Waybill: `${waybill}\t`, 'Goods (CNY)': '89.00' }]);
    expect(Object.keys((await rows(tokens.reader))[0] ?? {})).not.toContain('Goods (CNY)');
  });

  it('refunded and not back is a number of the overview', async () => {
    const { body } = await call('GET', '/overview', tokens.reader);
    expect(body.risk.notBack).toEqual({ count: 0, valueFen: 0, withoutValue: 0, oldestAt: null });
  });
});

describe('claims', () => {
  it('are filed, answered and paid by who holds money, and seen by nobody else', async () => {
    const id = await aClaim(rig.db, ENV, interceptId);
    expect((await call('GET', '/claims', tokens.reader)).status).toBe(403);
    expect((await call('GET', `/claims/${id}`, tokens.stranger)).status).toBe(404);
    expect((await call('POST', `/claims/${id}/file`, tokens.wms, {})).status).toBe(403);
    expect(await call('GET', `/claims/${id}`, tokens.finance)).toMatchObject({
      body: { state: 'draft', rule: 'R52', amountFen: 8_900, mostFen: 8_900, may: ['file', 'drop'] },
    });
    const step = (name: string, body: object) => call('POST', `/claims/${id}/${name}`, tokens.finance, body);
    expect(await step('file', { amountFen: 9_000 })).toMatchObject({
      status: 409,
      body: { code: 'claim_amount_too_high' },
    });
    expect(await step('file', { reference: 'LP-1' })).toMatchObject({ status: 202, body: { state: 'filed' } });
    expect(await step('file', { reference: 'LP-1' })).toMatchObject({ status: 200 });
    expect(await step('accept', { amountFen: 8_000 })).toMatchObject({ status: 202, body: { acceptedFen: 8_000 } });
    const payment = { reference: 'T-9', amountFen: 8_000, receivedAt: '2026-11-28T10:00:00+08:00' };
    expect(await step('payments', payment)).toMatchObject({ status: 202, body: { state: 'paid', paidFen: 8_000 } });
    expect(await step('payments', payment)).toMatchObject({ status: 200 });
    expect(await step('reversals', { reference: 'T-9', note: '记错' })).toMatchObject({
      body: { state: 'accepted', paidFen: 0 },
    });
    const { body } = await call('GET', '/claims/sums', tokens.finance);
    expect(body.items).toEqual([{ state: 'accepted', count: 1, amountFen: 8_900, acceptedFen: 8_000, paidFen: 0 }]);
    const csv = parse((await call('GET', '/claims.csv?lang=zh', tokens.finance)).body, { columns: true, bom: true });
    expect(csv).toMatchObject([{ 运单号: `${waybill}\t`, '索赔（元）': '89.00', '同意赔付（元）': '80.00' }]);
  });

  it('have their evidence in one file that shows Chinese with a font of its own', async () => {
    const { body } = await call('GET', '/claims', tokens.finance);
    const { id } = body.items[0];
    const answer = await fetch(`${rig.url}/api/v1/claims/${id}/evidence.pdf?lang=zh`, {
      headers: { authorization: tokens.finance },
    });
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const pdf = Buffer.from(await answer.arrayBuffer());
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.toString('latin1').trimEnd()).toMatch(/%%EOF$/);
    // Embedded as a subset, so that a reader without Chinese fonts shows it, and the file stays small.
    expect(pdf.toString('latin1')).toMatch(/\/BaseFont \/[A-Z]+\+NotoSansHans-Regular/);
    expect(pdf.length).toBeLessThan(300_000);
    const acts = await rig.db.rows(`SELECT 1 FROM audit WHERE action = 'claim_evidence' AND subject = ?`, [id]);
    expect(acts).toHaveLength(1);
  });
});
