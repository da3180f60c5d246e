import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runBills } from '../../../src/producers/bills/run-bills.js';
import { aFeeThatStands } from '../../support/fees.js';
import { aShop, REAL_BOOK } from '../../support/picture.js';
import { Erp } from '../../support/requests.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const PERIOD = '2026-11';
const MAPPING = { waybillNo: '运单号', amount: '金额' };

let rig: WebRig;
let erp: Erp;
let finance = '';
let entryId = '';
let interceptId = '';
let waybillNo = '';
beforeAll(async () => {
  rig = await webRig();
  finance = await rig.token(['money:read', 'money:write']);
  erp = new Erp(rig.db, { settings: TWO_SHOPS, book: REAL_BOOK }, aShop());
  const asked = await erp.askForOne();
  interceptId = asked.id;
  await rig.db.run("UPDATE intercept SET accepted_at = created_at, state = 'intercepted' WHERE id = ?", [interceptId]);
  const [row] = await rig.db.rows<{ no: string }>('SELECT waybill_no AS no FROM intercept WHERE id = ?', [interceptId]);
  waybillNo = row?.no ?? '';
  entryId = await aFeeThatStands(rig.db, interceptId);
});
afterAll(() => rig.close());

async function ask(
  method: string,
  path: string,
  body?: object,
  who: Record<string, string> = { authorization: finance },
) {
  const headers = { ...who, ...(body ? { 'content-type': 'application/json' } : {}) };
  const answer = await fetch(`${rig.url}/api/v1${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, text, body: (isJson ? JSON.parse(text) : null) as unknown };
}

async function upload(text: string) {
  const { body } = await ask('POST', '/bills', { source: 'zto', period: PERIOD, fileName: 'zto.csv' });
  const { id } = body as { id: string };
  await ask('POST', `/bills/${id}/chunks`, { seq: 0, base64: Buffer.from(text).toString('base64') });
  expect(await ask('POST', `/bills/${id}/uploaded`, { chunks: 1 })).toMatchObject({
    status: 202,
    body: { state: 'reading' },
  });
  await runBills({ db: rig.db, now: () => new Date(), log: () => undefined });
  return (await ask('GET', `/bills/${id}`)).body;
}

describe('bills over HTTP', () => {
  it('are refused with the reason until somebody has said how their columns are read', async () => {
    expect(await upload('运单号,金额\n1,3.00\n')).toMatchObject({ state: 'unreadable', problem: { en: /columns/ } });
    expect(await ask('PUT', '/bill-sources/zto', { ...MAPPING, unit: 'dollar' })).toMatchObject({ status: 422 });
    expect(await ask('PUT', '/bill-sources/zto', MAPPING)).toMatchObject({
      status: 200,
      body: { source: 'zto', mapping: { unit: 'yuan', charge: 'positive' } },
    });
    expect((await ask('GET', '/bill-sources')).body).toMatchObject({ items: [{ source: 'zto' }] });
  });

  it('are read and matched; every sum is that of its rows; the dispute names what is wrong', async () => {
    const text = `运单号,金额\n${waybillNo},3.00\n${waybillNo},3.00\n73777,2.50\n,1.00\n`;
    const bill = await upload(text);
    expect(bill).toMatchObject({ state: 'done', rows: 4, created: 3, repeated: 0, bad: 1 });
    expect(await upload(text)).toMatchObject({ created: 0, repeated: 3, bad: 1 });
    const { id } = bill as { id: string };
    expect((await ask('GET', `/bills/${id}/errors.csv?lang=en`)).text).toContain('there is no waybill number');

    const month = (await ask('GET', `/bill-match?source=zto&period=${PERIOD}`)).body as {
      sums: { class: string; count: number; chargedFen: number; dueFen: number }[];
    };
    expect(month.sums.map((sum) => [sum.class, sum.count, sum.chargedFen, sum.dueFen]).sort()).toEqual([
      ['agrees', 1, 300, 300],
      ['charged_twice', 1, 300, 0],
      ['unknown_to_us', 1, 250, 0],
    ]);
    for (const sum of month.sums) {
      const rows = (await ask('GET', `/bill-match/lines?source=zto&period=${PERIOD}&class=${sum.class}`)).body as {
        items: { chargedFen: number; dueFen: number }[];
      };
      expect(rows.items).toHaveLength(sum.count);
      expect(rows.items.reduce((fen, row) => fen + row.chargedFen, 0)).toBe(sum.chargedFen);
      expect(rows.items.reduce((fen, row) => fen + row.dueFen, 0)).toBe(sum.dueFen);
    }
    const { text: csv } = await ask('GET', `/bill-match/disputes.csv?source=zto&period=${PERIOD}&lang=en`);
    expect(csv.trim().split('\r\n').slice(1)).toEqual([
      `4,"73777\t",,2.50,0.00,2.50,unknown to us,we never asked for this parcel to be stopped,`,
      `3,"${waybillNo}\t",,3.00,0.00,3.00,charged twice,this stop has been charged before,intercepted ${interceptId}`,
    ]);
    const [exported] = await rig.db.rows("SELECT actor FROM audit WHERE action = 'bill.dispute_exported'");
    expect(exported).toBeDefined();
  });

  it('are not for whoever sees some shops only, nor for whoever may not see money', async () => {
    const some = { authorization: await rig.token(['money:read', 'money:write'], ['dy-main']) };
    expect(await ask('GET', '/bills', undefined, some)).toMatchObject({
      status: 403,
      body: { code: 'all_shops_needed' },
    });
    const none = { authorization: await rig.token(['intercepts:read']) };
    expect(await ask('GET', '/bills', undefined, none)).toMatchObject({ status: 403, body: { code: 'missing_scope' } });
  });
});

describe('what a price depends on', () => {
  it('comes with the request and is kept with the parcel (R31)', async () => {
    const erpToken = { authorization: await rig.token(['intercepts:write']) };
    const freight = { weightGrams: 4_200, zone: '省外' };
    const { parcels, ...request } = erp.next();
    const asked = { ...request, parcels: parcels.map((parcel) => ({ ...parcel, freight })) };
    expect(await ask('POST', '/intercepts', asked, erpToken)).toMatchObject({ status: 202 });
    const [row] = await rig.db.rows<{ freight: string }>('SELECT freight FROM parcel WHERE waybill_no = ?', [
      parcels[0]?.waybillNo ?? '',
    ]);
    expect(JSON.parse(row?.freight ?? '')).toEqual(freight);
    const wrong = { ...asked, parcels: parcels.map((parcel) => ({ ...parcel, freight: { weightGrams: -1 } })) };
    expect(await ask('POST', '/intercepts', wrong, erpToken)).toMatchObject({ status: 422 });
  });
});

describe('fees and invoices over HTTP', () => {
  it('are invoiced by month, biller and shop, and the invoice’s rows are its total', async () => {
    expect((await ask('GET', '/invoiceable')).body).toMatchObject({
      items: [{ source: 'zto', period: PERIOD, shopId: 'dy-main', entries: 1, totalFen: 300 }],
    });
    const order = { source: 'zto', period: PERIOD, shopId: 'dy-main' };
    const made = await ask('POST', '/invoices', order);
    expect(made).toMatchObject({ status: 202, body: { state: 'requested', totalFen: 300, entries: 1 } });
    expect(await ask('POST', '/invoices', order)).toMatchObject({ status: 409, body: { code: 'nothing_to_invoice' } });
    const { id } = made.body as { id: string };
    expect((await ask('GET', `/ledger?invoiceId=${id}`)).body).toMatchObject({
      items: [
        { id: entryId, amountFen: 300, verification: 'matched', biller: 'zto', tariffFen: 300, differenceFen: 0 },
      ],
    });
    expect(await ask('POST', `/invoices/${id}/file`)).toMatchObject({ status: 409, body: { code: 'invoice_moved' } });
    expect((await ask('POST', `/invoices/${id}/issue`, { number: 'No.7' })).body).toMatchObject({ state: 'issued' });
    expect((await ask('POST', `/invoices/${id}/file`)).body).toMatchObject({ state: 'filed', number: 'No.7' });
    expect(await ask('POST', `/ledger/${entryId}/correct`, { toFen: 290, note: 'x' })).toMatchObject({
      status: 409,
      body: { code: 'fee_invoiced' },
    });
  });

  it('are corrected by finance, above the limit by two who are logged in', async () => {
    const other = await erp.askForOne();
    const fee = await aFeeThatStands(rig.db, other.id);
    await rig.addUser('f@example.com', 'finance');
    await rig.addUser('g@example.com', 'finance');
    const [first, second] = await Promise.all(
      ['f@example.com', 'g@example.com'].map(async (email) => {
        const { cookie, csrfToken } = await rig.logIn(email);
        return { cookie, 'x-csrf-token': csrfToken };
      }),
    );
    const big = { toFen: 2_000, note: 'the courier’s new price' };
    expect(await ask('POST', `/ledger/${fee}/correct`, big)).toMatchObject({ body: { code: 'person_needed' } });
    expect(await ask('POST', `/ledger/${fee}/correct`, big, first)).toMatchObject({
      status: 202,
      body: { state: 'asked' },
    });
    expect((await ask('GET', '/ledger')).body).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          id: fee,
          correction: { toFen: 2_000, note: big.note, askedBy: 'user:f@example.com' },
        }),
      ]),
    });
    expect(await ask('POST', `/ledger/${fee}/approve`, {}, first)).toMatchObject({
      body: { code: 'second_person_needed' },
    });
    expect(await ask('POST', `/ledger/${fee}/approve`, {}, second)).toMatchObject({
      status: 202,
      body: { state: 'posted' },
    });
    const entries = (await ask('GET', `/ledger?interceptId=${other.id}`)).body as { items: object[] };
    expect(entries.items).toMatchObject([
      { kind: 'fee', amountFen: 2_000, tariffFen: 300, differenceFen: 1_700 },
      { kind: 'reversal', amountFen: 300, reversesId: fee },
      { kind: 'fee', amountFen: 300, reversedById: expect.any(String) },
    ]);
  });
});
