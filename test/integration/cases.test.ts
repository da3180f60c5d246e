import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resolve } from '../../src/domain/store/action-store.js';
import { takeContents } from '../../src/domain/store/contents-store.js';
import { requestIntercepts } from '../../src/domain/store/request-store.js';
import { Desk } from '../support/desk.js';
import { aPolicy, aShop } from '../support/picture.js';
import { recordReport } from '../support/record-report.js';

/** The cases of a real seller's desk, by their numbers; each was once a loss. */
let desk: Desk;
let w: string;
let n = 0;
let as: string;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(() => {
  n += 1;
  desk.configure({});
  desk.now = new Date();
  w = desk.waybill();
  as = `as-${n}`;
});

/** A parcel on the road whose intercept waits for its turn. */
async function queued(): Promise<void> {
  await desk.detail(as, [w]);
  await desk.scan(w, 'moving', 30);
  expect(await desk.row(w)).toMatchObject({ state: 'queued' });
}

describe('A. what may be intercepted', () => {
  it('4: an amount that is missing holds, is neither zero nor full, and goes to a person at the deadline', async () => {
    const { paidAmountFen: _, ...unknown } = { paidAmountFen: undefined };
    await desk.detail(as, [w], { ...unknown, paidAmountFen: undefined } as never);
    await desk.scan(w, 'moving', 30);
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'amount_unknown', rule: 'R60' });
    desk.pass(49 * 60);
    await desk.judge(w);
    expect(await desk.row(w)).toMatchObject({ state: 'needs_review', reason: 'amount_unknown' });
  });

  it('6: a type that changes ends what was not sent, and asks a person about what was', async () => {
    await queued();
    desk.pass(1);
    await desk.detail(as, [w], { type: 'return_refund' });
    expect(await desk.row(w)).toMatchObject({ state: 'withdrawn', reason: 'type_changed' });

    const sent = desk.waybill();
    await desk.detail(`${as}-b`, [sent]);
    await desk.scan(sent, 'moving', 30);
    await desk.accept(sent);
    desk.pass(1);
    await desk.detail(`${as}-b`, [sent], { type: 'return_refund' });
    expect(await desk.row(sent)).toMatchObject({ state: 'accepted' });
    expect(await desk.tasks(sent)).toEqual([
      { kind: 'decide', reason: 'type_changed_after_acceptance', state: 'open' },
    ]);
  });

  it('7: scans decide where the parcel is, and an unknown scan is never "not shipped"', async () => {
    await desk.detail(as, [w]);
    await desk.scan(w, 'out_for_delivery', 60);
    await desk.scan(w, 'moving', 10);
    // It went out, came back to the station and is out of our knowledge: the newest scan says that it moves again.
    expect(await desk.row(w)).toMatchObject({ state: 'missed', reason: 'phone_branch' });
    const other = desk.waybill();
    await desk.detail(`${as}-b`, [other]);
    await desk.scan(other, 'unknown', 5);
    expect(await desk.row(other)).toMatchObject({ state: 'held', reason: 'track_unclear', rule: 'R16' });
  });

  it('8: 999.99 passes and 1000.00 does not, over all the parcel holds', async () => {
    const named = (fen: number) => ({ rawCarrier: 'zto', rawCarrierName: null, waybillNo: w, declaredValueFen: fen });
    const paid = { refundAmountFen: 99_999, paidAmountFen: 99_999 };
    await desk.detail(as, [named(99_999)], paid);
    await desk.scan(w, 'moving', 30);
    expect(await desk.row(w)).toMatchObject({ state: 'queued' });
    await desk.detail(`${as}-b`, [named(1)], { orderId: 'order-2', refundAmountFen: 1, paidAmountFen: 1 });
    expect(await desk.row(w)).toMatchObject({ state: 'skipped', reason: 'value_too_high', rule: 'R14' });
  });
});

describe('B. orders and parcels', () => {
  const contents = (orders: { orderId: string; paidFen: number }[]) =>
    takeContents(
      desk.db,
      { carrier: 'zto', waybillNo: w },
      orders.map((o) => ({ ...o, shopId: 'dy-main' })),
      desk.now,
    );
  const both = [
    { orderId: 'order-1', paidFen: 8_900 },
    { orderId: 'order-2', paidFen: 5_000 },
  ];

  it('11: what was handed to a person stays there when the sibling is refunded too, until he resolves it', async () => {
    await desk.detail(as, [w]);
    await contents(both);
    await desk.scan(w, 'moving', 30);
    expect(await desk.row(w)).toMatchObject({ state: 'needs_review', reason: 'sibling_not_refunding', rule: 'R19' });
    await desk.detail(`${as}-b`, [w], { orderId: 'order-2', refundAmountFen: 5_000, paidAmountFen: 5_000 });
    desk.configure({ policies: [aPolicy({ auto: false })] });
    await desk.judge(w);
    desk.configure({});
    await desk.scan(w, 'moving', 1);
    expect(await desk.row(w)).toMatchObject({ state: 'needs_review' });
    const { id } = await desk.row(w);
    const what = { outcome: 'release', evidence: null, note: 'all orders are covered now' } as const;
    await resolve(desk.db, desk.env, id, what, 'user:op@example.com', desk.now);
    expect(await desk.row(w)).toMatchObject({ state: 'queued', releasedBy: 'user:op@example.com' });
  });

  it('12: a second after-sale joins the parcel; withdrawing one of them does not cancel the stop', async () => {
    await queued();
    const accepted = await desk.accept(w);
    await desk.detail(`${as}-b`, [w], { orderId: 'order-2' });
    expect(await desk.rounds(w)).toHaveLength(1);
    desk.pass(1);
    await desk.detail(as, [w], { status: 'closed' });
    expect(await desk.row(w)).toMatchObject({ id: accepted.id, state: 'accepted', cancelReason: null });
    desk.pass(1);
    await desk.detail(`${as}-b`, [w], { orderId: 'order-2', status: 'closed' });
    expect(await desk.row(w)).toMatchObject({ state: 'accepted', cancelReason: 'cancel_asked' });
  });

  it('14: another waybill ends the old one and judges the new one; an accepted one is cancelled at the courier first', async () => {
    await queued();
    const second = desk.waybill();
    await desk.detail(as, [second]);
    await desk.scan(second, 'moving', 30);
    expect(await desk.row(w)).toMatchObject({ state: 'withdrawn', reason: 'waybill_changed' });
    await desk.accept(second);
    const third = desk.waybill();
    await desk.detail(as, [third]);
    expect(await desk.row(second)).toMatchObject({ state: 'accepted', cancelReason: 'waybill_changed' });
    expect(await desk.row(third)).toMatchObject({ state: 'held', reason: 'checking' });
  });

  it('R61: a part of the same order waits and goes on by itself when the rest is refunded', async () => {
    await desk.detail(as, [w], { refundAmountFen: 4_000, paidAmountFen: 4_000 });
    await contents([{ orderId: 'order-1', paidFen: 8_900 }]);
    await desk.scan(w, 'moving', 30);
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'parcel_not_whole', rule: 'R61' });
    await desk.detail(`${as}-b`, [w], { refundAmountFen: 4_900, paidAmountFen: 4_900 });
    expect(await desk.row(w)).toMatchObject({ state: 'queued' });
  });

  it('R62: a shop that wants contents known sends nothing without them, and not on old ones', async () => {
    desk.configure({ shops: [aShop({ requireContents: true })] });
    await desk.detail(as, [w]);
    await desk.scan(w, 'moving', 30);
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'contents_unknown', rule: 'R62' });
    await contents([{ orderId: 'order-1', paidFen: 8_900 }]);
    await desk.judge(w);
    expect(await desk.row(w)).toMatchObject({ state: 'queued' });
    desk.pass(2);
    await desk.judge(w);
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'contents_unknown' });
  });
});

describe('C. tracking and time', () => {
  it('17: no trace holds however often it is said, a pick-up sends, and the deadline tells a person', async () => {
    await desk.detail(as, [w]);
    for (let times = 0; times < 10; times += 1) await desk.look(w, 'empty');
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'not_picked_up', rule: 'R16' });
    await desk.scan(w, 'picked_up');
    expect(await desk.row(w)).toMatchObject({ state: 'queued' });

    const never = desk.waybill();
    await desk.detail(`${as}-b`, [never]);
    await desk.look(never, 'empty');
    desk.pass(49 * 60);
    await desk.judge(never);
    expect(await desk.row(never)).toMatchObject({ state: 'expired', reason: 'never_picked_up' });
    expect(await desk.tasks(never)).toEqual([{ kind: 'pull_in_warehouse', reason: 'never_picked_up', state: 'open' }]);
  });

  it('R67: a look that failed proves nothing and erases nothing', async () => {
    await desk.detail(as, [w]);
    await desk.look(w, 'failed');
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'checking' });
    await desk.scan(w, 'moving', 5);
    await desk.look(w, 'failed');
    await desk.look(w, 'empty');
    expect(await desk.row(w)).toMatchObject({ state: 'queued' });
  });

  it('20: a parcel that is on its way back already is not asked for', async () => {
    await desk.detail(as, [w]);
    await desk.scan(w, 'out_for_delivery', 60);
    const other = desk.waybill();
    await desk.detail(`${as}-b`, [other]);
    await desk.scan(other, 'returning', 5);
    expect(await desk.row(other)).toMatchObject({ state: 'returned', reason: 'already_returning' });
    expect(await desk.fees(other)).toEqual([]);
  });

  it('21: out for delivery between decision and send means no call, a phone task, and a return scan closes it', async () => {
    await queued();
    await desk.scan(w, 'out_for_delivery');
    expect(await desk.row(w)).toMatchObject({ state: 'missed', reason: 'phone_branch', rule: 'R16' });
    expect(await desk.claim(w)).toBeNull();
    expect(await desk.tasks(w)).toEqual([{ kind: 'phone_branch', reason: 'phone_branch', state: 'open' }]);
    desk.pass(5);
    await desk.scan(w, 'moving');
    expect(await desk.row(w)).toMatchObject({ state: 'missed' });
    desk.pass(5);
    await desk.scan(w, 'returning');
    expect(await desk.row(w)).toMatchObject({ state: 'returned' });
    expect(await desk.tasks(w)).toEqual([{ kind: 'phone_branch', reason: 'phone_branch', state: 'closed' }]);
  });

  it('22: accepted and delivered all the same is missed, without a fee, a case for a claim (R52)', async () => {
    await queued();
    await desk.accept(w);
    desk.pass(40);
    await desk.scan(w, 'delivered');
    expect(await desk.row(w)).toMatchObject({ state: 'missed', reason: 'delivered_after_acceptance', rule: 'R52' });
    expect(await desk.fees(w)).toEqual([]);
  });
});

describe('D and E. unknown outcomes, withdrawal', () => {
  it('27: a withdrawal before the send ends it, although its job is in Redis already', async () => {
    await queued();
    desk.pass(1);
    await desk.detail(as, [w], { status: 'closed' });
    expect(await desk.row(w)).toMatchObject({ state: 'withdrawn', reason: 'refund_withdrawn' });
    expect(await desk.claim(w)).toBeNull();
  });

  it('29: applied again after a withdrawal is a new round with a new request id, once', async () => {
    await queued();
    const first = await desk.row(w);
    desk.pass(1);
    await desk.detail(as, [w], { status: 'closed' });
    desk.pass(1);
    await desk.detail(`${as}-b`, [w]);
    await desk.judge(w);
    const rounds = await desk.rounds(w);
    expect(rounds.map((r) => [r.round, r.state])).toEqual([
      [2, 'queued'],
      [1, 'withdrawn'],
    ]);
    expect(rounds[0]?.requestId).not.toBe(first.requestId);
  });

  it('29: after a stop that took, a new after-sale is linked and nothing is sent again', async () => {
    await queued();
    const accepted = await desk.accept(w);
    const steps = [{ event: 'stop', reason: 'courier_stopped' }] as const;
    const report = {
      call: null,
      look: null,
      steps,
      settle: null,
      nextAt: desk.now,
      absentSince: null,
      cancelAnswered: false,
    };
    await recordReport(desk.db, desk.env, accepted, report, desk.now);
    await desk.scan(w, 'returned');
    await desk.detail(`${as}-b`, [w]);
    expect(await desk.rounds(w)).toHaveLength(1);
    expect(await desk.retry(w)).toEqual({ ok: false, why: 'already_stopped' });
  });

  it('30: knowledge older than the policy allows is read once more before anything is sent (R72)', async () => {
    await queued();
    desk.pass(11);
    await desk.judge(w);
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'rechecking' });
    const owed = await desk.db.rows('SELECT 1 FROM after_sale WHERE after_sale_id = ? AND enrich_at IS NOT NULL', [as]);
    expect(owed).toHaveLength(1);
    await desk.detail(as, [w], { status: 'closed' });
    expect(await desk.row(w)).toMatchObject({ state: 'withdrawn' });
  });

  it('30: a request repeated after the withdrawal does not revive it', async () => {
    await queued();
    const shop = aShop();
    const request = {
      shopId: shop.id,
      afterSaleId: `${as}-r`,
      orderId: 'order-9',
      type: 'refund_only',
      refundAmountFen: 100,
      paidAmountFen: 100,
      parcels: [{ carrier: 'zto', waybillNo: desk.waybill(), declaredValueFen: 100, pickedUpAt: desk.now }],
    } as const;
    const [first] = (await requestIntercepts(desk.db, desk.env, shop, request, 'token:erp', desk.now)).intercepts;
    desk.pass(1);
    await desk.detail(request.afterSaleId, [request.parcels[0].waybillNo], { status: 'closed' });
    desk.pass(1);
    const again = await requestIntercepts(desk.db, desk.env, shop, request, 'token:erp', desk.now);
    expect(again).toMatchObject({ created: false, intercepts: [{ id: first?.id, state: 'withdrawn' }] });
  });

  it('R21: a refused refund that goes to arbitration is intercepted', async () => {
    await desk.detail(as, [w], { status: 'refused' });
    await desk.scan(w, 'moving', 30);
    expect(await desk.row(w)).toMatchObject({ state: 'skipped', reason: 'after_sale_not_open' });
    desk.pass(1);
    await desk.detail(as, [w], { status: 'refused', arbitration: 'applied' });
    expect(await desk.row(w)).toMatchObject({ state: 'queued', round: 2 });
  });

  it('R76: observe, approve and older than the start mark are held and released by a person only', async () => {
    desk.configure({ shops: [aShop({ mode: 'observe' })] });
    await desk.detail(as, [w]);
    await desk.scan(w, 'moving', 30);
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'observe_only', rule: 'R76' });
    desk.configure({ shops: [aShop({ mode: 'approve' })] });
    await desk.judge(w);
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'approval' });
    desk.configure({ shops: [aShop({ autoFrom: new Date(desk.now.getTime() + 60_000) })] });
    await desk.judge(w);
    expect(await desk.row(w)).toMatchObject({ state: 'held', reason: 'before_start' });
    expect(await desk.retry(w)).toMatchObject({ ok: true, row: { state: 'queued' } });
  });
});
