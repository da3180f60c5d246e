import { describe, expect, it } from '@jest/globals';
import { DatabaseUnavailable } from '../../../src/domain/store/database.js';
import type { InboxEvent } from '../../../src/domain/store/inbox-store.js';
import { GroupCommit, type GroupCommitOptions } from '../../../src/producers/http/group-commit.js';
import { until } from '../../support/until.js';

const event = (eventId: string, payload = '{}'): InboxEvent => ({
  source: 'platform:douyin:dy-main',
  eventId,
  payload,
  receivedAt: new Date('2026-11-22T08:00:00Z'),
});
const events = (n: number) => Array.from({ length: n }, (_, i) => event(`e-${i}`));

/** A table in memory that can be held up, and that refuses rows called `bad`. */
function table() {
  const statements: string[][] = [];
  const stored = new Set<string>();
  let gate = Promise.resolve();
  return {
    statements,
    stored,
    /** Lets no statement end until the returned function is called. */
    hold(): () => void {
      let open = () => undefined as unknown;
      gate = new Promise((resolve) => {
        open = () => resolve(undefined);
      });
      return () => void open();
    },
    async insert(rows: readonly InboxEvent[]): Promise<void> {
      statements.push(rows.map((r) => r.eventId));
      await gate;
      if (rows.some((r) => r.eventId.startsWith('bad'))) {
        throw Object.assign(new Error('Data too long'), { sqlState: '22001' });
      }
      for (const row of rows) stored.add(row.eventId);
    },
  };
}

function commitTo(insert: GroupCommitOptions['insert'], over: Partial<GroupCommitOptions> = {}): GroupCommit {
  return new GroupCommit({ insert, ...over });
}

describe('group commit', () => {
  it('writes what arrives together in one statement, because a commit costs more than a row', async () => {
    const t = table();
    const commit = commitTo(t.insert);
    const outcomes = await Promise.all(events(20).map((e) => commit.store([e])));
    expect(new Set(outcomes)).toEqual(new Set(['stored']));
    expect(t.statements).toHaveLength(1);
  });

  it('does not wait for more once a statement is full', async () => {
    const t = table();
    const commit = commitTo(t.insert, { gatherMs: 60_000, maxRows: 8 });
    await Promise.all(events(8).map((e) => commit.store([e])));
    expect(t.statements.map((s) => s.length)).toEqual([8]);
  });

  it('answers only after the statement has ended, since an ack is a promise', async () => {
    const t = table();
    const open = t.hold();
    let answered = false;
    const pending = commitTo(t.insert)
      .store([event('e')])
      .then(() => {
        answered = true;
      });
    await until(() => t.statements.length === 1, { what: 'the statement' });
    expect(answered).toBe(false);
    open();
    await pending;
    expect(t.stored).toEqual(new Set(['e']));
  });

  it('halves a failing batch down to the bad row, so that its neighbours are kept', async () => {
    const t = table();
    const refused: string[] = [];
    const commit = commitTo(t.insert, { onRefused: (row) => refused.push(row.eventId) });
    const batch = [...events(5), event('bad-1'), event('e-8'), event('bad-2')];
    const outcomes = await Promise.all(batch.map((e) => commit.store([e])));
    expect(outcomes).toEqual(['stored', 'stored', 'stored', 'stored', 'stored', 'refused', 'stored', 'refused']);
    expect(refused).toEqual(['bad-1', 'bad-2']);
    expect(t.stored.size).toBe(6);
  });

  it('keeps the good messages of a request that also holds a bad one, and says that it was refused', async () => {
    const t = table();
    expect(await commitTo(t.insert).store([event('good'), event('bad')])).toBe('refused');
    expect(t.stored).toEqual(new Set(['good']));
  });

  it('does not halve when the database is away: every half would fail the same way', async () => {
    let tries = 0;
    const away: unknown[] = [];
    const commit = commitTo(
      async () => {
        tries += 1;
        throw new DatabaseUnavailable('gone');
      },
      { onUnavailable: (error) => away.push(error) },
    );
    const outcomes = await Promise.all(events(10).map((e) => commit.store([e])));
    expect(new Set(outcomes)).toEqual(new Set(['overloaded']));
    expect({ tries, away: away.length }).toEqual({ tries: 1, away: 1 });
  });

  it('answers at its deadline although the database says nothing at all', async () => {
    const t = table();
    const open = t.hold();
    const startedAt = Date.now();
    const outcome = await commitTo(t.insert, { deadlineMs: 60 }).store([event('e')]);
    expect(outcome).toBe('overloaded');
    expect(Date.now() - startedAt).toBeLessThan(20_000);
    open();
  });

  it('does not write what nobody waits for any more', async () => {
    const t = table();
    const open = t.hold();
    const commit = commitTo(t.insert, { deadlineMs: 40, writers: 1, maxRows: 1 });
    await Promise.all([commit.store([event('first')]), commit.store([event('second')])]);
    open();
    expect(await commit.store([event('third')])).toBe('stored');
    expect(t.statements).toEqual([['first'], ['third']]);
  });

  it.each([
    ['rows', { maxWaitingRows: 4 }, events(5)],
    ['bytes', { maxWaitingBytes: 100 }, [event('a', 'x'.repeat(60)), event('b', 'x'.repeat(60))]],
  ] as const)(
    'turns requests away when its waiting room is full of %s, instead of running out of memory',
    async (_, over, all) => {
      const t = table();
      const open = t.hold();
      const commit = commitTo(t.insert, { ...over, gatherMs: 20 });
      const pending = all.map((e) => commit.store([e]));
      expect(await pending.at(-1)).toBe('overloaded');
      open();
      expect(await pending[0]).toBe('stored');
    },
  );

  it('rings once for each statement, not once for each event', async () => {
    const t = table();
    let rung = 0;
    const commit = commitTo(t.insert, { onStored: () => (rung += 1) });
    await Promise.all(events(30).map((e) => commit.store([e])));
    expect(rung).toBe(1);
  });

  it('keeps statements below the packet the server takes', async () => {
    const t = table();
    const commit = commitTo(t.insert, { maxBatchBytes: 100 });
    await Promise.all(events(4).map((e) => commit.store([{ ...e, payload: 'x'.repeat(60) }])));
    expect(t.statements.map((s) => s.length)).toEqual([1, 1, 1, 1]);
  });

  it('has nothing to wait for when a message holds no event', async () => {
    const t = table();
    expect(await commitTo(t.insert).store([])).toBe('stored');
    expect(t.statements).toEqual([]);
  });
});
