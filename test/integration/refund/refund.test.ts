import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { takeRefundStep } from '../../../src/domain/store/refund-person-store.js';
import { turnRefund } from '../../../src/domain/store/refund-work-store.js';
import { refundEnv } from '../../../src/producers/refund.js';
import { RefundRig } from '../../support/refund-rig.js';

let rig: RefundRig;

beforeAll(async () => {
  rig = await RefundRig.open();
});
afterAll(() => rig.close());
beforeEach(async () => {
  rig.configure({});
  rig.fate = 'done';
  rig.lookWorks = true;
  rig.paid.length = 0;
  rig.calls = 0;
  await rig.desk.db.run(`UPDATE refund_action SET next_at = NULL`);
});

const person = (id: string, step: 'approve' | 'done') =>
  takeRefundStep(rig.desk.db, { id, step, actor: 'user:fin@example.com', note: null, shops: null }, rig.desk.now);

describe('case 31: accepted is not enough, once is enough', () => {
  it('pays nothing at accepted, once at intercepted, the exact amount with the version, and proves it (R73)', async () => {
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.run();
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'waiting', reason: 'refund_waits' });
    await rig.courier(waybills[0] ?? '', 'stop');
    await rig.run();
    expect(rig.paid).toEqual([{ afterSaleId, fen: 8_900 }]);
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'acknowledged', amountFen: 8_900 });
    await rig.pass(1);
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'confirmed', reason: 'refund_agreed' });
    await rig.pass(5);
    expect(rig.calls).toBe(1);
    expect(await rig.steps(afterSaleId)).toEqual(['open', 'claim', 'acknowledge', 'confirm']);
  });

  it('pays nothing for an amount that changed meanwhile: a person decides, and his approval is of the new amount', async () => {
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.run();
    rig.buyer(afterSaleId, { refundFen: 2_000 });
    await rig.courier(waybills[0] ?? '', 'stop');
    await rig.desk.pass(5);
    await rig.run();
    const row = await rig.refund(afterSaleId);
    expect(row).toMatchObject({ state: 'asked', reason: 'refund_changed' });
    expect(rig.calls).toBe(0);
    expect(await rig.desk.tasks(waybills[0] ?? '')).toEqual([
      { kind: 'refund', reason: 'refund_changed', state: 'open' },
    ]);
    expect(await person(row?.id ?? '', 'approve')).toEqual({ ok: true });
    await rig.run();
    expect(rig.paid).toEqual([{ afterSaleId, fen: 2_000 }]);
    expect(await rig.desk.tasks(waybills[0] ?? '')).toMatchObject([{ state: 'closed' }]);
  });

  it('pays nothing for an amount that changed before its case was opened: it counts what was judged', async () => {
    const { afterSaleId, waybills } = await rig.accepted();
    rig.buyer(afterSaleId, { refundFen: 2_000 });
    await rig.hear(afterSaleId);
    await rig.courier(waybills[0] ?? '', 'stop');
    await rig.run();
    await rig.pass(2);
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'asked', reason: 'refund_changed', amountFen: 8_900 });
    expect(rig.calls).toBe(0);
  });

  it.each(['done_unheard', 'unheard'] as const)(
    'reads an answer that was lost back (%s) and never calls twice',
    async (fate) => {
      const { afterSaleId, waybills } = await rig.accepted();
      rig.fate = fate;
      await rig.courier(waybills[0] ?? '', 'stop');
      await rig.run();
      expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'unknown', reason: 'refund_unproved' });
      rig.fate = 'done';
      await rig.pass(20);
      const done = fate === 'done_unheard';
      expect(await rig.refund(afterSaleId)).toMatchObject(
        done ? { state: 'confirmed' } : { state: 'unknown', reason: 'refund_never_proved' },
      );
      expect(rig.calls).toBe(1);
      expect(rig.paid).toHaveLength(done ? 1 : 0);
      const row = await rig.refund(afterSaleId);
      expect(await person(row?.id ?? '', 'approve')).toMatchObject({ ok: false });
    },
  );

  it('looks at the after-sale and at the road before money moves, and not without both', async () => {
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.courier(waybills[0] ?? '', 'stop');
    rig.desk.pass(10);
    const { reads, looks } = rig;
    rig.lookWorks = false;
    await rig.run();
    expect(rig.calls).toBe(0);
    rig.lookWorks = true;
    await rig.pass(1);
    expect(rig.reads).toBeGreaterThan(reads);
    expect(rig.looks).toBeGreaterThan(looks);
    expect(rig.paid).toEqual([{ afterSaleId, fen: 8_900 }]);
  });

  it('pays nothing for one that was withdrawn a moment ago (R72)', async () => {
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.courier(waybills[0] ?? '', 'stop');
    rig.desk.pass(10);
    rig.buyer(afterSaleId, { status: 'closed' });
    await rig.run();
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'dropped', reason: 'refund_gone' });
    expect(rig.calls).toBe(0);
  });

  it.each(['not_sent', 'throttled', 'unavailable', 'credentials'] as const)(
    'tries again after %s: nothing was done',
    async (fate) => {
      const { afterSaleId, waybills } = await rig.accepted();
      await rig.courier(waybills[0] ?? '', 'stop');
      rig.fate = fate;
      await rig.run();
      expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'waiting', reason: 'refund_not_sent' });
      rig.fate = 'done';
      await rig.pass(2);
      expect(rig.paid).toEqual([{ afterSaleId, fen: 8_900 }]);
    },
  );

  it.each(['refused', 'bad_request'] as const)(
    'hands a refusal (%s) to a person, who may have it sent once more',
    async (fate) => {
      const { afterSaleId, waybills } = await rig.accepted();
      await rig.courier(waybills[0] ?? '', 'stop');
      rig.fate = fate;
      await rig.run();
      const row = await rig.refund(afterSaleId);
      expect(row).toMatchObject({ state: 'asked', reason: 'refund_refused' });
      rig.fate = 'done';
      await rig.pass(2);
      expect(rig.paid).toHaveLength(0);
      await person(row?.id ?? '', 'approve');
      await rig.pass(1);
      expect(rig.paid).toHaveLength(1);
    },
  );
});

describe('a refund that waits', () => {
  it('for all parcels of its after-sale (R74)', async () => {
    const { afterSaleId, waybills } = await rig.accepted(3);
    await rig.courier(waybills[0] ?? '', 'stop');
    await rig.courier(waybills[1] ?? '', 'stop');
    await rig.run();
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'waiting', reason: 'refund_not_all' });
    await rig.courier(waybills[2] ?? '', 'stop');
    await rig.run();
    expect(rig.paid).toEqual([{ afterSaleId, fen: 8_900 }]);
  });

  it('for the hours of the policy, and looks anew when they open (case 32)', async () => {
    rig.configure({ policy: { hours: '09:00-21:00' } });
    const { afterSaleId, waybills } = await rig.accepted();
    rig.desk.now = new Date('2027-01-10T18:00:00Z');
    await rig.courier(waybills[0] ?? '', 'stop');
    await rig.run();
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'waiting', reason: 'refund_hours' });
    rig.desk.now = new Date('2027-01-11T00:59:30Z');
    await rig.run();
    expect(rig.calls).toBe(0);
    await rig.pass(1);
    expect(rig.paid).toEqual([{ afterSaleId, fen: 8_900 }]);
  });

  it('for a person where the shop says so (R76), and hears him once', async () => {
    rig.configure({ shop: { refundMode: 'approve' } });
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.courier(waybills[0] ?? '', 'stop');
    await rig.run();
    const id = (await rig.refund(afterSaleId))?.id ?? '';
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'asked', reason: 'refund_approval' });
    expect(await person(id, 'approve')).toEqual({ ok: true });
    await rig.run();
    expect(rig.paid).toHaveLength(1);
    expect(await person(id, 'approve')).toEqual({ ok: false, why: 'refund_sent' });
    const audit = await rig.desk.db.rows('SELECT actor FROM audit WHERE subject = ?', [id]);
    expect(audit).toEqual([{ actor: 'user:fin@example.com' }]);
  });

  it('for nothing when it was settled by hand', async () => {
    rig.configure({ shop: { refundMode: 'approve' } });
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.courier(waybills[0] ?? '', 'stop');
    await rig.run();
    await person((await rig.refund(afterSaleId))?.id ?? '', 'done');
    rig.configure({});
    await rig.courier(waybills[0] ?? '', 'return');
    await rig.pass(3);
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'dropped', reason: 'refund_done_by_hand' });
    expect(rig.calls).toBe(0);
  });
});

describe('case 34: the platform refunds by itself', () => {
  it('is told nothing; intercepted, refunded and returned are three times', async () => {
    rig.configure({ shop: { channel: 'platform' } });
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.courier(waybills[0] ?? '', 'stop');
    await rig.pass(3);
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'waiting', reason: 'refund_platform_pays' });
    rig.buyer(afterSaleId, { status: 'agreed' });
    await rig.hear(afterSaleId);
    await rig.courier(waybills[0] ?? '', 'return');
    await rig.pass(1);
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'dropped', reason: 'refund_settled' });
    expect((await rig.desk.row(waybills[0] ?? '')).state).toBe('returned');
    expect(rig.calls).toBe(0);
  });
});

describe('case 33: the platform’s clock', () => {
  const soon = () => rig.desk.now.getTime() + 3_600_000;

  it('rejects once what was missed, before silence refunds it, and proves it', async () => {
    rig.configure({ policy: { atPlatformDeadline: 'reject' } });
    const { afterSaleId, waybills } = await rig.accepted(1, soon());
    await rig.courier(waybills[0] ?? '', 'miss');
    await rig.run();
    expect(await rig.refund(afterSaleId)).toMatchObject({ reason: 'refund_lost_way' });
    await rig.pass(35);
    expect(rig.rejected).toContain(afterSaleId);
    expect(await rig.refund(afterSaleId, 'reject')).toMatchObject({ state: 'confirmed', reason: 'refund_rejected' });
    await rig.pass(12);
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'dropped', reason: 'refund_gone' });
    expect(rig.calls).toBe(1);
  });

  it('asks a person where it may not reject, once', async () => {
    const { waybills } = await rig.accepted(1, soon());
    await rig.courier(waybills[0] ?? '', 'miss');
    await rig.pass(35);
    expect(await rig.desk.tasks(waybills[0] ?? '')).toEqual([
      { kind: 'refund', reason: 'refund_clock_ends', state: 'open' },
    ]);
    expect(rig.calls).toBe(0);
  });
});

describe('more than one process', () => {
  it('pays once when all of them turn the same case', async () => {
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.courier(waybills[0] ?? '', 'stop');
    await rig.run();
    await rig.desk.db.run(`UPDATE refund_action SET next_at = ?`, [rig.desk.now]);
    await Promise.all([rig.turn(), rig.turn(), rig.turn()]);
    expect(rig.paid).toEqual([{ afterSaleId, fen: 8_900 }]);
    expect(rig.calls).toBe(1);
  });

  it('asks the platform no more often than one process would, so that a shop’s calls are not spent on asking twice', async () => {
    for (const processes of [1, 3]) {
      const { waybills } = await rig.accepted();
      await rig.courier(waybills[0] ?? '', 'stop');
      rig.fate = 'done_unheard';
      await rig.run();
      rig.desk.pass(1);
      const reads = rig.reads;
      await Promise.all(Array.from({ length: processes }, () => rig.turn()));
      expect({ processes, reads: rig.reads - reads }).toEqual({ processes, reads: 1 });
    }
  });

  it('reads back what a dead one had claimed, and follows steps that the dead one had not seen', async () => {
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.courier(waybills[0] ?? '', 'stop');
    rig.fate = 'not_sent';
    await rig.run();
    const id = (await rig.refund(afterSaleId))?.id ?? '';
    const own = await rig.desk.db.rows<{ afterSaleId: string }>(
      'SELECT after_sale_id AS afterSaleId FROM refund_action WHERE id = ?',
      [id],
    );
    rig.desk.pass(1);
    const turn = await turnRefund(
      rig.desk.db,
      refundEnv(rig.deps),
      { id, afterSaleId: own[0]?.afterSaleId ?? '' },
      60_000,
      rig.desk.now,
    );
    expect(turn.next).toBe('call');
    await rig.desk.db.run(
      'UPDATE refund_action SET lease_until = NOW(3) - INTERVAL 1 SECOND, next_at = ? WHERE id = ?',
      [rig.desk.now, id],
    );
    rig.fate = 'done';
    rig.restart();
    await rig.pass(20);
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'unknown', reason: 'refund_never_proved' });
    expect(rig.paid).toHaveLength(0);
  });
});
