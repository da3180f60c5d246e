import { inTurn } from './shares.js';

/** A row that waits for its turn. Times are ms since 1970, so that a thousand of them are cheap to compare. */
export interface Waiting {
  readonly id: string;
  readonly shopId: string;
  /** The last moment its send may start. */
  readonly deadlineMs: number;
  /** Fen; null: nobody knows, which counts as nothing. */
  readonly valueFen: number | null;
  /** How likely its stop is, 0 to 1 (scorecard/chance.ts): of two equal parcels the likelier one saves more. */
  readonly chance: number;
}

/** What a send of this row saves on average, fen: for comparing, never for adding up. */
const worth = ({ valueFen, chance }: Waiting) => (valueFen ?? 0) * chance;

/** The turns of a lane: turn k comes `(ahead + k) × gapMs` from now. */
export interface Turns {
  readonly nowMs: number;
  /** Rows that go first whatever is chosen: handed to Redis, or on their way to the courier. */
  readonly ahead: number;
  /** Time between two turns; 0: no limit. */
  readonly gapMs: number;
}

/** A turn counts as in time only if it is this much before the deadline: hand-over, claim and slot take a moment, ms. */
export const MARGIN_MS = 1_000;
/** Deadlines within the same minute are equally near: there, fair shares and expected values decide who is left out. */
const MINUTE_MS = 60_000;

/** When turn k comes, ms since 1970. */
export function turnMs(turns: Turns, k: number): number {
  return turns.nowMs + (turns.ahead + k) * turns.gapMs;
}

/** The last turn that is in time for this deadline; -1: not even the next one. */
export function lastTurn(turns: Turns, deadlineMs: number, marginMs = MARGIN_MS): number {
  const left = deadlineMs - marginMs - turns.nowMs;
  if (left < 0) return -1;
  if (turns.gapMs === 0) return Number.MAX_SAFE_INTEGER;
  return Math.max(-1, Math.floor(left / turns.gapMs) - turns.ahead);
}

/** Nearest deadline first; among equals what a send saves on average, the most first. */
export function byDeadline(a: Waiting, b: Waiting): number {
  return a.deadlineMs - b.deadlineMs || worth(b) - worth(a) || (a.id < b.id ? -1 : 1);
}

/** Of deadlines within the same minute the one whose send saves most on average goes first, then the nearest. */
export function byMinute(a: Waiting, b: Waiting): number {
  const minutes = Math.floor(a.deadlineMs / MINUTE_MS) - Math.floor(b.deadlineMs / MINUTE_MS);
  return minutes || worth(b) - worth(a) || byDeadline(a, b);
}

/** Turns given out from the latest that is in time, so that the early ones stay free for those who need them. */
class LatestFree {
  private readonly next: Int32Array;

  constructor(count: number) {
    // Turn k lies at k + 1; 0 stands for "none is free".
    this.next = new Int32Array(count + 1);
    for (let i = 0; i <= count; i += 1) this.next[i] = i;
  }

  /** Takes the latest free turn up to k. false: there is none. */
  take(k: number): boolean {
    const free = this.find(k + 1);
    if (free > 0) this.next[free] = free - 1;
    return free > 0;
  }

  private find(from: number): number {
    let root = from;
    while (this.next[root] !== root) root = this.next[root] ?? 0;
    for (let at = from; at !== root; ) {
      const after = this.next[at] ?? 0;
      this.next[at] = root;
      at = after;
    }
    return root;
  }
}

export interface InTime<W> {
  /** As many rows as can be sent in time at all, nearest deadline first: sent in this order each makes it. */
  readonly inTime: readonly W[];
  /** The others, nearest deadline first. Sending one of them would only make another one late. */
  readonly tooLate: readonly W[];
}

/**
 * Parts the rows into those that can be sent in time and those that cannot. Rows of equal length with deadlines are a
 * matroid: taking them in any order of preference, each if it still fits, gives as many as possible. So preference costs
 * nothing: minute by minute, shops share fairly, and within a shop the one that
 * saves more on average goes first. `tooLateCount` in
 * store/lane-reader.ts counts the same in SQL.
 */
export function partInTime<W extends Waiting>(
  rows: readonly W[],
  turns: Turns,
  weightOf: (shopId: string) => number = () => 1,
): InTime<W> {
  const free = new LatestFree(rows.length);
  const inTime: W[] = [];
  const tooLate: W[] = [];
  const sorted = [...rows].sort(byMinute);
  for (let from = 0; from < sorted.length; ) {
    const minute = Math.floor((sorted[from]?.deadlineMs ?? 0) / MINUTE_MS);
    let to = from;
    while (to < sorted.length && Math.floor((sorted[to]?.deadlineMs ?? 0) / MINUTE_MS) === minute) to += 1;
    inTurn(sorted.slice(from, to), {
      compare: byMinute,
      weightOf,
      take(row) {
        const last = Math.min(lastTurn(turns, row.deadlineMs), rows.length - 1);
        const fits = last >= 0 && free.take(last);
        (fits ? inTime : tooLate).push(row);
        return fits;
      },
    });
    from = to;
  }
  return { inTime: inTime.sort(byDeadline), tooLate: tooLate.sort(byDeadline) };
}
