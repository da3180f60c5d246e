import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { appendAudit, auditHead, missingAnchors, verifyChain } from '../../src/domain/store/audit-store.js';
import { Database } from '../../src/domain/store/database.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { takeAuditGuardsAway } from '../support/tamper.js';

let fresh: FreshDatabase;
let db: Database;
/** What became of a deletion and a change while the guards of the log were there. */
let refused: PromiseSettledResult<number>[] = [];
beforeAll(async () => {
  fresh = await freshDatabase();
  db = await Database.open({ url: fresh.url });
  await db.migrate();
  await appendAudit(db, { at: new Date(), actor: 'cli:test', action: 'first', subject: 's', detail: null });
  refused = await Promise.allSettled([db.run('DELETE FROM audit'), db.run("UPDATE audit SET actor = 'cli:eve'")]);
  await takeAuditGuardsAway(db);
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});
beforeEach(async () => {
  await db.run('DELETE FROM audit');
  await db.run('DELETE FROM setting');
});

const append = (n: number) =>
  db.transaction((tx) =>
    appendAudit(tx, {
      at: new Date(1_700_000_000_123 + n),
      actor: 'user:安娜@example.com',
      action: 'test.act',
      subject: `s${n}`,
      detail: { n, 备注: '一' },
    }),
  );
async function chain(rows: number): Promise<number[]> {
  for (let n = 0; n < rows; n += 1) await append(n);
  return (await db.rows<{ id: number }>('SELECT id FROM audit ORDER BY id')).map((row) => row.id);
}

describe('the audit log', () => {
  it('only grows: the database refuses to delete or change an entry, whoever asks (S26)', () => {
    expect(refused.map((one) => (one.status === 'rejected' ? String(one.reason) : 'done'))).toEqual([
      expect.stringContaining('never deleted'),
      expect.stringContaining('never changed'),
    ]);
  });

  it('that was written anew from its first row is found out by a head that was noted elsewhere', async () => {
    await chain(3);
    const anchor = (await auditHead(db)) ?? '';
    expect(await missingAnchors(db, [anchor])).toEqual([]);
    await append(4);
    expect(await missingAnchors(db, [anchor])).toEqual([]);
    await db.run('DELETE FROM audit');
    await db.run('DELETE FROM setting');
    await chain(4);
    expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 4 });
    await db.run('DELETE FROM audit');
    await db.run('DELETE FROM setting');
    await append(7);
    expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 1 });
    expect(await missingAnchors(db, [anchor])).toEqual([anchor]);
  });
});

describe('the audit chain', () => {
  it('is whole when nobody touched it, and when it is empty', async () => {
    expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 0 });
    await chain(3);
    expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 3 });
  });

  it.each([
    ['actor', "actor = 'user:eve@example.com'"],
    ['time', 'at = at + INTERVAL 1 SECOND'],
    ['action', "action = 'test.other'"],
    ['subject', "subject = 'x'"],
    ['detail', "detail = '{}'"],
    ['hash', "hash = REPEAT('a', 64)"],
  ])('shows a change of the %s of one row', async (_, change) => {
    const ids = await chain(3);
    await db.run(`UPDATE audit SET ${change} WHERE id = ?`, [ids[1] ?? 0]);
    expect(await verifyChain(db)).toMatchObject({ ok: false, brokenAt: ids[1], why: 'changed' });
  });

  it('shows a row that was removed from the middle', async () => {
    const ids = await chain(3);
    await db.run('DELETE FROM audit WHERE id = ?', [ids[1] ?? 0]);
    expect(await verifyChain(db)).toEqual({ ok: false, rows: 1, brokenAt: ids[2], why: 'row_missing' });
  });

  it('shows rows that were cut off its end, though nothing after them can tell', async () => {
    const ids = await chain(3);
    await db.run('DELETE FROM audit WHERE id >= ?', [ids[1] ?? 0]);
    expect(await verifyChain(db)).toEqual({ ok: false, rows: 1, brokenAt: null, why: 'end_missing' });
  });

  it('still shows them after new rows were written', async () => {
    const ids = await chain(3);
    await db.run('DELETE FROM audit WHERE id = ?', [ids[2] ?? 0]);
    await append(9);
    expect(await verifyChain(db)).toMatchObject({ ok: false, why: 'row_missing' });
  });

  it('shows that all of it was removed', async () => {
    await chain(2);
    await db.run('DELETE FROM audit');
    expect(await verifyChain(db)).toEqual({ ok: false, rows: 0, brokenAt: null, why: 'end_missing' });
  });

  it('shows that the note of its end was removed with the rows after it', async () => {
    await chain(2);
    await db.run("DELETE FROM setting WHERE name = 'audit_head'");
    expect(await verifyChain(db)).toMatchObject({ ok: false, why: 'end_missing' });
  });

  it('shows a row that was put in', async () => {
    await chain(2);
    await db.run(
      `INSERT INTO audit (at, actor, action, subject, detail, previous_hash, hash)
       VALUES (NOW(3), 'x', 'x', 'x', '{}', REPEAT('b', 64), REPEAT('c', 64))`,
    );
    expect(await verifyChain(db)).toMatchObject({ ok: false, why: 'row_missing' });
  });

  it('stays one chain when many append at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => append(n)));
    expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 20 });
  });

  it('has no entry of what was rolled back, because the effect and its entry are one', async () => {
    await chain(1);
    const failing = db.transaction(async (tx) => {
      await appendAudit(tx, { at: new Date(), actor: 'a', action: 'b', subject: 'c', detail: null });
      throw new Error('planted');
    });
    await expect(failing).rejects.toThrow('planted');
    await append(5);
    expect(await verifyChain(db)).toMatchObject({ ok: true, rows: 2 });
  });
});
