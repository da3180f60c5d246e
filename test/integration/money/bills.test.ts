import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { writeXlsx } from 'hucre/xlsx';
import { step } from '../../../src/domain/intercept/machine.js';
import { matchMonth } from '../../../src/domain/store/bill-match-store.js';
import { closeMonth } from '../../../src/domain/store/bill-month-store.js';
import { correctFee, decideCorrection } from '../../../src/domain/store/correction-store.js';
import { listInvoices, moveInvoice, requestInvoice } from '../../../src/domain/store/invoice-store.js';
import { listLedger } from '../../../src/domain/store/ledger-reader.js';
import { readStats } from '../../../src/domain/store/stats-reader.js';
import { MoneyDesk } from '../../support/money-desk.js';

const WHO = { actor: 'user:f@example.com', isPerson: true, shops: null };
const OTHER = { ...WHO, actor: 'user:g@example.com' };
const LIMIT = 100;

let money: MoneyDesk;
beforeAll(async () => {
  money = await MoneyDesk.open();
});
afterAll(() => money.close());

const correct = async (waybill: string, toFen: number, who = WHO, limitFen = LIMIT) =>
  correctFee(
    money.db,
    who,
    { entryId: (await money.fee(waybill)).id, toFen, note: 'as billed', limitFen },
    money.desk.now,
  );

describe('a bill', () => {
  it('is matched with what was asked and what was done, and the ledger says so (R35)', async () => {
    const [good, twice, dear, left] = [
      await money.stopped(),
      await money.stopped(),
      await money.stopped(),
      await money.stopped(),
    ];
    // Accepted, then delivered all the same: nothing is due, whatever is charged (R30).
    const failed = await money.accepted();
    await money.says(failed, 'find_delivered');
    const bill = await money.bill(
      `中通快递账单,,\n客户：示例,,\n${money.csv([
        [good, '3.00'],
        [twice, '3.00'],
        [twice, '3.00'],
        [dear, '3.50'],
        [failed, '3.00'],
        ['73999', '3.00'],
      ])}\nnot,a,row\n`,
    );
    expect(bill).toMatchObject({ rows: 7, created: 6, repeated: 0, leftOut: 0, bad: 1 });
    expect(await money.sums()).toEqual({
      agrees: [2, 600, 600],
      charged_twice: [1, 300, 0],
      wrong_amount: [1, 350, 300],
      charged_though_failed: [1, 300, 0],
      unknown_to_us: [1, 300, 0],
      not_yet_charged: [1, 0, 300],
    });
    expect(await money.fee(good)).toMatchObject({ verification: 'matched' });
    expect(await money.fee(dear)).toMatchObject({ verification: 'disputed' });
    expect(await money.fee(left)).toMatchObject({ verification: 'unverified' });
    expect(await money.broken()).toEqual([]);

    // The courier was right after all: the correction is a reversal and a fee, and the line agrees.
    expect(await correct(dear, 350)).toEqual({ ok: true, state: 'posted' });
    expect(await money.balance([dear])).toBe(350);
    expect((await money.sums()).wrong_amount).toBeUndefined();
    expect(await money.fee(dear)).toMatchObject({ amountFen: 350, verification: 'matched' });
    expect(await money.broken()).toEqual([]);
  });

  it('24: shows that a stop asked elsewhere is due, which it is not before (R71)', async () => {
    const dueFen = async () => {
      const until = new Date(money.desk.now.getTime() + 60_000);
      const { fees } = await readStats(money.db, { shops: null, since: new Date(0), until });
      return fees.postedFen - fees.reversedFen;
    };
    const before = await dueFen();
    const waybill = await money.queued();
    await money.says(waybill, 'asked_outside');
    await money.says(waybill, 'stop');
    expect(await money.fee(waybill)).toMatchObject({ verification: 'unverified' });
    expect((await dueFen()) - before).toBe(0);
    await money.bill(money.csv([[waybill, '3.00']]));
    expect(await money.fee(waybill)).toMatchObject({ verification: 'matched' });
    expect((await dueFen()) - before).toBe(300);
    // A reversal goes with its fee.
    await correct(waybill, 290);
    expect((await dueFen()) - before).toBe(290);
  });

  it('agrees no longer once its parcel was delivered after all', async () => {
    const waybill = await money.stopped();
    await money.bill(money.csv([[waybill, '3.00']]));
    const { id } = await money.fee(waybill);
    await money.says(waybill, 'find_delivered');
    await matchMonth(money.db, { source: 'zto', period: money.period });
    const lines = await money.db.rows('SELECT class, entry_id AS entryId FROM bill_line WHERE waybill_no = ?', [
      waybill,
    ]);
    expect(lines).toEqual([{ class: 'charged_though_failed', entryId: null }]);
    expect(await money.db.rows('SELECT verification FROM ledger_entry WHERE id = ?', [id])).toEqual([
      { verification: 'unverified' },
    ]);
    expect(await money.broken()).toEqual([]);
  });

  it('that came twice changes nothing, in whatever order and form, for any lines', async () => {
    const known = [await money.stopped(), await money.stopped(), await money.accepted()];
    const line = fc.tuple(fc.constantFrom(...known, '73998', '73997'), fc.constantFrom('3.00', '3.50', '-3.00'));
    const state = async () => [
      await money.db.rows('SELECT * FROM bill_line ORDER BY source, line_key'),
      await money.db.rows('SELECT id, verification FROM ledger_entry ORDER BY id'),
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), fc.boolean(), async (lines, asSheet) => {
        const first = await money.bill(money.csv(lines));
        const before = await state();
        const turned = lines.toReversed();
        const second = asSheet
          ? await money.bill(
              await writeXlsx({
                sheets: [
                  {
                    name: '账单',
                    rows: [
                      ['运单号', '金额', '日期'],
                      ...turned.map(([no, yuan]) => [no, Number(yuan), new Date(`${money.day}T00:00:00Z`)]),
                    ],
                  },
                ],
              }),
              'xlsx',
            )
          : await money.bill(money.csv(turned));
        expect(second).toMatchObject({ rows: lines.length, created: 0, repeated: lines.length, bad: 0 });
        expect(first.created + first.repeated).toBe(lines.length);
        expect(await state()).toEqual(before);
      }),
      { numRuns: 10 },
    );
    expect(await money.broken()).toEqual([]);
  });
});

describe('a file that is no bill', () => {
  it.each([
    ['without the columns of its source', '单号,金额\n1,2\n', 'csv', /Columns there: 单号, 金额/],
    ['that only says it is a spreadsheet', 'PK not a zip', 'xlsx', /no valid XLSX/],
  ] as const)('%s says what is wrong and what to do', async (_, file, format, why) => {
    await expect(money.bill(file, format)).rejects.toThrow(why);
  });
});

describe('the ledger', () => {
  const MOVES = ['stop', 'miss', 'return', 'find_delivered', 'correct', 'waive', 'bill'] as const;

  it('is the fees of intercepted parcels less reversals, for any history', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...MOVES), { maxLength: 7 }), async (moves) => {
        const waybill = await money.accepted();
        let due: number | null = null;
        let waived = false;
        for (const word of moves) {
          const { state } = await money.desk.row(waybill);
          if (word === 'bill') await money.bill(money.csv([[waybill, '3.00']]));
          else if (word === 'correct' || word === 'waive') {
            if (due === null) continue;
            const toFen: number = word === 'waive' ? 0 : due + 10;
            expect(await correct(waybill, toFen, WHO, 1_000)).toEqual({ ok: true, state: 'posted' });
            due = toFen || null;
            waived ||= toFen === 0;
          } else {
            const next = step(state, word);
            if (!next.ok) continue;
            await money.says(waybill, word);
            if (next.to === 'intercepted' && !waived) due ??= 300;
            if (next.to === 'missed') due = null;
          }
        }
        expect(await money.balance([waybill])).toBe(due ?? 0);
      }),
      { numRuns: 15 },
    );
    expect(await money.broken()).toEqual([]);
  });

  it('costs what its weight and zone say, or what the courier stated, with the difference to the tariff beside it (R31)', async () => {
    const when = JSON.stringify({ weightGrams: { atLeast: 3_000 } });
    await money.db.run(
      "INSERT INTO tariff (carrier, valid_from, conditions, fee_fen) VALUES ('zto', '2024-11-18', ?, 700)",
      [when],
    );
    const stop = async (waybill: string, change: string, value: string | number) => {
      await money.db.run(change, [value, waybill]);
      await money.says(waybill, 'stop');
      const { id } = await money.fee(waybill);
      const [entry] = await listLedger(
        money.db,
        { shops: null, interceptId: (await money.desk.row(waybill)).id },
        { limit: 1, beforeId: null },
      );
      expect(entry?.id).toBe(id);
      return [entry?.amountFen, entry?.tariffFen];
    };
    const ofParcel = 'UPDATE parcel SET freight = ? WHERE waybill_no = ?';
    const ofIntercept = 'UPDATE intercept SET stated_fee_fen = ? WHERE waybill_no = ?';
    expect(await stop(await money.accepted(), ofParcel, JSON.stringify({ weightGrams: 3_000 }))).toEqual([700, 700]);
    expect(await stop(await money.accepted(), ofParcel, JSON.stringify({ weightGrams: 2_999 }))).toEqual([300, 300]);
    expect(await stop(await money.accepted(), ofIntercept, 1_250)).toEqual([1_250, 300]);
    expect(await money.broken()).toEqual([]);
  });

  it('is corrected by two people where it is more than a limit (R31)', async () => {
    const waybill = await money.stopped();
    const { id } = await money.fee(waybill);
    expect(await correct(waybill, 0, { ...WHO, isPerson: false })).toEqual({ ok: false, why: 'person_needed' });
    expect(await correct(waybill, 0)).toEqual({ ok: true, state: 'asked' });
    expect(await money.balance([waybill])).toBe(300);
    const decide = (who: typeof WHO, approve = true) =>
      decideCorrection(money.db, who, { entryId: id, approve, note: null }, money.desk.now);
    expect(await correct(waybill, 299)).toEqual({ ok: false, why: 'correction_open' });
    expect(await decide(WHO)).toEqual({ ok: false, why: 'second_person_needed' });
    expect(await decide({ ...OTHER, isPerson: false })).toEqual({ ok: false, why: 'person_needed' });
    expect(await decide(OTHER, false)).toEqual({ ok: true, state: 'declined' });
    expect(await decide(OTHER)).toEqual({ ok: false, why: 'no_correction_open' });
    expect(await correct(waybill, 0)).toEqual({ ok: true, state: 'asked' });
    const both = await Promise.all([decide(OTHER), decide({ ...OTHER, actor: 'user:h@example.com' })]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await money.balance([waybill])).toBe(0);
    // What was let go of does not come back with a late scan.
    await money.says(waybill, 'return');
    expect(await money.balance([waybill])).toBe(0);
    expect(await money.broken()).toEqual([]);
    const audit = await money.db.rows<{ action: string }>('SELECT action FROM audit WHERE subject = ? ORDER BY id', [
      id,
    ]);
    expect(audit.map(({ action }) => action)).toEqual([
      'fee.correction_asked',
      'fee.correction_declined',
      'fee.correction_asked',
      'fee.corrected',
    ]);
  });
});

describe('an invoice', () => {
  it('is over what was charged and agrees, once, to the fen of its ledger rows, for any bills (R34)', async () => {
    const order = { source: 'zto', period: money.period, shopId: 'dy-main', actor: WHO.actor };
    const ask = () => requestInvoice(money.db, order, money.desk.now);
    await ask();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('3.00', '3.50', '-3.00'), { maxLength: 4 }), async (amounts) => {
        const waybill = await money.stopped();
        if (amounts.length > 0) await money.bill(money.csv(amounts.map((yuan) => [waybill, yuan])));
        const agrees = (await money.fee(waybill)).verification === 'matched';
        const id = await ask();
        expect(id !== null).toBe(agrees);
        if (id === null) return;
        const [invoice] = await listInvoices(money.db, { shops: null, id }, { limit: 1, beforeId: null });
        expect(invoice).toMatchObject({ entries: 1, totalFen: 300, state: 'requested' });
        expect(await ask()).toBeNull();
      }),
      { numRuns: 10 },
    );
    const [sum] = await money.db.rows<{ ledger: number; invoices: number }>(
      `SELECT CAST((SELECT SUM(amount_fen) FROM ledger_entry WHERE invoice_id IS NOT NULL) AS SIGNED) AS ledger,
         CAST((SELECT SUM(total_fen) FROM invoice) AS SIGNED) AS invoices`,
    );
    expect(sum?.ledger).toBeGreaterThan(0);
    expect(sum?.invoices).toBe(sum?.ledger);
    expect(await money.broken()).toEqual([]);
  });

  it('is issued with its number and filed, one step at a time; its fees are not corrected any more', async () => {
    const waybill = await money.stopped();
    await money.bill(money.csv([[waybill, '3.00']]));
    const order = { source: 'zto', period: money.period, shopId: 'dy-main', actor: WHO.actor };
    const id = (await requestInvoice(money.db, order, money.desk.now)) ?? '';
    const go = (move: 'issue' | 'file', shops: string[] | null = null) =>
      moveInvoice(money.db, { id, step: move, number: 'No.1', actor: WHO.actor, shops }, money.desk.now);
    expect(await go('issue', ['dy-two'])).toBe('not_found');
    expect(await go('file')).toBe('wrong_state');
    expect([await go('issue'), await go('issue'), await go('file')]).toEqual(['moved', 'wrong_state', 'moved']);
    expect(await correct(waybill, 290)).toEqual({ ok: false, why: 'fee_invoiced' });
    // The parcel was delivered after all: the invoice stays, and says what is to be credited.
    await money.says(waybill, 'find_delivered');
    await matchMonth(money.db, { source: 'zto', period: money.period });
    const [invoice] = await listInvoices(money.db, { shops: null, id }, { limit: 1, beforeId: null });
    expect(invoice).toMatchObject({ state: 'filed', number: 'No.1', reversedFen: 300 });
    expect(await money.broken()).toEqual([]);
  });
});

describe('a month', () => {
  it('is closed once it is over, and then takes and changes nothing', async () => {
    const month = { source: 'zto', period: money.period };
    const [waybill, late] = [await money.stopped(), await money.stopped()];
    await money.bill(money.csv([[waybill, '3.50']]));
    expect(await closeMonth(money.db, month, WHO.actor, money.desk.now)).toBe('month_not_over');
    const later = new Date(money.desk.now.getTime() + 40 * 86_400_000);
    expect(await closeMonth(money.db, { ...month, period: '2024-01' }, WHO.actor, later)).toBe('no_bill');
    expect(await closeMonth(money.db, month, WHO.actor, later)).toBe('closed');
    expect(await closeMonth(money.db, month, OTHER.actor, later)).toBe('closed_before');
    const before = await money.db.rows('SELECT * FROM bill_line ORDER BY id');
    expect(
      await money.bill(
        money.csv([
          [waybill, '3.50'],
          [late, '3.00'],
        ]),
      ),
    ).toMatchObject({
      created: 0,
      repeated: 1,
      bad: 1,
    });
    await correct(waybill, 350);
    await matchMonth(money.db, month);
    expect(await money.db.rows('SELECT * FROM bill_line ORDER BY id')).toEqual(before);
    expect(await money.broken()).toEqual([]);
  });
});
