import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CarrierFault } from '../../src/domain/carrier/fault.js';
import type { PollPage, PollWindow } from '../../src/domain/platform/poll.js';
import { type PlatformAdapter, UnreadableEvent } from '../../src/domain/platform/port.js';
import type { Database } from '../../src/domain/store/database.js';
import { type IntakeState, intakeStates } from '../../src/domain/store/intake-state-store.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { isPolled, runPolls } from '../../src/producers/poll-intake.js';
import { type MigratedDatabase, migratedDatabase } from '../support/migrated-database.js';
import { aPicture, aShop } from '../support/picture.js';
import { RIG_SECRETS } from '../support/test-key.js';
import { until } from '../support/until.js';

const MINUTE_MS = 60_000;
const douyin = platformBySlug('douyin')?.create({ appKey: 'k', appSecret: 's', accessToken: 't' });

let made: MigratedDatabase;
let db: Database;
let clock = Date.now();
let asked: { window: PollWindow; token: string | null }[] = [];

beforeAll(async () => {
  made = await migratedDatabase();
  db = made.db;
});
afterAll(() => made.close());
beforeEach(async () => {
  await db.run('DELETE FROM intake_state');
  await db.run('DELETE FROM inbox');
  asked = [];
  clock = Date.now();
});

type Answer = (window: PollWindow, token: string | null) => PollPage | Promise<PollPage>;
const record = (id: string, version = 1) => ({ eventId: `${id}/${version}`, payload: `{"id":"${id}"}` });
const page = (ids: readonly string[], total: number | null = ids.length, next: string | null = null): PollPage => ({
  envelopes: ids.map((id) => record(id)),
  total,
  next,
});

/** A platform whose list says what the test wants: the port's other side. */
function platform(answer: Answer): PlatformAdapter {
  if (!douyin) throw new Error('no platform');
  return {
    ...douyin,
    manifest: { ...douyin.manifest, doors: { push: false, socket: false, poll: true, detail: true } },
    poll: {
      everyMs: 30_000,
      windowMs: 30 * MINUTE_MS,
      overlapMs: 5 * MINUTE_MS,
      page: async (window, token) => {
        asked.push({ window, token });
        return answer(window, token);
      },
    },
  };
}

const AUTO_FROM = () => new Date(clock - 10 * MINUTE_MS);

function run(answer: Answer, shops = [aShop({ autoFrom: AUTO_FROM() })]): Promise<boolean> {
  const adapter = platform(answer);
  return runPolls({
    db,
    secrets: RIG_SECRETS,
    settings: () => aPicture({ shops }),
    platformOf: () => adapter,
    openCall: async () => ({ send: () => Promise.reject(new Error('the list of this test makes no call')) }),
    onStored: () => undefined,
    now: () => new Date(clock),
    log: () => undefined,
  });
}

async function state(): Promise<IntakeState> {
  const [only] = await intakeStates(db);
  if (!only) throw new Error('nothing was noted');
  return only;
}
const kept = async () =>
  (await db.rows<{ eventId: string }>('SELECT event_id AS eventId FROM inbox ORDER BY id')).map((r) => r.eventId);

describe('a polled window', () => {
  it('begins at the start mark, less the overlap, and is done when every record is in the inbox', async () => {
    await run(() => page(['a', 'b']));
    expect(asked).toEqual([{ window: { fromMs: AUTO_FROM().getTime() - 5 * MINUTE_MS, toMs: clock }, token: null }]);
    expect(await kept()).toEqual(['a/1', 'b/1']);
    expect(await state()).toMatchObject({ cursorAt: new Date(clock), failedSince: null, lastError: null });
    expect((await state()).nextAt).toEqual(new Date(clock + 30_000));
  });

  it('follows the one before, so that nothing lies between them', async () => {
    await run(() => page([]));
    const first = clock;
    clock += 31_000;
    await run(() => page(['c']));
    expect(asked[1]?.window).toEqual({ fromMs: first - 5 * MINUTE_MS, toMs: clock });
  });

  it('is not asked for again before its time', async () => {
    await run(() => page([]));
    clock += 1_000;
    await run(() => page([]));
    expect(asked).toHaveLength(1);
  });

  it('is no wider than the platform takes, and the next follows at once while we are behind', async () => {
    const shops = [aShop({ autoFrom: new Date(clock - 2 * 60 * MINUTE_MS) })];
    expect(await run(() => page([]), shops)).toBe(true);
    expect(asked[0]?.window.toMs).toBe((asked[0]?.window.fromMs ?? 0) + 30 * MINUTE_MS);
    while (await run(() => page([]), shops)) expect(asked.length).toBeLessThan(10);
    expect(asked.at(-1)?.window.toMs).toBe(clock);
    for (const [i, { window }] of asked.slice(1).entries()) {
      expect(window.fromMs).toBe((asked[i]?.window.toMs ?? 0) - 5 * MINUTE_MS);
    }
  });

  it('has pages, each asked with what the one before said', async () => {
    await run((_, token) => (token === null ? page(['a'], 2, 'second') : page(['b'], 2)));
    expect(asked.map(({ token }) => token)).toEqual([null, 'second']);
    expect(await kept()).toEqual(['a/1', 'b/1']);
  });

  it('is read again when it gave less than it declared (R77); what it gave is kept and is the same event again', async () => {
    await run(() => page(['a'], 2));
    expect(await state()).toMatchObject({ cursorAt: null, lastError: 'the window declares 2 records and gave 1' });
    clock += 5_000;
    await run(() => page(['a', 'b'], 2));
    expect(await kept()).toEqual(['a/1', 'b/1']);
    expect(await state()).toMatchObject({ cursorAt: new Date(clock), failedSince: null, lastError: null });
  });

  it('whose platform does not answer stays where it is, and says since when', async () => {
    await run(() => page([]));
    const cursorAt = new Date(clock);
    const refuse = (kind: CarrierFault['kind']) => () => {
      throw new CarrierFault(kind, `planted ${kind}`);
    };
    clock += 31_000;
    const since = new Date(clock);
    await run(refuse('unavailable'));
    clock += 5_000;
    await run(refuse('credentials'));
    const said = { cursorAt, failedSince: since, lastError: 'planted credentials' };
    expect(await state()).toMatchObject({ ...said, nextAt: new Date(clock + 60_000) });
  });

  it('that answers what is no page is read again later, and harms no other shop (R77)', async () => {
    const shops = [aShop({ id: 'bad', autoFrom: AUTO_FROM() }), aShop({ id: 'good', autoFrom: AUTO_FROM() })];
    let calls = 0;
    const broken = (): PollPage => {
      calls += 1;
      if (calls === 1) throw new UnreadableEvent('the list is no list');
      return page(['a']);
    };
    await run(broken, shops);
    await run(broken, shops);
    expect(await kept()).toHaveLength(1);
    const states = await intakeStates(db);
    expect(states.filter((s) => s.lastError !== null)).toHaveLength(1);
    expect(states.filter((s) => s.cursorAt !== null)).toHaveLength(1);
  });

  it('of a shop that is slow keeps no other shop waiting: JD’s first day took minutes beside a busy one', async () => {
    const shops = ['slow', 'quick'].map((id) => aShop({ id, autoFrom: AUTO_FROM() }));
    let answerSlow = (_page: PollPage): void => undefined;
    let calls = 0;
    const answer = (): PollPage | Promise<PollPage> => {
      calls += 1;
      return calls === 1 ? new Promise((resolve) => (answerSlow = resolve)) : page(['quick']);
    };
    const slow = run(answer, shops);
    await until(() => calls === 1, { what: 'the slow shop to be asked' });
    await run(answer, shops);
    expect(await kept()).toEqual(['quick/1']);
    answerSlow(page(['slow']));
    await slow;
    expect(await kept()).toEqual(['quick/1', 'slow/1']);
  });

  it('is taken by one of two processes that look at the same moment', async () => {
    await Promise.all([run(() => page([])), run(() => page([]))]);
    expect(asked).toHaveLength(1);
  });

  it('whose reader died is another’s after a minute', async () => {
    await db.run(`INSERT INTO intake_state (shop_id, door, next_at) VALUES ('dy-main', 'poll', ?)`, [
      new Date(clock + 60_000),
    ]);
    await run(() => page([]));
    expect(asked).toHaveLength(0);
    clock += 60_000;
    await run(() => page([]));
    expect(asked).toHaveLength(1);
  });
});

describe('a shop', () => {
  const doors = (over: object) => {
    const adapter = platform(() => page([]));
    return { ...adapter, manifest: { ...adapter.manifest, doors: { ...adapter.manifest.doors, ...over } } };
  };

  it.each([
    ['push', { push: true }, false],
    ['both', { push: true }, true],
    ['poll', { push: true }, true],
    ['push', { push: false, socket: true }, true],
    ['push', { push: false, socket: false }, true],
    ['both', { poll: false }, false],
  ] as const)('with intake "%s" of a platform with %j is polled: %s', (intake, over, expected) => {
    expect(isPolled({ intake }, doors(over))).toBe(expected);
  });
});
