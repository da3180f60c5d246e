import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { feesDue } from '../../../src/domain/invariants.js';
import { followReturns } from '../../../src/domain/store/return-follow-store.js';
import { addReturnNumber, settleDifference } from '../../../src/domain/store/return-person-store.js';
import { listReturns, refundedNotBack } from '../../../src/domain/store/return-reader.js';
import { findReturn } from '../../../src/domain/store/return-store.js';
import { verifyInvariants } from '../../../src/domain/store/verify-store.js';
import { GoodsRig, item } from '../../support/goods-rig.js';

let rig: GoodsRig;
beforeAll(async () => {
  rig = await GoodsRig.open({ policy: { at: 'received' } });
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.desk.now = new Date();
});

async function intercept(waybill: string) {
  const { state, reason } = await rig.desk.row(waybill);
  return { state, reason };
}

/** The steps that an intercept took, and its fee entries. */
async function told(waybill: string) {
  const { id } = await rig.desk.row(waybill);
  const steps = await rig.db.rows<{ to: string }>(
    'SELECT to_state AS `to` FROM transition WHERE intercept_id = ? ORDER BY version',
    [id],
  );
  const fees = await rig.db.rows<{ kind: string }>('SELECT kind FROM ledger_entry WHERE intercept_id = ?', [id]);
  return { due: feesDue(steps), fees: fees.map(({ kind }) => kind) };
}

describe('a parcel that may come back', () => {
  it('is expected from the acceptance on, with a clock from the stop, and called off when it goes on', async () => {
    const { waybills } = await rig.accepted([item('a')], 2);
    const [back = '', on = ''] = waybills;
    expect(await rig.goods(back)).toMatchObject({ state: 'expected', stoppedAt: null, dueAt: null });
    await rig.refunds.courier(back, 'stop');
    await rig.refunds.courier(on, 'miss');
    await rig.run();
    const stopped = await rig.goods(back);
    expect((stopped?.dueAt?.getTime() ?? 0) - (stopped?.stoppedAt?.getTime() ?? 0)).toBe(3 * 86_400_000);
    expect(await rig.goods(on)).toMatchObject({ state: 'off' });
    await rig.desk.scan(on, 'returning');
    await rig.run();
    expect(await rig.goods(on)).toMatchObject({ state: 'expected' });
  });

  it('20: already on its way back when decided, is expected too, though nothing was sent', async () => {
    const waybill = rig.desk.waybill();
    await rig.desk.detail('as-20', [waybill], { orderId: 'order-20' });
    await rig.desk.scan(waybill, 'returning', 5);
    expect(await intercept(waybill)).toMatchObject({ reason: 'already_returning' });
    await rig.run();
    expect(await rig.goods(waybill)).toMatchObject({ state: 'expected' });
  });

  it('is not expected before its order was taken: steps that concern no goods are read and passed over', async () => {
    const newest = async () => (await rig.db.rows<{ id: number }>('SELECT MAX(id) AS id FROM transition'))[0]?.id ?? 0;
    const before = await newest();
    const waybill = rig.desk.waybill();
    await rig.desk.detail('as-queued', [waybill], { orderId: 'order-queued' });
    await rig.desk.scan(waybill, 'picked_up', 60);
    expect(await intercept(waybill)).toMatchObject({ state: 'queued' });
    const range = { after: before, upTo: await newest() };
    const followed = await followReturns(rig.db, rig.desk.env, range, rig.desk.now);
    expect(followed).toEqual({ to: range.upTo, more: false });
    expect(await rig.goods(waybill)).toBeUndefined();
  });

  it('is told of once, whatever is read twice', async () => {
    await rig.db.run(
      `INSERT INTO notification_target (id, kind, body, secrets) VALUES ('erp', 'endpoint', '{"events":["return.*"]}', '')`,
    );
    const { waybills } = await rig.accepted([item('a')]);
    rig.restart();
    await rig.run();
    await rig.book(waybills[0] ?? '', 'a×1');
    const rows = await rig.db.rows<{ topic: string; payload: string }>(
      'SELECT topic, payload FROM outbox WHERE subject_id = ? ORDER BY id',
      [(await rig.desk.row(waybills[0] ?? '')).id],
    );
    expect(rows.map(({ topic }) => topic)).toEqual(['return.expected', 'return.received']);
    expect(JSON.parse(rows[0]?.payload ?? '')).toMatchObject({ waybillNo: waybills[0], carrier: 'zto' });
    await rig.db.run("DELETE FROM notification_target WHERE id = 'erp'");
  });
});

describe('a booking of the warehouse', () => {
  it('that is whole ends the parcel, books the fee of the stop and has the refund agreed, once', async () => {
    const { afterSaleId, waybills } = await rig.accepted([item('a', 2)]);
    const [waybill = ''] = waybills;
    await rig.refunds.run();
    expect(await rig.refunds.refund(afterSaleId)).toMatchObject({ state: 'waiting', reason: 'refund_waits' });
    expect(await rig.bookAs('R-whole', waybill, 'a×2')).toBe('booked');
    expect(await rig.bookAs('R-whole', waybill, 'a×2')).toBe('repeated');
    expect(await rig.bookAs('R-whole', waybill, 'a×1')).toBe('changed');
    expect(await rig.goods(waybill)).toMatchObject({ state: 'received', compared: 1 });
    expect(await intercept(waybill)).toEqual({ state: 'returned', reason: 'returned' });
    expect(await told(waybill)).toEqual({ due: 1, fees: ['fee'] });
    await rig.refunds.run();
    await rig.refunds.run();
    expect(rig.refunds.paid.filter((paid) => paid.afterSaleId === afterSaleId)).toHaveLength(1);
  });

  it('that comes after the courier’s word wakes a refund that waited for it', async () => {
    const { afterSaleId, waybills } = await rig.accepted([item('a')]);
    const [waybill = ''] = waybills;
    await rig.refunds.courier(waybill, 'stop');
    await rig.refunds.courier(waybill, 'return');
    await rig.run();
    await rig.refunds.run();
    expect(await rig.refunds.refund(afterSaleId)).toMatchObject({ state: 'waiting' });
    await rig.book(waybill, 'a×1');
    await rig.refunds.run();
    expect(await rig.refunds.refund(afterSaleId)).toMatchObject({ state: 'acknowledged' });
  });

  it.each([
    ['short', ['a×1'], 'returned_short'],
    ['other', ['z×2'], 'returned_other'],
    ['damaged', ['a×2/破损'], 'returned_damaged'],
  ])('that is %s asks a person, agrees no refund and drafts a claim', async (state, lines, reason) => {
    const { afterSaleId, waybills } = await rig.accepted([item('a', 2, 8_900)]);
    const [waybill = ''] = waybills;
    await rig.refunds.courier(waybill, 'stop');
    await rig.refunds.courier(waybill, 'return');
    await rig.book(waybill, ...lines);
    expect(await rig.goods(waybill)).toMatchObject({ state });
    expect(await intercept(waybill)).toEqual({ state: 'needs_review', reason });
    expect(await rig.desk.tasks(waybill)).toContainEqual({ kind: 'decide', reason, state: 'open' });
    await rig.refunds.run();
    expect(await rig.refunds.refund(afterSaleId)).toMatchObject({ state: 'asked', reason: 'refund_goods_differ' });
    const amountFen = state === 'short' ? 4_450 : 8_900;
    expect(await rig.claim(waybill)).toMatchObject({ kind: state, state: 'draft', amountFen });
  });

  it('36: ends a shared parcel with all five pieces, not with four', async () => {
    const { afterSaleId, waybills } = await rig.accepted([item('a', 2)]);
    const [waybill = ''] = waybills;
    const other = `${afterSaleId}9`;
    await rig.desk.detail(other, [waybill], { orderId: `${afterSaleId}-b` });
    await rig.holds(waybill, other, [item('b', 3)]);
    await rig.book(waybill, 'a×2', 'b×2');
    expect(await rig.goods(waybill)).toMatchObject({ state: 'short' });
    await rig.book(waybill, 'b×1');
    expect(await rig.goods(waybill)).toMatchObject({ state: 'received' });
    expect(await intercept(waybill)).toMatchObject({ state: 'returned' });
    expect(await rig.claim(waybill)).toMatchObject({ state: 'dropped' });
  });

  it('36: counts for the parcel it fits, under a sibling’s number and under a new one', async () => {
    const { afterSaleId, waybills } = await rig.accepted([], 2);
    const [one = '', two = ''] = waybills;
    await rig.holds(one, afterSaleId, [item('a')]);
    await rig.holds(two, afterSaleId, [item('b')]);
    await rig.book(two, 'a×1');
    expect([(await rig.goods(one))?.state, (await rig.goods(two))?.state]).toEqual(['received', 'expected']);
    await rig.book('NEW-1', 'b×1');
    expect(await rig.goods(two)).toMatchObject({ state: 'expected' });
    const row = await findReturn(rig.db, (await rig.goods(two))?.id ?? '');
    if (!row) throw new Error('no return');
    const order = { row, actor: 'user:op@example.com', waybillNo: 'NEW-1' };
    expect(await addReturnNumber(rig.db, rig.desk.env, order, rig.desk.now)).toEqual({ ok: true });
    expect(await addReturnNumber(rig.db, rig.desk.env, order, rig.desk.now)).toEqual({ ok: true });
    expect(await rig.goods(two)).toMatchObject({ state: 'received' });
    const first = await findReturn(rig.db, (await rig.goods(one))?.id ?? '');
    const taken = first && (await addReturnNumber(rig.db, rig.desk.env, { ...order, row: first }, rig.desk.now));
    expect(taken).toEqual({ ok: false, why: 'number_taken' });
  });

  it('of a parcel nobody knows yet is found when it is', async () => {
    const waybill = rig.desk.waybill();
    expect(await rig.book(waybill, 'a×1')).toBe('booked');
    await rig.desk.detail('as-late', [waybill], { orderId: 'order-late' });
    await rig.desk.scan(waybill, 'picked_up', 60);
    await rig.desk.accept(waybill);
    await rig.run();
    expect(await rig.goods(waybill)).toMatchObject({ state: 'received', compared: 0 });
    expect(await intercept(waybill)).toMatchObject({ state: 'returned' });
  });

  it('a difference that a person has settled stays so', async () => {
    const { waybills } = await rig.accepted([item('a', 2)]);
    const [waybill = ''] = waybills;
    await rig.book(waybill, 'a×1');
    const row = await findReturn(rig.db, (await rig.goods(waybill))?.id ?? '');
    if (!row) throw new Error('no return');
    const order = { row, actor: 'user:op@example.com', note: 'the second piece never left' };
    expect(await settleDifference(rig.db, order, rig.desk.now)).toEqual({ ok: true });
    await rig.book(waybill, 'a×1');
    expect(await rig.goods(waybill)).toMatchObject({ state: 'settled' });
    expect(await intercept(waybill)).toMatchObject({ state: 'returned' });
  });
});

describe('37: refunded, goods not back', () => {
  it('is a number with value and age, and offers a claim when the courier’s time is over', async () => {
    const before = await refundedNotBack(rig.db, null);
    const { afterSaleId, waybills } = await rig.accepted([item('a')]);
    const [waybill = ''] = waybills;
    await rig.refunds.courier(waybill, 'stop');
    rig.refunds.buyer(afterSaleId, { status: 'paid' });
    rig.desk.pass(1);
    await rig.refunds.hear(afterSaleId);
    await rig.run();
    const now = await refundedNotBack(rig.db, null);
    expect([now.count - before.count, now.valueFen - before.valueFen]).toEqual([1, 8_900]);
    expect(now.oldestAt).toBeInstanceOf(Date);
    const filter = { shops: null, refundedNotBack: true, q: waybill };
    expect(await listReturns(rig.db, filter, { limit: 10, beforeId: null })).toMatchObject([{ waybillNo: waybill }]);
    rig.desk.pass(3 * 24 * 60 - 2);
    await rig.run();
    expect(await rig.claim(waybill)).toBeUndefined();
    rig.desk.pass(3);
    await rig.run();
    await rig.run();
    expect(await rig.claim(waybill)).toMatchObject({ kind: 'not_returned', state: 'draft', amountFen: 8_900 });
    // It comes late: the draft goes by itself.
    await rig.book(waybill, 'a×1');
    expect(await rig.claim(waybill)).toMatchObject({ state: 'dropped' });
    expect((await refundedNotBack(rig.db, null)).count).toBe(before.count);
  });
});

describe('22: accepted, then delivered', () => {
  it('drafts the claim and books no fee; a scan that it comes back drops it again', async () => {
    const { waybills } = await rig.accepted([item('a')]);
    const [waybill = ''] = waybills;
    await rig.desk.scan(waybill, 'delivered');
    await rig.run();
    expect(await intercept(waybill)).toEqual({ state: 'missed', reason: 'delivered_after_acceptance' });
    expect(await told(waybill)).toEqual({ due: 0, fees: [] });
    expect(await rig.claim(waybill)).toMatchObject({ kind: 'delivered', state: 'draft', amountFen: 8_900 });
    expect(await rig.goods(waybill)).toMatchObject({ state: 'off' });
    await rig.book(waybill, 'a×1');
    expect(await rig.claim(waybill)).toMatchObject({ state: 'dropped' });
    expect(await told(waybill)).toEqual({ due: 1, fees: ['fee'] });
  });
});

describe('withdrawn after acceptance (R80)', () => {
  it('after the stop asks for a new delivery, with the fee due, and keeps asking when it is back', async () => {
    const { afterSaleId, waybills } = await rig.accepted([item('a')]);
    const [waybill = ''] = waybills;
    await rig.refunds.courier(waybill, 'stop');
    rig.refunds.buyer(afterSaleId, { status: 'closed' });
    rig.desk.pass(1);
    await rig.refunds.hear(afterSaleId);
    const redeliver = { kind: 'redeliver', reason: 'withdrawn_after_stop', state: 'open' };
    expect(await rig.desk.tasks(waybill)).toContainEqual(redeliver);
    await rig.refunds.courier(waybill, 'return');
    await rig.desk.judge(waybill);
    expect((await rig.desk.tasks(waybill)).filter(({ kind }) => kind === 'redeliver')).toEqual([redeliver]);
    expect(await told(waybill)).toEqual({ due: 1, fees: ['fee'] });
  });

  it('once it is back asks for a new delivery too', async () => {
    const { afterSaleId, waybills } = await rig.accepted([item('a')]);
    const [waybill = ''] = waybills;
    await rig.refunds.courier(waybill, 'stop');
    await rig.refunds.courier(waybill, 'return');
    rig.refunds.buyer(afterSaleId, { status: 'closed' });
    rig.desk.pass(1);
    await rig.refunds.hear(afterSaleId);
    const asked = { kind: 'redeliver', reason: 'withdrawn_after_stop', state: 'open' };
    expect(await rig.desk.tasks(waybill)).toContainEqual(asked);
    // He applies again: nobody has to deliver it any more.
    rig.refunds.buyer(afterSaleId, { status: 'open' });
    rig.desk.pass(1);
    await rig.refunds.hear(afterSaleId);
    expect(await rig.desk.tasks(waybill)).not.toContainEqual(asked);
  });
});

it('breaks no invariant', async () => {
  expect(await verifyInvariants(rig.db, { now: new Date() })).toEqual([]);
});
