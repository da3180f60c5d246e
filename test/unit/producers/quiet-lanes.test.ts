import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { QuietLanes } from '../../../src/producers/quiet-lanes.js';
import { anIntercept } from '../../support/intercept-row.js';

const LANE = 'zto-zto-main';
const NOW = new Date('2026-11-28T12:00:00Z');
const inMs = (ms: number) => new Date(NOW.getTime() + ms);
const HOUR = 3_600_000;

beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick'] });
});
afterEach(() => {
  jest.useRealTimers();
});

function quietLanes(addToLane: (...of: unknown[]) => Promise<void> = async () => undefined) {
  const logged: string[] = [];
  const added: unknown[][] = [];
  const quiet = new QuietLanes({
    queues: {
      addToLane: async (...of) => {
        added.push(of);
        await addToLane(...of);
      },
    },
    now: () => NOW,
    log: (event) => logged.push(event),
  });
  return { quiet, added, logged };
}

describe('a row goes straight to Redis', () => {
  it('as often as a filling said that there is room, and not once more', () => {
    const { quiet } = quietLanes();
    expect(quiet.take(LANE, inMs(HOUR))).toBe(false);
    quiet.learn(LANE, { rows: 2, behindMs: 0 });
    expect([1, 2, 3].map(() => quiet.take(LANE, inMs(HOUR)))).toEqual([true, true, false]);
    expect(quiet.take('sto-other', inMs(HOUR))).toBe(false);
  });

  it('only for a second after that filling: what another process has handed over meanwhile is unknown', () => {
    const { quiet } = quietLanes();
    quiet.learn(LANE, { rows: 9, behindMs: 0 });
    jest.advanceTimersByTime(999);
    expect(quiet.take(LANE, inMs(HOUR))).toBe(true);
    jest.advanceTimersByTime(2);
    expect(quiet.take(LANE, inMs(HOUR))).toBe(false);
  });

  it('unless its deadline is nearer than all that may go before it: a filling chooses then', () => {
    const { quiet } = quietLanes();
    quiet.learn(LANE, { rows: 9, behindMs: 4_000 });
    expect(quiet.take(LANE, inMs(4_999))).toBe(false);
    expect(quiet.take(LANE, inMs(5_000))).toBe(true);
  });

  it.each([
    { says: (quiet: QuietLanes) => quiet.close(LANE), why: 'the lane is closed' },
    { says: (quiet: QuietLanes) => quiet.learn(LANE, { rows: 0, behindMs: 0 }), why: 'somebody waits' },
  ])('no more once $why', ({ says }) => {
    const { quiet } = quietLanes();
    quiet.learn(LANE, { rows: 9, behindMs: 0 });
    says(quiet);
    expect(quiet.take(LANE, inMs(HOUR))).toBe(false);
  });
});

describe('the jobs of rows that were marked', () => {
  const rows = ['a', 'b', 'c'].map((id) =>
    anIntercept({ id, laneId: id === 'b' ? 'sto-other' : LANE, dispatch: 1, dispatchedAt: NOW }),
  );

  it('are added lane by lane', async () => {
    const { quiet, added } = quietLanes();
    await quiet.add(rows);
    expect(added.map(([kind, lane, these]) => [kind, lane, (these as typeof rows).map(({ id }) => id)])).toEqual([
      ['intercept', LANE, ['a', 'c']],
      ['intercept', 'sto-other', ['b']],
    ]);
  });

  it('that Redis does not take break nobody’s work, are told, and end the short way until a filling succeeds', async () => {
    const { quiet, logged } = quietLanes(async () => {
      throw new Error('no connection');
    });
    quiet.learn(LANE, { rows: 9, behindMs: 0 });
    await quiet.add(rows);
    expect(logged).toEqual(['dispatch.not_added', 'dispatch.not_added']);
    expect(quiet.take(LANE, inMs(HOUR))).toBe(false);
  });
});
