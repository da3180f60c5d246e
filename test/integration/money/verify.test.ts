import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { closeMonth } from '../../../src/domain/store/bill-month-store.js';
import { requestInvoice } from '../../../src/domain/store/invoice-store.js';
import { MoneyDesk } from '../../support/money-desk.js';

const ACTOR = 'user:f@example.com';

let money: MoneyDesk;
let waybill = '';
let feeId = '';
let invoiceId = '';
beforeAll(async () => {
  money = await MoneyDesk.open();
});
afterAll(() => money.close());
beforeEach(async () => {
  for (const table of ['bill_line', 'bill_month', 'invoice']) await money.db.run(`DELETE FROM ${table}`);
  await money.db.run("UPDATE ledger_entry SET verification = 'unverified', invoice_id = NULL");
  waybill = await money.stopped();
  await money.bill(money.csv([[waybill, '3.00']]));
  const order = { source: 'zto', period: money.period, shopId: 'dy-main', actor: ACTOR };
  invoiceId = (await requestInvoice(money.db, order, money.desk.now)) ?? '';
  feeId = (await money.fee(waybill)).id;
  const later = new Date(money.desk.now.getTime() + 40 * 86_400_000);
  await closeMonth(money.db, { source: 'zto', period: money.period }, ACTOR, later);
});

describe('what verify says of bills and invoices', () => {
  it('finds nothing wrong with what the real writers wrote', async () => {
    expect(await money.broken()).toEqual([]);
  });

  it('finds an invoice whose total is not its rows’', async () => {
    await money.db.run('UPDATE invoice SET total_fen = total_fen + 1 WHERE id = ?', [invoiceId]);
    expect(await money.broken()).toEqual([['R34_total', invoiceId]]);
  });

  it('finds an invoice over a fee that no bill agrees with', async () => {
    await money.db.run("UPDATE bill_line SET class = 'wrong_amount' WHERE entry_id = ?", [feeId]);
    await money.db.run("UPDATE ledger_entry SET verification = 'disputed' WHERE id = ?", [feeId]);
    expect(await money.broken()).toEqual([['R34_unmatched', feeId]]);
  });

  it('finds a fee that is marked as matched by nothing', async () => {
    const other = await money.stopped();
    const { id } = await money.fee(other);
    await money.db.run("UPDATE ledger_entry SET verification = 'matched' WHERE id = ?", [id]);
    expect(await money.broken()).toEqual([['R35_matched', id]]);
  });

  it('finds a line that came into a month after it was closed', async () => {
    await money.db.run('UPDATE bill_line SET amount_fen = amount_fen + 1 WHERE entry_id = ?', [feeId]);
    expect(await money.broken()).toEqual([['R35_closed', `zto/${money.period}`]]);
  });
});
