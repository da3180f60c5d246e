import { byMinute, lastTurn, partInTime, type Turns, type Waiting } from './in-time.js';
import { inTurn } from './shares.js';

/** Deadlines this near each other are equally urgent, ms; of far ones, those within an eighth of the time left. */
const SAME_URGENCY_MS = 60_000;
const SAME_URGENCY_SHARE = 1 / 8;

/** Of shops that the nearest deadlines crowd out, this many of each are looked at. */
export const CANDIDATES_PER_SHOP = 32;

/** How many of the nearest deadlines are looked at to fill so much room: some minutes' worth, never the whole backlog. */
export function candidatesFor(room: number): number {
  return Math.max(room, Math.min(2_000, Math.max(256, room * 50)));
}

export interface WindowRequest extends Turns {
  /** How many rows the window has room for. */
  readonly room: number;
  /** How many rows of each shop the window holds already. */
  readonly holds: ReadonlyMap<string, number>;
  /** A shop's share where shops compete; 1 by default. */
  readonly weightOf?: (shopId: string) => number;
}

export interface Choice<W> {
  /** What to hand over, in the order in which it should be sent. */
  readonly chosen: readonly W[];
  /** Of the candidates, those that cannot make their deadline, whether there was room to try them or not. */
  readonly tooLate: readonly W[];
}

/**
 * Chooses what goes into a lane's window next, so that as many rows as possible are sent in time.
 *
 * 1. What cannot make its deadline is left out (in-time.ts).
 * 2. Of the rest, whoever would be late if others overtook him goes strictly by deadline.
 * 3. Whoever has time to spare waits his shop's turn among the equally urgent: a flood of one shop does not starve
 *    another. The order within a minute is by expected value (chance × value).
 * 4. Room that is left then goes to those left out whose turn still comes before their deadline, if only just.
 *
 * The candidates must hold the nearest deadlines of the lane and of each shop; what lies beyond them waits for later.
 */
export function chooseForWindow<W extends Waiting>(candidates: readonly W[], request: WindowRequest): Choice<W> {
  const weightOf = request.weightOf ?? (() => 1);
  const { inTime, tooLate } = partInTime(candidates, request, weightOf);
  const pressed = countPressed(inTime, request);
  const chosen = inTime.slice(0, Math.min(pressed, request.room));
  const had = new Map(request.holds);
  const take = (row: W) => {
    chosen.push(row);
    had.set(row.shopId, (had.get(row.shopId) ?? 0) + 1);
    return true;
  };
  for (const row of chosen) had.set(row.shopId, (had.get(row.shopId) ?? 0) + 1);
  for (let from = pressed; from < inTime.length && chosen.length < request.room; ) {
    const to = endOfUrgency(inTime, from, request.nowMs);
    const atMost = request.room - chosen.length;
    inTurn(inTime.slice(from, to).sort(byMinute), { compare: byMinute, weightOf, had: new Map(had), take, atMost });
    from = to;
  }
  for (const row of tooLate) {
    if (chosen.length >= request.room) break;
    if (lastTurn(request, row.deadlineMs, 0) >= chosen.length) chosen.push(row);
  }
  return { chosen, tooLate };
}

/** How many of these, nearest deadline first, cannot let a whole window go before them. */
function countPressed(inTime: readonly Waiting[], request: WindowRequest): number {
  for (let i = inTime.length - 1; i >= 0; i -= 1) {
    const row = inTime[i];
    if (row && lastTurn(request, row.deadlineMs) - i < request.room) return i + 1;
  }
  return 0;
}

/** The end of those that are as urgent as the one at `from`. */
function endOfUrgency(inTime: readonly Waiting[], from: number, nowMs: number): number {
  const first = inTime[from]?.deadlineMs ?? 0;
  const until = first + Math.max(SAME_URGENCY_MS, (first - nowMs) * SAME_URGENCY_SHARE);
  let to = from;
  while ((inTime[to]?.deadlineMs ?? Number.POSITIVE_INFINITY) < until) to += 1;
  return to;
}
