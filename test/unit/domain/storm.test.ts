import { describe, expect, it } from '@jest/globals';
import { fifo, jiejian, optimum, plainEdf } from '../../../bench/storm/policies.js';
import { simulate } from '../../../bench/storm/simulate.js';
import { STORMS, type StormRow, stormRows } from '../../../bench/storm/storm.js';
import { gapMs } from '../../../src/domain/intercept/lane-rate.js';

/** A lane of 5 a second, which really sends 0.97 of that. */
const GAP = gapMs({ max: 5, perMs: 1_000 });
const LANE = { gapMs: GAP, window: 10, everyMs: 100 };

describe('a storm of more than a lane can send', () => {
  it.each(STORMS)('$name, $load times: at least 0.98 of what could be sent in time is', (shape) => {
    const rows = stormRows(shape, GAP, 1);
    const best = simulate(optimum(), rows, GAP);
    const ours = simulate(jiejian(LANE), rows, GAP);
    expect(best.inTime).toBeLessThan(rows.length * 0.95);
    expect(ours.inTime).toBeLessThanOrEqual(best.inTime);
    expect(ours.inTime / best.inTime).toBeGreaterThanOrEqual(0.98);
    for (const policy of [fifo(), plainEdf()]) expect(simulate(policy, rows, GAP).inTime).toBeLessThan(ours.inTime);
  });

  it('saves more money than the optimum that only counts, since the dearer of a minute goes first', () => {
    const [, shape] = STORMS;
    if (!shape) throw new Error('there is no such storm');
    const rows = stormRows(shape, GAP, 3);
    const [best, ours] = [optimum(), jiejian(LANE)].map((policy) => simulate(policy, rows, GAP).valueFen);
    expect(ours).toBeGreaterThan((best ?? 0) * 1.05);
  });

  it('is met by the likelier stops first: on average more is saved than by value alone', () => {
    const [, shape] = STORMS;
    if (!shape) throw new Error('there is no such storm');
    const chanceOf = ({ id }: StormRow) => [0.2, 0.6, 0.95][Number(id) % 3] ?? 0;
    const savedBy = (known: (row: StormRow) => number) => {
      const lane = jiejian(LANE);
      let saved = 0;
      const next = (nowMs: number) => {
        const row = lane.next(nowMs);
        if (row) saved += (row.valueFen ?? 0) * chanceOf(row);
        return row;
      };
      const rows = stormRows({ ...shape, load: 4, lastsMs: 120_000, deadlineMs: [5_000, 60_000] }, GAP, 3).map(
        (row) => ({
          ...row,
          chance: known(row),
        }),
      );
      simulate({ ...lane, next }, rows, GAP);
      return saved;
    };
    expect(savedBy(chanceOf)).toBeGreaterThan(savedBy(() => 0.6) * 1.05);
  });

  it('of one shop leaves the small ones all of theirs', () => {
    const shape = STORMS.find((storm) => storm.shops.length > 1);
    if (!shape) throw new Error('there is no such storm');
    const { shareByShop } = simulate(jiejian(LANE), stormRows(shape, GAP, 4), GAP);
    expect(shareByShop['shop-0']).toBeLessThan(0.8);
    expect(shareByShop['shop-1']).toBeGreaterThan(0.97);
    expect(shareByShop['shop-2']).toBeGreaterThan(0.97);
  });
});
