import { describe, expect, it } from '@jest/globals';
import { Gatherer } from '../../../src/domain/gatherer.js';
import { until } from '../../support/until.js';

const OPTIONS = { most: 3, sideBySide: 1 };

/** A gatherer whose batches end when told. */
function held(options = OPTIONS) {
  const batches: number[][] = [];
  const ends: (() => void)[] = [];
  const gatherer = new Gatherer<number, string>((items) => {
    batches.push([...items]);
    return new Promise((resolve) => ends.push(() => resolve(items.map((item) => `${item} done`))));
  }, options);
  return { gatherer, batches, ends };
}
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a gatherer', () => {
  it('lets a single call go at once, as a batch of one', async () => {
    const { gatherer, batches, ends } = held();
    const one = gatherer.add(1);
    await turn();
    expect(batches).toEqual([[1]]);
    ends[0]?.();
    expect(await one).toBe('1 done');
  });

  it('puts what is asked for in one turn, and while it is busy, into batches of no more than allowed', async () => {
    const { gatherer, batches, ends } = held();
    const calls = [1, 2, 3, 4].map((n) => gatherer.add(n));
    await turn();
    calls.push(gatherer.add(5));
    await turn();
    expect(batches).toEqual([[1, 2, 3]]);
    ends[0]?.();
    await calls[0];
    await turn();
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    ends[1]?.();
    expect(await Promise.all(calls)).toEqual(['1 done', '2 done', '3 done', '4 done', '5 done']);
  });

  it('runs as many batches side by side as allowed', async () => {
    const { gatherer, batches, ends } = held({ most: 1, sideBySide: 2 });
    const calls = [1, 2, 3].map((n) => gatherer.add(n));
    await turn();
    expect(batches).toEqual([[1], [2]]);
    ends[1]?.();
    await calls[1];
    await turn();
    expect(batches).toEqual([[1], [2], [3]]);
  });

  it('starts a second batch beside one that is not full only when that one is slow', async () => {
    const { gatherer, batches, ends } = held({ most: 3, sideBySide: 2 });
    const calls = [1, 2].map((n) => gatherer.add(n));
    await turn();
    calls.push(gatherer.add(3));
    await turn();
    expect(batches).toEqual([[1, 2]]);
    await until(() => batches.length === 2, { what: 'the second batch to start' });
    expect(batches).toEqual([[1, 2], [3]]);
    for (const end of ends) end();
    expect(await Promise.all(calls)).toEqual(['1 done', '2 done', '3 done']);
  });

  it('starts a full batch beside another at once', async () => {
    const { gatherer, batches, ends } = held({ most: 2, sideBySide: 2 });
    const calls = [1].map((n) => gatherer.add(n));
    await turn();
    calls.push(gatherer.add(2), gatherer.add(3));
    await turn();
    expect(batches).toEqual([[1], [2, 3]]);
    for (const end of ends) end();
    await Promise.all(calls);
  });

  it('fails all of a batch with it, and goes on', async () => {
    let runs = 0;
    const gatherer = new Gatherer<number, number>(async (items) => {
      runs += 1;
      if (runs === 1) throw new Error('planted');
      return items;
    }, OPTIONS);
    const failed = await Promise.allSettled([gatherer.add(1), gatherer.add(2)]);
    expect(failed.map((one) => one.status)).toEqual(['rejected', 'rejected']);
    expect(await gatherer.add(3)).toBe(3);
  });

  it('calls it a failure when a batch answers less than it was asked', async () => {
    const gatherer = new Gatherer<number, number>(async () => [], OPTIONS);
    await expect(gatherer.add(1)).rejects.toThrow('0 answers to 1 calls');
  });
});
