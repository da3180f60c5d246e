import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { turnRefund } from '../../../src/domain/store/refund-work-store.js';
import { verifyInvariants } from '../../../src/domain/store/verify-store.js';
import { refundEnv } from '../../../src/producers/refund.js';
import { type CallFate, RefundRig } from '../../support/refund-rig.js';

let rig: RefundRig;

beforeAll(async () => {
  rig = await RefundRig.open();
});
afterAll(() => rig.close());

/** What may happen to one refund, in any order and as often as it likes. */
const FATES = ['done', 'done_unheard', 'unheard', 'refused', 'not_sent', 'throttled', 'outcome_unknown'] as const;
const event = fc.oneof(
  fc.constant({ what: 'stop' as const }),
  fc.constant({ what: 'return' as const }),
  fc.constant({ what: 'withdraw' as const }),
  fc.constant({ what: 'hear' as const }),
  fc.constant({ what: 'restart' as const }),
  fc.constant({ what: 'three workers' as const }),
  fc.constant({ what: 'die after the claim' as const }),
  fc.constant({ what: 'die after the payment' as const }),
  fc.record({ what: fc.constant('change' as const), fen: fc.constantFrom(8_900, 2_000) }),
  fc.record({ what: fc.constant('fate' as const), fate: fc.constantFrom<CallFate>(...FATES) }),
  fc.record({ what: fc.constant('pass' as const), minutes: fc.constantFrom(1, 2, 12) }),
);

/** A process that dies: what it claimed is claimed, what it had the platform do is done, and it records nothing. */
async function die(afterSaleId: string, paysFirst: boolean): Promise<void> {
  const { db } = rig.desk;
  const due = await db.rows<{ id: string; afterSaleId: string }>(
    `SELECT r.id, r.after_sale_id AS afterSaleId FROM refund_action r JOIN after_sale a ON a.id = r.after_sale_id
     WHERE a.after_sale_id = ? AND r.state = 'waiting'`,
    [afterSaleId],
  );
  for (const one of due) {
    const turn = await turnRefund(db, refundEnv(rig.deps), one, 60_000, rig.desk.now);
    if (turn.next !== 'call') continue;
    if (paysFirst)
      await rig.deps
        .platformOf('dy-main')
        ?.refunds?.agree(turn.claim.order, NO_CALL, 0)
        .catch(() => null);
    await db.run('UPDATE refund_action SET lease_until = NOW(3) - INTERVAL 1 SECOND WHERE id = ?', [one.id]);
  }
}
const NO_CALL = { send: () => Promise.reject(new Error('nothing is sent here')) };

describe('for any order of events, crashes and lost answers', () => {
  it('no refund is paid twice, none after a withdrawal, none of another amount (R73)', async () => {
    let paid = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 9 }), async (events) => {
        rig.fate = 'done';
        rig.paid.length = 0;
        const { afterSaleId, waybills } = await rig.accepted();
        const waybill = waybills[0] ?? '';
        for (const one of events) {
          switch (one.what) {
            case 'stop':
              if ((await rig.desk.row(waybill)).state === 'accepted') await rig.courier(waybill, 'stop');
              break;
            case 'return':
              if ((await rig.desk.row(waybill)).state === 'intercepted') await rig.courier(waybill, 'return');
              break;
            case 'withdraw':
              // What is paid cannot be withdrawn any more.
              if (rig.at(afterSaleId).status === 'open') rig.buyer(afterSaleId, { status: 'closed' });
              break;
            case 'change':
              if (rig.at(afterSaleId).status === 'open') rig.buyer(afterSaleId, { refundFen: one.fen });
              break;
            case 'hear':
              await rig.hear(afterSaleId);
              break;
            case 'restart':
              rig.restart();
              break;
            case 'three workers':
              await Promise.all([rig.run(), rig.turn(), rig.turn()]);
              break;
            case 'die after the claim':
              await die(afterSaleId, false);
              break;
            case 'die after the payment':
              await die(afterSaleId, true);
              break;
            case 'fate':
              rig.fate = one.fate;
              break;
            case 'pass':
              rig.desk.pass(one.minutes - 1);
              await rig.pass(1);
              break;
          }
        }
        rig.fate = 'done';
        await rig.pass(3);
        const mine = rig.paid.filter((payment) => payment.afterSaleId === afterSaleId);
        expect(mine.length).toBeLessThanOrEqual(1);
        paid += mine.length;
        for (const { fen } of mine) expect(fen).toBe(8_900);
        if (mine.length > 0) expect(rig.at(afterSaleId).status).toBe('agreed');
      }),
      { numRuns: 20 },
    );
    // Else it would prove nothing.
    expect(paid).toBeGreaterThan(0);
    const found = await verifyInvariants(rig.desk.db, { now: rig.desk.now });
    expect(found.filter(({ invariant }) => invariant.startsWith('R73'))).toEqual([]);
  });
});
