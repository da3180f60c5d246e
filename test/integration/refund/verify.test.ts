import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyInvariants } from '../../../src/domain/store/verify-store.js';
import { RefundRig } from '../../support/refund-rig.js';

let rig: RefundRig;
let id = '';
let afterSaleId = '';

beforeAll(async () => {
  rig = await RefundRig.open();
});
afterAll(() => rig.close());
beforeEach(async () => {
  await rig.desk.db.run('DELETE FROM refund_action');
  const made = await rig.accepted();
  afterSaleId = made.afterSaleId;
  await rig.courier(made.waybills[0] ?? '', 'stop');
  await rig.run();
  await rig.pass(1);
  id = (await rig.refund(afterSaleId))?.id ?? '';
});

const broken = async () =>
  (await verifyInvariants(rig.desk.db, { now: rig.desk.now }))
    .filter(({ invariant }) => invariant.startsWith('R73'))
    .map(({ invariant, sample }) => [invariant, ...sample]);

describe('what verify says of refunds', () => {
  it('finds nothing wrong with one that was agreed and proved', async () => {
    expect(await rig.refund(afterSaleId)).toMatchObject({ state: 'confirmed' });
    expect(await broken()).toEqual([]);
  });

  it('finds a second call that may have paid', async () => {
    await rig.desk.db.run(
      `INSERT INTO refund_step (refund_id, version, from_state, event, to_state, actor, reason, at)
       VALUES (?, 90, 'waiting', 'claim', 'started', 'system', 'refund_sending', ?)`,
      [id, rig.desk.now],
    );
    expect(await broken()).toEqual([['R73_paid_twice', `douyin/dy-main/${afterSaleId}`]]);
  });

  it('finds one that was agreed for an after-sale that the buyer had withdrawn', async () => {
    rig.buyer(afterSaleId, { status: 'closed' });
    rig.desk.pass(1);
    await rig.hear(afterSaleId);
    expect(await broken()).toEqual([['R73_not_owed', id]]);
  });

  it('finds an amount that is not the after-sale’s', async () => {
    await rig.desk.db.run('UPDATE refund_action SET amount_fen = amount_fen + 1 WHERE id = ?', [id]);
    expect(await broken()).toEqual([['R73_amount', id]]);
  });

  it('finds one that nobody reads back', async () => {
    await rig.desk.db.run(`UPDATE refund_action SET state = 'unknown', next_at = NULL WHERE id = ?`, [id]);
    expect(await broken()).toEqual([['R73_unfollowed', id]]);
  });

  it('is kept by the database too: no second decision of an after-sale, no payment without its call', async () => {
    const again = `INSERT INTO refund_action (id, after_sale_id, operation, state, reason, shop_id, platform, intercept_id, created_at, updated_at)
      SELECT 'x', after_sale_id, operation, 'waiting', reason, shop_id, platform, intercept_id, created_at, updated_at FROM refund_action WHERE id = ?`;
    await expect(rig.desk.db.run(again, [id])).rejects.toThrow(/Duplicate/);
    await expect(rig.desk.db.run('UPDATE refund_action SET called_at = NULL WHERE id = ?', [id])).rejects.toThrow(
      /CONSTRAINT|check/i,
    );
  });
});
