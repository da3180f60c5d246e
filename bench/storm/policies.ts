import { byDeadline, MARGIN_MS, type Turns, turnMs } from '../../src/domain/intercept/in-time.js';
import { CANDIDATES_PER_SHOP, candidatesFor, chooseForWindow } from '../../src/domain/intercept/window.js';
import type { StormRow } from './storm.js';

/** How a lane decides what it sends next. Time is simulated; nothing is asked about the future but by the optimum. */
export interface Policy {
  readonly name: string;
  arrive(row: StormRow): void;
  /** The row whose send starts now; null: nothing to send. A late one uses the turn as well. */
  next(nowMs: number): StormRow | null;
}

/** First come, first served: what a plain queue does. */
export function fifo(): Policy {
  const queue: StormRow[] = [];
  return { name: 'FIFO', arrive: (row) => queue.push(row), next: () => queue.shift() ?? null };
}

/** Rows sorted by deadline, which grow and shrink at any place. */
class ByDeadline {
  readonly rows: StormRow[] = [];

  add(row: StormRow): void {
    this.rows.splice(this.firstAfter(row), 0, row);
  }

  remove(row: StormRow): void {
    const at = this.rows.indexOf(row);
    if (at >= 0) this.rows.splice(at, 1);
  }

  /** Index of the first row with a deadline after this one. */
  after(deadlineMs: number): number {
    return this.search((row) => row.deadlineMs > deadlineMs);
  }

  private firstAfter(row: StormRow): number {
    return this.search((other) => byDeadline(other, row) > 0);
  }

  private search(isAfter: (row: StormRow) => boolean): number {
    let low = 0;
    for (let high = this.rows.length; low < high; ) {
      const middle = (low + high) >>> 1;
      const row = this.rows[middle];
      if (row && isAfter(row)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** Earliest deadline first, late ones included. */
export function plainEdf(): Policy {
  const waiting = new ByDeadline();
  return { name: 'EDF', arrive: (row) => waiting.add(row), next: () => waiting.rows.shift() ?? null };
}

/**
 * The best that anybody could do who knew all arrivals beforehand: of unit rows on a grid of turns, the earliest deadline
 * that can still be met makes a maximum matching (Glover), whatever arrives later.
 */
export function optimum(): Policy {
  const waiting = new ByDeadline();
  return {
    name: 'optimum',
    arrive: (row) => waiting.add(row),
    next(nowMs) {
      waiting.rows.splice(0, waiting.after(Math.ceil(nowMs) - 1));
      return waiting.rows.shift() ?? null;
    },
  };
}

export interface LaneModel {
  readonly gapMs: number;
  readonly window: number;
  /** How often the dispatcher looks, ms. */
  readonly everyMs: number;
}

/**
 * Jiejian: the real chooser, given the candidates that store/candidate-store.ts would read, fills a window that is sent
 * in the order of hand-over. A row whose deadline has passed is not claimed and costs no turn.
 */
export function jiejian(lane: LaneModel): Policy {
  const backlog = new ByDeadline();
  const byShop = new Map<string, ByDeadline>();
  const redis: StormRow[] = [];
  let looksAt = 0;

  const candidates = (room: number, afterMs: number): StormRow[] => {
    const limit = candidatesFor(room);
    const from = backlog.after(afterMs);
    const nearest = backlog.rows.slice(from, from + limit);
    if (nearest.length < limit) return nearest;
    const known = new Set(nearest);
    for (const shop of byShop.values()) {
      const first = shop.after(afterMs);
      for (const row of shop.rows.slice(first, first + Math.min(room, CANDIDATES_PER_SHOP))) known.add(row);
    }
    return [...known];
  };

  const fill = (nowMs: number): void => {
    const room = lane.window - redis.length;
    if (room < lane.window / 8) return;
    const turns: Turns = { nowMs, ahead: redis.length, gapMs: lane.gapMs };
    const nextMs = Math.floor(turnMs(turns, 0));
    const rows = candidates(room, nextMs + MARGIN_MS);
    if (rows.length < room) {
      const from = backlog.after(nextMs);
      rows.push(...backlog.rows.slice(from, Math.min(backlog.after(nextMs + MARGIN_MS), from + room - rows.length)));
    }
    const holds = new Map<string, number>();
    for (const { shopId } of redis) holds.set(shopId, (holds.get(shopId) ?? 0) + 1);
    for (const row of chooseForWindow(rows, { ...turns, room, holds }).chosen) {
      redis.push(row);
      backlog.remove(row);
      byShop.get(row.shopId)?.remove(row);
    }
  };

  return {
    name: 'Jiejian',
    arrive(row) {
      backlog.add(row);
      const shop = byShop.get(row.shopId) ?? new ByDeadline();
      byShop.set(row.shopId, shop);
      shop.add(row);
    },
    next(nowMs) {
      if (nowMs >= looksAt) {
        fill(nowMs);
        looksAt = nowMs + lane.everyMs;
      }
      for (let row = redis.shift(); row; row = redis.shift()) if (row.deadlineMs > nowMs) return row;
      return null;
    },
  };
}
