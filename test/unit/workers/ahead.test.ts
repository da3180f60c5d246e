import { describe, expect, it } from '@jest/globals';
import type { RateLimit } from '../../../src/domain/settings/settings.js';
import { Ahead } from '../../../src/workers/ahead.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Callers that entered so far, with what each got to leave by. */
function callers(ahead: Ahead, count: number) {
  const inside: (() => void)[] = [];
  for (let n = 0; n < count; n += 1) void ahead.enter().then((leave) => leave && inside.push(leave));
  return inside;
}

describe('claims ahead of their slots', () => {
  const LIMITS: readonly [string, RateLimit, number][] = [
    ['20 a second', { max: 20, perMs: 1_000 }, 10],
    ['5 a second', { max: 5, perMs: 1_000 }, 3],
    ['1 a minute', { max: 1, perMs: 60_000 }, 1],
  ];
  it.each(LIMITS)('are half a second of the rate at most: %s', async (_, limit, most) => {
    const inside = callers(new Ahead(() => limit), 30);
    await turn();
    expect(inside).toHaveLength(most);
  });

  it('are not held back without a limit', async () => {
    const inside = callers(new Ahead(() => null), 30);
    await turn();
    expect(inside).toHaveLength(30);
  });

  it('make room for one each, however often a place is left', async () => {
    const inside = callers(new Ahead(() => ({ max: 1, perMs: 1_000 })), 5);
    await turn();
    inside[0]?.();
    inside[0]?.();
    await turn();
    expect(inside).toHaveLength(2);
  });

  it('follow a change of the limit at the next place that is left', async () => {
    let limit: RateLimit | null = { max: 1, perMs: 1_000 };
    const inside = callers(new Ahead(() => limit), 5);
    await turn();
    limit = { max: 20, perMs: 1_000 };
    inside[0]?.();
    await turn();
    expect(inside).toHaveLength(5);
  });

  it('are refused to all who wait when the lane is closed, and to all who come later', async () => {
    const ahead = new Ahead(() => ({ max: 1, perMs: 60_000 }));
    const [, second] = [await ahead.enter(), ahead.enter()];
    ahead.close();
    expect([await second, await ahead.enter()]).toEqual([null, null]);
  });
});
