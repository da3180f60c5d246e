import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { INVARIANTS, type Invariant } from '../../src/domain/invariants.js';
import { recordAnswer } from '../../src/domain/store/answer-store.js';
import { claimForSend } from '../../src/domain/store/claim-store.js';
import { Database } from '../../src/domain/store/database.js';
import { findIntercept, move } from '../../src/domain/store/intercept-store.js';
import { openIntercepts } from '../../src/domain/store/opening-store.js';
import { verifyInvariants } from '../../src/domain/store/verify-store.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { type Planted, plantIntercept, stepsOf } from '../support/planted-history.js';

/** An hour after the planted histories: nothing is overdue yet. */
const NOW = new Date('2026-11-22T11:00:00.000Z');
const STOPPED = 'open queued > claim submitting > accept accepted > stop intercepted';
let fresh: FreshDatabase;
let db: Database;

beforeAll(async () => {
  fresh = await freshDatabase();
  db = await Database.open({ url: fresh.url });
  await db.migrate();
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});
beforeEach(async () => {
  await db.run("INSERT IGNORE INTO tariff (carrier, valid_from, fee_fen) VALUES ('zto', '2024-11-18', 300)");
});
afterEach(async () => {
  for (const table of ['transition', 'attempt', 'intercept', 'task', 'tariff', 'parcel'])
    await db.run(`DELETE FROM ${table}`);
  // Its trigger refuses DELETE, as it should.
  await db.run('TRUNCATE ledger_entry');
});

const verify = () => verifyInvariants(db, { now: NOW });
const plant = (id: string, steps: string, more: Omit<Planted, 'id' | 'steps'> = {}) =>
  plantIntercept(db, { id, steps: stepsOf(steps), ...more });
const stopped = (id: string, more: Omit<Planted, 'id' | 'steps'> = {}) =>
  plant(id, STOPPED, { sends: [{ outcome: 'accepted' }], fees: [{ id: `fee-${id}` }], ...more });
const violation = (invariant: Invariant, ...sample: string[]) => ({ invariant, count: sample.length, sample });

/** Takes a guard of the database away for the time of one fault, as a careless migration would. */
async function withoutGuard(drop: string, restore: string, work: () => Promise<void>): Promise<void> {
  await db.run(drop);
  try {
    await work();
  } finally {
    for (const table of ['intercept', 'attempt']) await db.run(`DELETE FROM ${table}`);
    await db.run(restore);
  }
}

describe('a sound database', () => {
  it('breaks nothing, empty or full', async () => {
    expect(await verify()).toEqual([]);
    await stopped('a');
    await plant('b', 'open held > withdraw withdrawn', { row: { waybill_no: 'again' } });
    await plant('b2', 'open held', { row: { waybill_no: 'again' } });
    await plant('c', 'open queued > claim submitting', {
      sends: [{ outcome: null }],
      row: { lease_until: new Date('2026-11-22T10:59:30.000Z') },
    });
    expect(await verify()).toEqual([]);
  });

  it('that the real writers wrote breaks nothing: their history and the checks agree', async () => {
    const now = new Date();
    await db.run(
      "INSERT INTO parcel (id, carrier, waybill_no, raw_carrier, mapped, created_at) VALUES ('p1', 'zto', 'w1', 'zto', 1, ?)",
      [now],
    );
    const [opened] = await db.transaction((tx) =>
      openIntercepts(
        tx,
        [
          {
            id: 'ic1',
            parcelId: 'p1',
            round: 1,
            shopId: 'dy-main',
            platform: 'douyin',
            carrier: 'zto',
            accountId: 'zto-main',
            laneId: 'zto-zto-main',
            channel: 'carrier',
            waybillNo: 'w1',
            origin: 'event',
            state: 'queued',
            reason: 'ready',
            rule: null,
            valueFen: 100,
            stopChance: 0.6,
            priceFen: 300,
            decision: '{}',
            policyId: null,
            policyVersion: null,
            releasedBy: null,
            deadlineAt: new Date(now.getTime() + 3_600_000),
            deadlineSource: 'forecast',
            straight: false,
          },
        ],
        'system',
        now,
      ),
    );
    const claim = await claimForSend(db, { id: 'ic1', dispatch: opened?.dispatch ?? 0 }, 5_000, now);
    if (!claim) throw new Error('the claim was not given');
    const record = { outcome: 'accepted', rawCode: null, rawText: null, httpStatus: 200, exchange: null } as const;
    await recordAnswer(db, claim, { record, step: { event: 'accept', reason: 'courier_accepted' }, changes: {} }, now);
    for (const take of [
      { event: 'stop', reason: 'courier_stopped', actor: 'courier' },
      { event: 'find_delivered', reason: 'delivered', actor: 'courier' },
    ] as const) {
      await db.transaction(async (tx) => {
        const row = await findIntercept(tx, 'ic1');
        if (row) await move(tx, row, take, now);
      });
    }
    expect(await db.rows("SELECT kind FROM ledger_entry WHERE intercept_id = 'ic1' ORDER BY seq")).toEqual([
      { kind: 'fee' },
      { kind: 'reversal' },
    ]);
    expect(await verifyInvariants(db, { now })).toEqual([]);
  });
});

describe('a planted fault is reported', () => {
  it('I2: two live intercepts of one parcel', async () => {
    const row = { carrier: 'zto', waybill_no: 'same' };
    await plant('a', 'open held', { row });
    await plant('b', 'open held', { row });
    await plant('c', 'open held > withdraw withdrawn', { row });
    expect(await verify()).toEqual([violation('I2_one_live', 'zto/same')]);
  });

  it('I5: a stop without its fee, a fee without a stop, a fee twice', async () => {
    await stopped('a', { fees: [] });
    await plant('b', 'open queued > claim submitting > refuse refused', {
      sends: [{ outcome: 'refused' }],
      fees: [{ id: 'f1' }],
    });
    await stopped('c', { fees: [{ id: 'f2' }, { id: 'f3' }] });
    await stopped('d');
    expect(await verify()).toEqual([violation('I5_fee_iff_stopped', 'a', 'b', 'c')]);
  });

  it('I5: an amount that is not the tariff’s', async () => {
    await stopped('a', { fees: [{ id: 'f', amountFen: 400 }] });
    expect(await verify()).toEqual([violation('I5_tariff_amount', 'a')]);
  });

  it('I5: a fee of no intercept', async () => {
    await stopped('a');
    await db.run("DELETE FROM intercept WHERE id = 'a'");
    expect(await verify()).toEqual([violation('I5_fee_without_intercept', 'fee-a')]);
  });

  it('I6: a ledger or an audit log that may be changed', async () => {
    await withoutGuard(
      'DROP TRIGGER ledger_entry_no_delete',
      `CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'ledger entries are never deleted; post a reversal'`,
      async () => expect(await verify()).toEqual([violation('I6_append_only', 'ledger_entry_no_delete')]),
    );
    await withoutGuard(
      'DROP TRIGGER audit_no_update',
      `CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW
         SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'audit entries are never changed'`,
      async () => expect(await verify()).toEqual([violation('I6_append_only', 'audit_no_update')]),
    );
    expect(await verify()).toEqual([]);
  });

  it('I6: a reversal of another amount', async () => {
    await plant('a', `${STOPPED} > find_delivered missed`, {
      sends: [{ outcome: 'accepted' }],
      fees: [{ id: 'f' }, { id: 'r', reverses: 'f', amountFen: 299 }],
    });
    expect(await verify()).toEqual([violation('I6_reversal', 'a')]);
  });

  it('I7: an illegal edge, a gap, a row that stands elsewhere', async () => {
    await plant('a', 'open held > stop intercepted', { fees: [{ id: 'f' }] });
    await stopped('b');
    await db.run("DELETE FROM transition WHERE intercept_id = 'b' AND version = 3");
    await plant('c', 'open held', { row: { state: 'queued' } });
    expect(await verify()).toEqual([violation('I7_history', 'a', 'b', 'c')]);
  });

  it('I8: a send that nobody claimed', async () => {
    await stopped('a', { sends: [{ outcome: 'accepted', epoch: 4 }] });
    expect(await verify()).toEqual([violation('I8_claim_before_send', 'a')]);
  });

  it('I9: two sends whose end is not known', async () => {
    await withoutGuard(
      'ALTER TABLE attempt DROP INDEX attempt_open_send',
      'ALTER TABLE attempt ADD UNIQUE KEY attempt_open_send (open_send)',
      async () => {
        await plant(
          'a',
          'open queued > claim submitting > lose_answer uncertain > prove_absent queued > claim submitting > lose_answer uncertain',
          { sends: [{ outcome: 'unknown' }, { outcome: 'unknown' }] },
        );
        expect(await verify()).toEqual([violation('I9_unresolved_sends', 'a'), violation('I9_resend', 'a')]);
      },
    );
  });

  it('I9: a send after one whose end was not known', async () => {
    await plant('a', 'open queued > claim submitting > not_sent queued > claim submitting > accept accepted', {
      sends: [{ outcome: 'unknown' }, { outcome: 'accepted' }],
    });
    expect(await verify()).toEqual([violation('I9_resend', 'a')]);
  });

  it('I10: sends of one intercept under different ids', async () => {
    await stopped('a', { sends: [{ outcome: 'accepted', requestId: 'a-2' }] });
    expect(await verify()).toEqual([violation('I10_request_id', 'a')]);
  });

  it('I12: what was not sent in time', async () => {
    const late = { deadline_at: new Date('2026-11-22T10:58:59.000Z') };
    await plant('a', 'open held', { row: late });
    await plant('b', 'open queued', { row: late });
    await plant('c', 'open held > expire expired', { row: late });
    await plant('d', 'open held', { row: { deadline_at: new Date('2026-11-22T10:59:30.000Z') } });
    await plant('e', 'open held > hand_over needs_review', { row: late });
    expect(await verify()).toEqual([violation('I12_before_send', 'a', 'b')]);
  });

  it('I12: unless a person has it as an open task', async () => {
    await plant('a', 'open held', { row: { deadline_at: new Date('2026-11-22T10:50:00.000Z') } });
    await db.run(
      "INSERT INTO task (id, kind, intercept_id, parcel_id, reason, due_at, created_at) VALUES ('t', 'decide', 'a', 'p-a', 'approval', ?, ?)",
      [NOW, NOW],
    );
    expect(await verify()).toEqual([]);
    await db.run("UPDATE task SET state = 'done'");
    expect(await verify()).toEqual([violation('I12_before_send', 'a')]);
  });

  it('I12: an owner that died', async () => {
    await plant('a', 'open queued > claim submitting', {
      sends: [{ outcome: null }],
      row: { lease_until: new Date('2026-11-22T10:58:59.000Z') },
    });
    await plant('b', 'open queued > claim submitting', { sends: [{ outcome: null }], row: { lease_until: null } });
    expect(await verify()).toEqual([violation('I12_lease', 'a', 'b')]);
  });

  it('I12: a lost answer that nobody asks for any more', async () => {
    const lost = (askSince: string, deadline: string) => ({
      sends: [{ outcome: 'unknown' }],
      row: { ask_since: new Date(askSince), deadline_at: new Date(deadline) },
    });
    const steps = 'open queued > claim submitting > lose_answer uncertain';
    await plant('a', steps, lost('2026-11-22T09:59:00.000Z', '2026-11-24T00:00:00.000Z'));
    await plant('b', steps, lost('2026-11-22T10:40:00.000Z', '2026-11-22T10:50:00.000Z'));
    await plant('c', steps, lost('2026-11-22T10:50:00.000Z', '2026-11-24T00:00:00.000Z'));
    expect(await verify()).toEqual([violation('I12_uncertain', 'a', 'b')]);
  });

  it('I12: an order whose end is overdue, or has no due time', async () => {
    await stopped('a', { row: { outcome_due_at: new Date('2026-11-22T10:50:00.000Z') } });
    await stopped('b', { row: { outcome_due_at: null } });
    expect(await verify()).toEqual([violation('I12_outcome', 'a', 'b')]);
  });

  it('I13: a step of an owner that was no longer the current one', async () => {
    await stopped('a');
    await db.run("UPDATE transition SET epoch = 0 WHERE intercept_id = 'a' AND version = 4");
    expect(await verify()).toEqual([violation('I13_epoch', 'a')]);
  });

  it('in its full number, with a handful of ids to look at', async () => {
    for (let n = 0; n < 7; n += 1) await stopped(`a${n}`, { fees: [] });
    expect(await verify()).toEqual([
      { invariant: 'I5_fee_iff_stopped', count: 7, sample: ['a0', 'a1', 'a2', 'a3', 'a4'] },
    ]);
  });

  it('though it lies behind thousands of sound ones', async () => {
    const sound = Array.from({ length: 1_100 }, (_, n) => `s${String(n).padStart(4, '0')}`);
    const at = '2026-11-22 10:00:00';
    await db.run(
      'INSERT INTO transition (intercept_id, version, epoch, from_state, event, to_state, actor, reason, at) VALUES ?',
      [sound.map((id) => [id, 1, 0, null, 'open', 'skipped', 'system', 'delivered', at])],
    );
    await db.run(
      `INSERT INTO intercept (id, parcel_id, round, shop_id, platform, carrier, channel, waybill_no, origin, request_id, state,
         reason, decision, deadline_at, deadline_source, created_at, updated_at) VALUES ?`,
      [
        sound.map((id) => [
          id,
          id,
          1,
          's',
          'douyin',
          'zto',
          'carrier',
          id,
          'event',
          id,
          'skipped',
          'delivered',
          '{}',
          at,
          'forecast',
          at,
          at,
        ]),
      ],
    );
    await stopped('z', { fees: [] });
    const read: number[] = [];
    expect(await verifyInvariants(db, { now: NOW, onProgress: (n) => read.push(n) })).toEqual([
      violation('I5_fee_iff_stopped', 'z'),
    ]);
    expect(read).toEqual([500, 1_000, 1_101]);
  });
});

describe('every invariant', () => {
  it('has a text in both languages', () => {
    for (const { zh, en } of Object.values(INVARIANTS)) {
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
      expect(en).toMatch(/[a-z]/);
    }
  });
});
