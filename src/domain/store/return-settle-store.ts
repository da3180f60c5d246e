import { ALL_CLAIM_KINDS, kindOfReturn } from '../claims/kinds.js';
import type { Intercept } from '../intercept/intercept.js';
import { type LineUse, matchReturns, type Slip } from '../returns/match.js';
import { isDifference, type ReturnState, returnStateOf } from '../returns/states.js';
import { stepsOfBooking } from '../returns/steps.js';
import { settleLostSend } from './attempt-store.js';
import type { Sql } from './database.js';
import { lockNewestRounds, move } from './intercept-store.js';
import type { JudgeEnv } from './judgement.js';
import { dropDraft, findClaim } from './loss-claim-store.js';
import { lockParcels } from './parcel-store.js';
import { wakeRefunds } from './refund-news.js';
import { lockScope, returnScope } from './return-scope-store.js';
import {
  expectedLines,
  lockReturns,
  openReturns,
  type ReturnRow,
  slipsOf,
  tellReturn,
  writeReturn,
} from './return-store.js';

/**
 * Works out anew where the whole batch of a parcel stands by all that was booked of it, and draws what follows: the state of
 * each return, the steps of its intercept, the claim that a difference gives rise to, a new look at its refunds (R75, R73).
 * Locks after-sales, parcels, returns, intercepts; running it again changes nothing.
 */
export async function settleReturns(tx: Sql, env: JudgeEnv, parcelId: string, now: Date): Promise<void> {
  const scope = await returnScope(tx, parcelId);
  await lockScope(tx, scope);
  await wakeRefunds(tx, scope.afterSaleIds, now);
  await lockParcels(tx, scope.parcelIds, 'wait');
  const intercepts = await lockNewestRounds(tx, scope.parcelIds);
  const booked = intercepts.get(parcelId);
  if (booked) {
    const fresh = { parcelId, interceptId: booked.id, shopId: booked.shopId, stoppedAt: null, dueAt: null, since: now };
    await openReturns(tx, [fresh], now);
  }
  const returns = await lockReturns(tx, scope.parcelIds);
  // What a person has settled stays as it is, with what was booked for it (R63).
  const open = [...returns.values()].filter(({ state }) => state !== 'settled');
  const ids = open.map((row) => row.parcelId);
  if (ids.length === 0) return;
  const lines = await expectedLines(tx, ids);
  const slips = await slipsOf(tx, ids);
  const match = matchReturns(
    open.map((row) => ({ id: row.parcelId, lines: lines.get(row.parcelId) ?? [] })),
    slips,
  );
  await writeUses(tx, slips, match.uses);
  for (const row of open) {
    const outcome = match.outcomes.get(row.parcelId) ?? 'waiting';
    const intercept = intercepts.get(row.parcelId);
    if (!intercept) continue;
    const to = returnStateOf(row.state, outcome, intercept);
    if (to === row.state) continue;
    await writeReturn(tx, row, to, { compared: outcome !== 'unchecked', booked: outcome !== 'waiting' }, now);
    await follow(tx, env, { row, intercept, to, lines, slips, uses: match.uses }, now);
  }
}

interface Settled {
  readonly row: ReturnRow;
  readonly intercept: Intercept;
  readonly to: ReturnState;
  readonly lines: Awaited<ReturnType<typeof expectedLines>>;
  readonly slips: readonly Slip[];
  readonly uses: readonly LineUse[];
}

/** What a return's new state means outside of it. */
async function follow(tx: Sql, env: JudgeEnv, settled: Settled, now: Date): Promise<void> {
  const { row, intercept, to } = settled;
  let at = intercept;
  for (const step of stepsOfBooking(intercept, to)) {
    if (at.state === 'uncertain') await settleLostSend(tx, at.id, 'accepted');
    at = await move(tx, at, { ...step, actor: 'system' }, now);
  }
  if (to === 'received') await tellReturn(tx, 'return.received', at, { id: row.id, state: to }, now);
  if (isDifference(to)) await tellReturn(tx, 'return.short', at, { id: row.id, state: to, difference: to }, now);
  const kind = kindOfReturn(to);
  if (kind === null) {
    if (to === 'received') await dropDraft(tx, env, intercept.id, ALL_CLAIM_KINDS, now);
    return;
  }
  // Only a courier that took the order has promised anything (R52).
  if (at.acceptedAt === null) return;
  const found = { intercept: at, kind, missing: kind === 'short' ? missingOf(settled) : null };
  await findClaim(tx, env, { ...found, lines: settled.lines.get(row.parcelId) ?? [] }, now);
}

/** Pieces that were expected in a parcel and that no booking counts for. */
function missingOf({ row, lines, slips, uses }: Settled): Map<string, number> {
  const missing = new Map<string, number>();
  const add = (sku: string, n: number) => missing.set(sku, (missing.get(sku) ?? 0) + n);
  for (const { sku, quantity } of lines.get(row.parcelId) ?? []) add(sku, quantity);
  for (const use of uses) {
    if (use.parcelId !== row.parcelId) continue;
    const booked = slips.find(({ id }) => id === use.slipId)?.lines[use.line];
    if (booked) add(booked.sku, -use.quantity);
  }
  return new Map([...missing].filter(([, n]) => n > 0));
}

/** Pieces counted anew for these bookings. */
async function writeUses(tx: Sql, slips: readonly Slip[], uses: readonly LineUse[]): Promise<void> {
  if (slips.length === 0) return;
  await tx.run('DELETE FROM receipt_use WHERE receipt_id IN (?)', [slips.map(({ id }) => id)]);
  if (uses.length === 0) return;
  await tx.run('INSERT INTO receipt_use (receipt_id, line, parcel_id, quantity) VALUES ?', [
    uses.map(({ slipId, line, parcelId, quantity }) => [slipId, line, parcelId, quantity]),
  ]);
}
