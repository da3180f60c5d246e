import type { Waiting } from '../../src/domain/intercept/in-time.js';
import { PRIOR_CHANCE } from '../../src/domain/scorecard/chance.js';
import { seeded } from '../random.js';

/** A parcel that turns up in a storm. */
export interface StormRow extends Waiting {
  /** When its refund is asked for, ms from the start. */
  readonly arriveMs: number;
}

export interface StormShape {
  readonly name: string;
  /** Rows that arrive for each one that the lane can send meanwhile. */
  readonly load: number;
  readonly lastsMs: number;
  /** Deadlines lie this far behind the arrival, evenly spread. */
  readonly deadlineMs: readonly [least: number, most: number];
  /** Shares of the arrivals by shop; the first floods. */
  readonly shops: readonly number[];
  /** Rows come in bursts: the share of the time in which they come. 1: evenly. */
  readonly busyShare: number;
}

const MINUTE = 60_000;

/** Storms of 1.25 to 1.6 times what a lane can send: steady, in bursts, and one big wave with long deadlines. */
export const STORMS: readonly StormShape[] = [
  { name: 'steady', load: 1.25, lastsMs: 10 * MINUTE, deadlineMs: [5_000, 3 * MINUTE], shops: [1], busyShare: 1 },
  { name: 'steady', load: 1.6, lastsMs: 10 * MINUTE, deadlineMs: [5_000, 3 * MINUTE], shops: [1], busyShare: 1 },
  { name: 'bursts', load: 1.4, lastsMs: 10 * MINUTE, deadlineMs: [5_000, 2 * MINUTE], shops: [1], busyShare: 0.25 },
  { name: 'wave', load: 3.3, lastsMs: 5 * MINUTE, deadlineMs: [5_000, 10 * MINUTE], shops: [1], busyShare: 1 },
  {
    name: 'flood of one shop',
    load: 1.6,
    lastsMs: 10 * MINUTE,
    deadlineMs: [5_000, 3 * MINUTE],
    shops: [0.9, 0.06, 0.04],
    busyShare: 0.5,
  },
];

const BURST_MS = 20_000;

/** The rows of one storm over a lane that sends one every `gapMs`, in the order in which they arrive. */
export function stormRows(shape: StormShape, gapMs: number, seed: number): StormRow[] {
  const random = seeded(seed);
  const count = Math.round((shape.load * shape.lastsMs) / gapMs);
  const [least, most] = shape.deadlineMs;
  const shopAt = (share: number) => {
    let left = share;
    const index = shape.shops.findIndex((part) => {
      left -= part;
      return left < 0;
    });
    return `shop-${Math.max(0, index)}`;
  };
  const rows = Array.from({ length: count }, () => {
    const at = random() * shape.lastsMs;
    const burst = Math.floor(at / BURST_MS);
    const arriveMs = Math.floor(burst * BURST_MS + (at - burst * BURST_MS) * shape.busyShare);
    const deadlineMs = Math.floor(arriveMs + least + random() * (most - least));
    const valueFen = Math.floor(500 + random() ** 3 * 90_000);
    return { arriveMs, deadlineMs, shopId: shopAt(random()), valueFen, chance: PRIOR_CHANCE };
  });
  return rows.sort((a, b) => a.arriveMs - b.arriveMs).map((row, n) => ({ ...row, id: String(n).padStart(7, '0') }));
}
