import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  lastTurn,
  MARGIN_MS,
  partInTime,
  type Turns,
  turnMs,
  type Waiting,
} from '../../../src/domain/intercept/in-time.js';
import { chooseForWindow, type WindowRequest } from '../../../src/domain/intercept/window.js';

const NOW = Date.UTC(2026, 10, 22, 8);
const row = (id: string, over: Partial<Waiting> = {}): Waiting => ({
  id,
  shopId: 'dy-main',
  deadlineMs: NOW + 3_600_000,
  valueFen: 8_900,
  chance: 0.6,
  ...over,
});
const inMs = (ms: number) => NOW + MARGIN_MS + ms;
const request = (over: Partial<WindowRequest> = {}): WindowRequest => ({
  nowMs: NOW,
  ahead: 0,
  gapMs: 100,
  room: 100,
  holds: new Map(),
  ...over,
});
const ids = (rows: readonly Waiting[]) => rows.map((r) => r.id);
const many = (count: number, make: (n: number) => Waiting) => Array.from({ length: count }, (_, n) => make(n));

const turnsArb: fc.Arbitrary<Turns> = fc.record({
  nowMs: fc.constant(NOW),
  ahead: fc.integer({ min: 0, max: 5 }),
  gapMs: fc.constantFrom(0, 51.5, 400, 3_000),
});
/** Deadlines so near that some of them cannot be met, with few shops and values, so that much is equal. */
const rowsArb = fc
  .array(
    fc.record({
      deadlineMs: fc.integer({ min: NOW - 2_000, max: NOW + 130_000 }),
      shopId: fc.constantFrom('a', 'b', 'c'),
      valueFen: fc.constantFrom(null, 100, 5_000, 90_000),
      chance: fc.constantFrom(0, 0.25, 1),
    }),
    { maxLength: 60 },
  )
  .map((rows) => rows.map((r, n) => row(String(n).padStart(3, '0'), r)));

/** What earliest-deadline-first with leaving out comes to, the simplest way: each in turn, if its turn is in time. */
function greedyCount(rows: readonly Waiting[], turns: Turns): number {
  let taken = 0;
  for (const { deadlineMs } of [...rows].sort((a, b) => a.deadlineMs - b.deadlineMs)) {
    if (turnMs(turns, taken) + MARGIN_MS <= deadlineMs) taken += 1;
  }
  return taken;
}

describe('what can be sent in time', () => {
  it('is as much as can be, each in its turn, and nobody is lost on the way', () => {
    fc.assert(
      fc.property(rowsArb, turnsArb, (rows, turns) => {
        const { inTime, tooLate } = partInTime(rows, turns);
        expect([...ids(inTime), ...ids(tooLate)].sort()).toEqual(ids(rows).sort());
        for (const [k, r] of inTime.entries()) expect(lastTurn(turns, r.deadlineMs)).toBeGreaterThanOrEqual(k);
        expect(inTime).toHaveLength(greedyCount(rows, turns));
      }),
    );
  });

  it('is the same number by the count that lane-reader.ts makes in SQL', () => {
    fc.assert(
      fc.property(rowsArb, turnsArb, (rows, turns) => {
        const sorted = [...rows].sort((a, b) => a.deadlineMs - b.deadlineMs);
        const lacking = sorted.map((r, i) => i + 1 - (lastTurn(turns, r.deadlineMs) + 1));
        expect(partInTime(rows, turns).tooLate).toHaveLength(Math.max(0, ...lacking));
      }),
    );
  });

  it('takes the dearer of two that cannot both be sent, when their minute is the same', () => {
    const minute = Math.ceil((NOW + MARGIN_MS) / 60_000) * 60_000;
    const rows = [
      row('cheap', { deadlineMs: minute, valueFen: 900 }),
      row('unknown', { deadlineMs: minute, valueFen: null }),
      row('dear', { deadlineMs: minute + 20_000, valueFen: 90_000 }),
    ];
    const turns = { nowMs: NOW, ahead: 0, gapMs: minute + 20_000 - MARGIN_MS - NOW };
    expect(ids(partInTime(rows, turns).inTime)).toEqual(['cheap', 'dear']);
    expect(ids(partInTime(rows, { ...turns, ahead: 1 }).inTime)).toEqual(['dear']);
    const nearer = row('nearer', { deadlineMs: minute - 1, valueFen: 1 });
    expect(ids(partInTime([nearer, ...rows], turns).inTime)).toEqual(['nearer', 'dear']);
  });

  it('takes the one whose stop is likelier before one that is dearer, as far as chance times value says so', () => {
    const rows = [
      row('dear', { deadlineMs: inMs(0), valueFen: 20_000, chance: 0.1 }),
      row('likely', { deadlineMs: inMs(0), valueFen: 5_000, chance: 0.9 }),
      row('never', { deadlineMs: inMs(0), valueFen: 90_000, chance: 0 }),
    ];
    const left = (ahead: number) => partInTime(rows, { nowMs: NOW - ahead * 100, ahead, gapMs: 100 });
    expect(ids(left(0).inTime)).toEqual(['likely']);
    expect(ids(left(0).tooLate)).toEqual(['dear', 'never']);
  });

  it('leaves out of each shop its share when a minute is overfull, and by weight', () => {
    const rows = [
      ...many(90, (n) => row(`flood-${n}`, { shopId: 'flood', deadlineMs: inMs(1_900), valueFen: 90_000 })),
      ...many(12, (n) => row(`small-${n}`, { shopId: 'small', deadlineMs: inMs(1_900), valueFen: 100 })),
    ];
    const of = (shop: string, weightOf?: (shopId: string) => number) =>
      partInTime(rows, { nowMs: NOW, ahead: 0, gapMs: 100 }, weightOf).inTime.filter((r) => r.shopId === shop).length;
    expect([of('flood'), of('small')]).toEqual([10, 10]);
    const weightOf = (shop: string) => (shop === 'flood' ? 4 : 1);
    expect([of('flood', weightOf), of('small', weightOf)]).toEqual([16, 4]);
  });
});

describe('the next window', () => {
  it('never makes a row late that need not be, whatever it lets go first', () => {
    fc.assert(
      fc.property(rowsArb, turnsArb, fc.integer({ min: 1, max: 20 }), (rows, turns, room) => {
        const { chosen, tooLate } = chooseForWindow(rows, { ...turns, room, holds: new Map([['a', 2]]) });
        const lost = new Set(ids(tooLate));
        const first = chosen.filter((r) => !lost.has(r.id));
        for (const [k, r] of first.entries()) expect(lastTurn(turns, r.deadlineMs)).toBeGreaterThanOrEqual(k);
        const left = rows.filter((r) => !chosen.includes(r));
        const later = partInTime(left, { ...turns, ahead: turns.ahead + first.length });
        expect(first.length + later.inTime.length).toBe(rows.length - tooLate.length);
      }),
    );
  });

  it('is as full as it can be', () => {
    fc.assert(
      fc.property(rowsArb, turnsArb, fc.integer({ min: 1, max: 20 }), (rows, turns, room) => {
        const { chosen, tooLate } = chooseForWindow(rows, { ...turns, room, holds: new Map() });
        expect(chosen.length).toBeGreaterThanOrEqual(Math.min(room, rows.length - tooLate.length));
        expect(chosen.length).toBeLessThanOrEqual(room);
        expect(new Set(ids(chosen)).size).toBe(chosen.length);
      }),
    );
  });

  it('lets an urgent late-comer overtake all that waits in MySQL', () => {
    const waiting = many(500, (n) => row(`w-${n}`));
    const { chosen } = chooseForWindow([...waiting, row('late', { deadlineMs: NOW + 60_000 })], request({ room: 5 }));
    expect(chosen[0]?.id).toBe('late');
  });

  it('takes turns between shops with equally urgent rows, also if one of them holds the window already', () => {
    const flood = many(500, (n) => row(`f-${n}`, { shopId: 'flood', deadlineMs: NOW + 82_800_000 + n * 100 }));
    const small = many(5, (n) => row(`s-${n}`, { shopId: 'small', deadlineMs: NOW + 83_000_000 + n }));
    const { chosen } = chooseForWindow([...flood, ...small], request({ room: 10 }));
    expect(chosen.filter((r) => r.shopId === 'small')).toHaveLength(5);
    const holds = new Map([['flood', 30]]);
    const next = chooseForWindow([...flood, ...small], request({ room: 5, holds }));
    expect(next.chosen.map((r) => r.shopId)).toEqual(Array.from({ length: 5 }, () => 'small'));
  });

  it('does not let a shop with time to spare go before another that has none', () => {
    const pressed = many(50, (n) => row(`p-${n}`, { shopId: 'pressed', deadlineMs: inMs(n * 100) }));
    const calm = many(50, (n) => row(`c-${n}`, { shopId: 'calm', deadlineMs: inMs(10_000) }));
    const { chosen } = chooseForWindow([...pressed, ...calm], request({ room: 50 }));
    expect(ids(chosen)).toEqual(ids(pressed));
  });

  it('goes by value among deadlines of one minute, with nothing pressing', () => {
    const minute = Math.ceil(NOW / 60_000) * 60_000 + 600_000;
    const rows = many(20, (n) => row(`v-${n}`, { deadlineMs: minute + n * 1_000, valueFen: 100 * ((n * 7) % 20) }));
    const { chosen } = chooseForWindow(rows, request({ room: 3 }));
    expect(chosen.map((r) => r.valueFen)).toEqual([1_900, 1_800, 1_700]);
  });

  it('tries those left out only behind all others, only with room, only before their deadline', () => {
    const hopeless = row('hopeless', { deadlineMs: NOW + 150 });
    const close = row('close', { deadlineMs: NOW + 450 });
    const fine = many(3, (n) => row(`fine-${n}`));
    const all = [hopeless, close, ...fine];
    expect(ids(chooseForWindow(all, request()).chosen)).toEqual(['fine-0', 'fine-1', 'fine-2', 'close']);
    expect(ids(chooseForWindow(all, request({ room: 3 })).chosen)).toEqual(['fine-0', 'fine-1', 'fine-2']);
    expect(ids(chooseForWindow(all, request()).tooLate)).toEqual(['hopeless', 'close']);
  });
});
