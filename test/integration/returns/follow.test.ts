import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { move } from '../../../src/domain/store/intercept-store.js';
import { StepFollower, type TakeSteps } from '../../../src/producers/step-follower.js';
import { GoodsRig } from '../../support/goods-rig.js';

/** More than a page of what follows the goods. */
const MANY = 130;

let rig: GoodsRig;
beforeAll(async () => {
  rig = await GoodsRig.open();
});
afterAll(() => rig.close());
beforeEach(() => {
  rig.desk.now = new Date();
});

const cursor = async () =>
  (await rig.db.rows<{ id: number }>(`SELECT last_id AS id FROM follow_cursor WHERE name = 'returns'`))[0]?.id ?? 0;
const newest = async () => (await rig.db.rows<{ id: number }>('SELECT MAX(id) AS id FROM transition'))[0]?.id ?? 0;

/** Accepted orders, one after the other, that nobody has followed yet. */
async function peak(count: number): Promise<string[]> {
  const waybills: string[] = [];
  for (let n = 0; n < count; n += 1) waybills.push(...(await rig.refunds.accepted()).waybills);
  return waybills;
}

/** A follower of its own that only notes the numbers it was given. */
function noting(): { readonly follower: StepFollower; readonly taken: number[]; readonly take: TakeSteps } {
  const taken: number[] = [];
  const take: TakeSteps = async ({ after, upTo }) => {
    const rows = await rig.db.rows<{ id: number }>('SELECT id FROM transition WHERE id > ? AND id <= ?', [after, upTo]);
    taken.push(...rows.map(({ id }) => id));
    return { to: upTo, more: false };
  };
  return { follower: new StepFollower('returns', 0), taken, take };
}

describe('the steps of a peak', () => {
  it('are followed to their end: more steps in a minute than a page holds once left all that came later unread for ever', async () => {
    const waybills = await peak(MANY);
    await rig.run();
    await rig.run();
    for (const waybill of waybills) expect(await rig.goods(waybill)).toMatchObject({ state: 'expected' });
  });

  it('are behind the cursor a minute later, so that a process that starts does not read them again', async () => {
    await peak(3);
    await rig.run();
    const last = await newest();
    expect(await cursor()).toBeLessThan(last);
    rig.desk.pass(2);
    await rig.run();
    expect(await cursor()).toBe(last);
    const { follower, taken, take } = noting();
    await follower.follow(rig.db, rig.desk.now, take);
    expect(taken).toEqual([]);
  });

  it('are read once each by the same process', async () => {
    const { follower, taken, take } = noting();
    const from = await cursor();
    await peak(3);
    for (let run = 0; run < 3; run += 1) await follower.follow(rig.db, rig.desk.now, take);
    expect(taken.length).toBeGreaterThan(0);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length).toBe(
      (await rig.db.rows<{ n: number }>('SELECT COUNT(*) AS n FROM transition WHERE id > ?', [from]))[0]?.n,
    );
  });
});

describe('a step whose transaction commits after later ones were read', () => {
  /** A stop that is written down, and committed when it is let go. */
  async function openStop(waybill: string): Promise<() => Promise<void>> {
    const row = await rig.desk.row(waybill);
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let written: () => void = () => undefined;
    const isWritten = new Promise<void>((resolve) => {
      written = resolve;
    });
    const committed = rig.db.transaction(async (tx) => {
      await move(tx, row, { event: 'stop', reason: 'courier_stopped', actor: 'courier' }, rig.desk.now);
      written();
      await gate;
    });
    await isWritten;
    return async () => {
      letGo();
      await committed;
    };
  }

  it('is taken at the next run, and the cursor waits for it', async () => {
    const [late = '', early = ''] = await peak(2);
    await rig.run();
    const before = await newest();
    const commit = await openStop(late);
    await rig.refunds.courier(early, 'stop');
    await rig.run();
    expect(await rig.goods(early)).toMatchObject({ stoppedAt: expect.any(Date) });
    expect(await rig.goods(late)).toMatchObject({ stoppedAt: null });
    await commit();
    await rig.run();
    expect(await rig.goods(late)).toMatchObject({ stoppedAt: expect.any(Date) });
    expect(await cursor()).toBeLessThanOrEqual(before);
    rig.desk.pass(2);
    await rig.run();
    await rig.run();
    expect(await cursor()).toBe(await newest());
  });

  it('that failed long ago does not hold the cursor of a process that starts', async () => {
    await peak(1);
    await rig.db.run('ALTER TABLE transition AUTO_INCREMENT = 500000');
    await peak(1);
    rig.desk.pass(2);
    const { follower, take } = noting();
    await follower.follow(rig.db, rig.desk.now, take);
    expect(await cursor()).toBe(await newest());
  });

  it('is waited for no longer than a transaction can last', async () => {
    await rig.db.run('ALTER TABLE transition AUTO_INCREMENT = 1000000');
    const { follower, take } = noting();
    await follower.follow(rig.db, rig.desk.now, take);
    await peak(1);
    await follower.follow(rig.db, rig.desk.now, take);
    expect(await cursor()).toBeLessThan(1_000_000);
    rig.desk.pass(2);
    await follower.follow(rig.db, rig.desk.now, take);
    await follower.follow(rig.db, rig.desk.now, take);
    expect(await cursor()).toBe(await newest());
  });
});

describe('a process that is far behind', () => {
  it('moves the cursor with each chunk it has read, so that the next one need not begin anew', async () => {
    await rig.db.run(
      `INSERT INTO transition (intercept_id, version, epoch, from_state, event, to_state, actor, reason, at)
       SELECT CONCAT('far-behind-', seq), 1, 0, NULL, 'open', 'queued', 'system', 'ready', ? - INTERVAL 2 MINUTE FROM seq_1_to_2500`,
      [rig.desk.now],
    );
    const { take } = noting();
    const follower = new StepFollower('returns', 3_600_000);
    const from = await cursor();
    for (const chunks of [1, 2]) {
      expect(await follower.follow(rig.db, rig.desk.now, take)).toBe(true);
      expect(await cursor()).toBe(from + chunks * 1_000);
    }
    expect(await follower.follow(rig.db, rig.desk.now, take)).toBe(false);
  });
});
