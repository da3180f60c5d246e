import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { shopsWithRefunds, takeDueRefunds } from '../../../src/domain/store/refund-due-store.js';
import { RefundShops } from '../../../src/producers/refund-shops.js';
import { aShop } from '../../support/picture.js';
import { RefundRig } from '../../support/refund-rig.js';
import { touching } from '../../support/touching.js';
import { until } from '../../support/until.js';

let rig: RefundRig;

beforeAll(async () => {
  rig = await RefundRig.open();
});
afterAll(() => rig.close());
beforeEach(async () => {
  rig.configure({ others: [aShop({ id: 'dy-second', platformShopId: '2', refundMode: 'auto' })] });
  rig.fate = 'done';
  rig.paid.length = 0;
  await rig.desk.db.run(`UPDATE refund_action SET next_at = NULL`);
});

/** Stopped parcels whose refunds wait at these shops and are due. */
async function dueAt(...shopIds: readonly string[]): Promise<string[]> {
  const { db, now } = rig.desk;
  const made: string[] = [];
  for (const _ of shopIds) {
    const { afterSaleId, waybills } = await rig.accepted();
    await rig.courier(waybills[0] ?? '', 'stop');
    made.push(afterSaleId);
  }
  rig.fate = 'not_sent';
  await rig.run();
  rig.fate = 'done';
  for (const [at, afterSaleId] of made.entries()) {
    await db.run(
      `UPDATE refund_action r JOIN after_sale a ON a.id = r.after_sale_id SET r.shop_id = ?, a.shop_id = ?, r.next_at = ?
       WHERE a.after_sale_id = ?`,
      [shopIds[at] ?? '', shopIds[at] ?? '', new Date(now.getTime() - 60_000 + at), afterSaleId],
    );
  }
  return made;
}

/** Decisions of one shop, straight in the table; the first ones have been due longest. */
async function many(shopId: string, state: 'waiting' | 'acknowledged' | 'confirmed', count: number): Promise<void> {
  const isEnded = state === 'confirmed';
  const called = state === 'waiting' ? null : rig.desk.now;
  await rig.desk.db.run(
    `INSERT INTO refund_action (id, after_sale_id, operation, state, reason, shop_id, platform, intercept_id, amount_fen,
       called_at, next_at, created_at, updated_at)
     SELECT CONCAT(?, LPAD(seq, 6, '0')), CONCAT(?, LPAD(seq, 6, '0')), 'agree', ?, 'refund_waits', ?, 'douyin', 'none', 8900, ?,
       ${isEnded ? 'NULL' : '? - INTERVAL 1 HOUR + INTERVAL seq SECOND'}, NOW(3), NOW(3) FROM seq_1_to_${count}`,
    [`${shopId}-${state}-`, `${shopId}-${state}-`, state, shopId, called, ...(isEnded ? [] : [rig.desk.now])],
  );
}

describe('the refunds of several shops', () => {
  it('go on at one while the platform of another hangs, and at that one with one decision at a time', async () => {
    const due = await dueAt('dy-main', 'dy-main', 'dy-second');
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let waiting = 0;
    const deps = {
      ...rig.deps,
      openCall: async (shop: string) => {
        if (shop === 'dy-main') {
          waiting += 1;
          await gate;
        }
        return rig.deps.openCall(shop);
      },
    };
    const shops = new RefundShops(() => undefined);
    expect(await shops.start(deps)).toBe(2);
    await until(() => rig.paid.length === 1 && waiting > 0, { what: 'the second shop to be paid', timeoutMs: 10_000 });
    expect(rig.paid[0]?.afterSaleId).toBe(due[2]);
    expect(await shops.start(deps)).toBe(0);
    expect(waiting).toBe(1);
    open();
    await shops.idle();
    expect(rig.paid.map(({ afterSaleId }) => afterSaleId).sort()).toEqual(due.sort());
  });

  it('go on at a shop when one of them cannot be turned: it is due again by itself', async () => {
    const [broken, good] = await dueAt('dy-main', 'dy-main');
    const told: Record<string, unknown>[] = [];
    let calls = 0;
    const deps = {
      ...rig.deps,
      env: () => {
        calls += 1;
        if (calls === 1) throw new Error('planted');
        return rig.deps.env();
      },
      log: (event: string, fields: Record<string, unknown>) => {
        if (event === 'refund.failed') told.push(fields);
      },
    };
    const shops = new RefundShops(() => undefined);
    await shops.start(deps);
    await shops.idle();
    expect(rig.paid.map(({ afterSaleId }) => afterSaleId)).toEqual([good]);
    expect(told).toEqual([{ shop: 'dy-main', why: 'planted' }]);
    rig.desk.pass(1);
    await rig.turn();
    expect(rig.paid.map(({ afterSaleId }) => afterSaleId)).toEqual([good, broken]);
  });

  it('are not begun any more once this process stops', async () => {
    await dueAt('dy-main');
    const shops = new RefundShops(() => undefined);
    const begun = shops.start(rig.deps);
    await shops.stop();
    expect(await begun).toBe(0);
    expect(rig.paid).toEqual([]);
  });

  it('that were called are read back although thousands wait before them, which nobody else takes meanwhile', async () => {
    await many('dy-flood', 'waiting', 40);
    await many('dy-flood', 'acknowledged', 40);
    const { db, now } = rig.desk;
    const first = await takeDueRefunds(db, 'dy-flood', 8, now);
    const ids = (state: string) => [1, 2, 3, 4].map((n) => `dy-flood-${state}-00000${n}`);
    expect(first.map(({ id }) => id)).toEqual([...ids('acknowledged'), ...ids('waiting')]);
    const others = await Promise.all(Array.from({ length: 20 }, () => takeDueRefunds(db, 'dy-flood', 8, now)));
    const all = [...first, ...others.flat()].map(({ id }) => id);
    expect(new Set(all).size).toBe(all.length);
    await db.run(`DELETE FROM refund_action WHERE shop_id = 'dy-flood'`);
  });

  it('are found and taken without looking through those that have ended or belong to others', async () => {
    await many('dy-flood', 'confirmed', 5_000);
    await many('dy-flood', 'waiting', 5_000);
    await many('dy-second', 'waiting', 5);
    const { db, now } = rig.desk;
    await db.run('ANALYZE TABLE refund_action');
    const shops = await touching(db, (same) => shopsWithRefunds(same, now));
    expect(shops.result.sort()).toEqual(['dy-flood', 'dy-second']);
    expect(shops.touched).toBeLessThan(40);
    for (const [shop, count] of [
      ['dy-second', 5],
      ['dy-flood', 8],
    ] as const) {
      const taken = await touching(db, (same) => takeDueRefunds(same, shop, 8, now));
      expect(taken.result).toHaveLength(count);
      expect(taken.touched).toBeLessThan(100);
    }
    await db.run(`DELETE FROM refund_action WHERE id LIKE 'dy-%'`);
  });
});
