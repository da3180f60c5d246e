import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resolve } from '../../../src/domain/store/action-store.js';
import {
  bookPayment,
  type ClaimOrder,
  reversePayment,
  takeClaimStep,
} from '../../../src/domain/store/loss-claim-person-store.js';
import { claimHistory } from '../../../src/domain/store/loss-claim-reader.js';
import { verifyInvariants } from '../../../src/domain/store/verify-store.js';
import { GoodsRig, item } from '../../support/goods-rig.js';

let rig: GoodsRig;
let waybill: string;
let id: string;
beforeAll(async () => {
  rig = await GoodsRig.open({ policy: { at: 'never' } });
});
afterAll(() => rig.close());

/** A parcel of 89.00 that was delivered though the courier had taken the order: its claim. */
beforeEach(async () => {
  rig.desk.now = new Date();
  waybill = (await rig.accepted([item('a', 2)])).waybills[0] ?? '';
  await rig.desk.scan(waybill, 'delivered');
  await rig.run();
  id = (await rig.claim(waybill))?.id ?? '';
});

const WHO = { actor: 'user:fin@example.com', shops: null, note: null };
const step = (name: ClaimOrder['step'], over: Partial<ClaimOrder> = {}) =>
  takeClaimStep(
    rig.db,
    rig.desk.env,
    { id, step: name, amountFen: null, reference: null, ...WHO, ...over },
    rig.desk.now,
  );
const pay = (amountFen: number, reference = 'T-1') =>
  bookPayment(
    rig.db,
    rig.desk.env,
    { claimId: id, reference, amountFen, receivedAt: rig.desk.now, ...WHO },
    rig.desk.now,
  );
const takeBack = (reference = 'T-1') =>
  reversePayment(rig.db, rig.desk.env, { claimId: id, reference, ...WHO }, rig.desk.now);
const OK = { ok: true, repeated: false };
const AGAIN = { ok: true, repeated: true };
const no = (why: string) => ({ ok: false, why });

describe('a claim', () => {
  it('goes from draft to paid; every step twice is once, and the money in is exactly its entries', async () => {
    expect(await step('file', { reference: 'ZTO-CLAIM-7' })).toEqual(OK);
    expect(await step('file')).toEqual(AGAIN);
    const filed = await rig.claim(waybill);
    expect(filed).toMatchObject({ state: 'filed', amountFen: 8_900 });
    expect((filed?.dueAt?.getTime() ?? 0) - rig.desk.now.getTime()).toBe(7 * 86_400_000);
    expect(await step('accept', { amountFen: 8_000, note: 'less packaging' })).toEqual(OK);
    expect(await pay(5_000)).toEqual(OK);
    expect(await pay(5_000)).toEqual(AGAIN);
    expect(await pay(4_000)).toEqual(no('payment_changed'));
    expect(await pay(3_001, 'T-2')).toEqual(no('payment_too_high'));
    expect(await rig.claim(waybill)).toMatchObject({ state: 'accepted', paidFen: 5_000 });
    expect(await pay(3_000, 'T-2')).toEqual(OK);
    expect(await rig.claim(waybill)).toMatchObject({ state: 'paid', paidFen: 8_000, dueAt: null });
    expect(await takeBack('T-2')).toEqual(OK);
    expect(await takeBack('T-2')).toEqual(AGAIN);
    expect(await pay(3_000, 'T-2')).toEqual(no('payment_reversed'));
    expect(await rig.claim(waybill)).toMatchObject({ state: 'accepted', paidFen: 5_000 });
    const { steps, entries } = await claimHistory(rig.db, id);
    expect(steps.map(({ event }) => event)).toEqual(['open', 'file', 'accept', 'receive', 'pay', 'reverse']);
    expect(entries.map(({ kind, amountFen }) => [kind, amountFen])).toEqual([
      ['payment', 5_000],
      ['payment', 3_000],
      ['reversal', 3_000],
    ]);
    const acts = await rig.db.rows<{ action: string; detail: string }>(
      'SELECT action, detail FROM audit WHERE subject = ? ORDER BY id',
      [id],
    );
    expect(acts.map(({ action }) => action)).toEqual([
      'claim_file',
      'claim_accept',
      'claim_payment',
      'claim_payment',
      'claim_reversal',
    ]);
    expect(JSON.parse(acts[1]?.detail ?? '')).toMatchObject({
      before: { state: 'filed' },
      after: { state: 'accepted', acceptedFen: 8_000 },
      note: 'less packaging',
    });
  });

  it('asks for no more than the goods are worth, and of none whose value nobody knows', async () => {
    expect(await step('file', { amountFen: 8_901 })).toEqual(no('claim_amount_too_high'));
    await rig.db.run('UPDATE claim SET value_fen = NULL, amount_fen = NULL WHERE id = ?', [id]);
    expect(await step('file')).toEqual(no('claim_amount_needed'));
    expect(await step('file', { amountFen: 100_001 })).toEqual(no('claim_amount_too_high'));
    expect(await step('file', { amountFen: 100_000 })).toEqual(OK);
    // The database refuses the same of whoever comes past the program.
    await expect(rig.db.run('UPDATE claim SET amount_fen = 100001 WHERE id = ?', [id])).rejects.toThrow();
  });

  it('that was rejected may be filed again, or given up; nothing else leaves its state', async () => {
    expect(await step('accept')).toEqual(no('claim_not_open'));
    await step('file');
    expect(await step('reject', { note: 'no proof' })).toEqual(OK);
    expect(await pay(1)).toEqual(no('claim_not_open'));
    expect(await step('file', { note: 'with the pack' })).toEqual(OK);
    await step('reject', { note: 'no' });
    expect(await step('drop', { note: 'not worth it' })).toEqual(OK);
    expect(await step('file')).toEqual(no('claim_not_open'));
  });

  it('that was filed stays with the person when the goods come back after all', async () => {
    await step('file');
    await rig.book(waybill, 'a×2');
    expect(await rig.claim(waybill)).toMatchObject({ state: 'filed' });
  });

  it('of another shop does not exist', async () => {
    expect(await step('file', { shops: ['dy-two'] })).toEqual(no('not_found'));
  });

  it('is drafted when a person records that the courier lost the parcel', async () => {
    const lost = (await rig.accepted()).waybills[0] ?? '';
    await rig.refunds.courier(lost, 'stop');
    rig.desk.pass(8 * 24 * 60);
    await rig.db.run(
      `UPDATE intercept SET state = 'needs_review', version = version + 1, reason = 'outcome_overdue' WHERE waybill_no = ?`,
      [lost],
    );
    const { id: interceptId } = await rig.desk.row(lost);
    const what = { outcome: 'lost', evidence: null, note: 'the branch says so' } as const;
    await resolve(rig.db, rig.desk.env, interceptId, what, 'user:op@example.com', rig.desk.now);
    expect(await rig.claim(lost)).toMatchObject({ kind: 'lost', state: 'draft' });
  });
});

describe('verify', () => {
  const broken = async (now = new Date()) =>
    (await verifyInvariants(rig.db, { now }))
      .filter(({ invariant }) => /^R(33|75)/.test(invariant))
      .map(({ invariant, sample }) => [invariant, sample]);

  it('finds nothing in what the product wrote', async () => {
    await step('file');
    await step('accept');
    await pay(8_900);
    expect(await broken()).toEqual([]);
  });

  it('finds money that no entry tells of, and a claim that was paid less than agreed', async () => {
    await step('file');
    await step('accept');
    await pay(8_900);
    await rig.db.run('UPDATE claim SET paid_fen = 8899 WHERE id = ?', [id]);
    expect(await broken()).toEqual([
      ['R33_payments', [id]],
      ['R33_paid_in_full', [id]],
    ]);
    await rig.db.run('UPDATE claim SET paid_fen = 8900 WHERE id = ?', [id]);
  });

  it('finds a claim for more than the goods are worth', async () => {
    await rig.db.run('UPDATE claim SET amount_fen = 8901 WHERE id = ?', [id]);
    expect(await broken()).toEqual([['R33_amount', [id]]]);
    await rig.db.run('UPDATE claim SET amount_fen = 8900 WHERE id = ?', [id]);
  });

  it('finds a booked piece that counts twice, and a return that is called received and is not whole', async () => {
    await rig.book(waybill, 'a×2');
    const goods = await rig.goods(waybill);
    const [use] = await rig.db.rows<{ receiptId: string }>(
      'SELECT u.receipt_id AS receiptId FROM receipt_use u JOIN parcel p ON p.id = u.parcel_id WHERE p.waybill_no = ?',
      [waybill],
    );
    await rig.db.run('UPDATE receipt_use SET quantity = 3 WHERE receipt_id = ?', [use?.receiptId ?? '']);
    expect(await broken()).toEqual([
      ['R75_used_twice', [use?.receiptId]],
      ['R75_not_exact', [goods?.id]],
    ]);
    await rig.db.run('UPDATE receipt_use SET quantity = 2 WHERE receipt_id = ?', [use?.receiptId ?? '']);
  });

  it('finds a parcel that a courier took the order for and nobody expects', async () => {
    const [forgotten = ''] = (await rig.accepted([item('a')])).waybills;
    await rig.db.run('DELETE e FROM expected_return e JOIN parcel p ON p.id = e.parcel_id WHERE p.waybill_no = ?', [
      forgotten,
    ]);
    expect(await broken()).toEqual([]);
    rig.desk.pass(16);
    expect(await broken(rig.desk.now)).toEqual([['R75_unexpected', [(await rig.desk.row(forgotten)).id]]]);
    await rig.db.run(`UPDATE intercept SET state = 'expired' WHERE waybill_no = ?`, [forgotten]);
  });

  it('has a ledger that only grows', async () => {
    await step('file');
    await step('accept');
    await pay(8_900);
    await expect(rig.db.run('UPDATE claim_entry SET amount_fen = 1 WHERE claim_id = ?', [id])).rejects.toThrow(/never/);
    await expect(rig.db.run('DELETE FROM claim_entry WHERE claim_id = ?', [id])).rejects.toThrow(/never/);
  });
});
