import type { ClaimKind } from '../claims/kinds.js';
import { returnDueAt, termsOf } from '../claims/terms.js';
import type { Intercept } from '../intercept/intercept.js';
import type { InterceptState } from '../intercept/machine.js';
import { comesBack } from '../returns/states.js';
import type { Database, Sql } from './database.js';
import type { StepRange } from './follow-store.js';
import { INTERCEPT_COLUMNS, lockNewestRounds } from './intercept-store.js';
import type { JudgeEnv } from './judgement.js';
import { draftedOf, dropDraft, findClaim } from './loss-claim-store.js';
import { heard } from './outbox-store.js';
import { lockParcels } from './parcel-store.js';
import { claimLooseReceipts } from './receipt-store.js';
import { shopsThatBook } from './return-reader.js';
import { settleReturns } from './return-settle-store.js';
import {
  byRoad,
  expectedLines,
  lockReturns,
  type NewReturn,
  openReturns,
  tellReturn,
  writeReturn,
} from './return-store.js';

/** Few enough that those who judge these parcels hardly wait for it. */
const PAGE = 100;
/** Steps of an intercept that bear on the goods. */
const NEWS = [
  'accepted',
  'intercepted',
  'returned',
  'refused',
  'missed',
  'withdrawn',
  'expired',
  'skipped',
] as const satisfies InterceptState[];

interface Step {
  readonly id: number;
  readonly parcelId: string;
  readonly to: InterceptState;
  readonly at: Date;
}

/**
 * Follows the steps of all intercepts in a range: opens the return of every parcel that may come back, starts its clock with
 * the stop, calls it off when the parcel goes on, and drafts the claim of one that was delivered all the same (R52). Nothing is
 * asked of the writers of those steps, and a step read twice changes nothing.
 */
export async function followReturns(
  db: Database,
  env: JudgeEnv,
  { after, upTo }: StepRange,
  now: Date,
): Promise<{ readonly to: number; readonly more: boolean }> {
  const steps = await db.rows<Step>(
    `SELECT t.id, i.parcel_id AS parcelId, t.to_state AS \`to\`, t.at FROM transition t JOIN intercept i ON i.id = t.intercept_id
     WHERE t.id > ? AND t.id <= ? AND t.to_state IN (?) ORDER BY t.id LIMIT ?`,
    [after, upTo, NEWS, PAGE],
  );
  const parcels = await concerned(db, [...new Set(steps.map(({ parcelId }) => parcelId))]);
  if (parcels.length > 0) {
    const booked = await db.transaction((tx) => takeSteps(tx, env, parcels, steps, now));
    for (const parcelId of booked) await db.transaction((tx) => settleReturns(tx, env, parcelId, now));
  }
  const isFull = steps.length === PAGE;
  return { to: isFull ? (steps.at(-1)?.id ?? upTo) : upTo, more: isFull };
}

/** Most refusals and skips are of parcels that never were to come back: they need no look. */
async function concerned(sql: Sql, parcelIds: readonly string[]): Promise<string[]> {
  if (parcelIds.length === 0) return [];
  const rows = await sql.rows<{ id: string }>(
    `SELECT DISTINCT i.parcel_id AS id FROM intercept i LEFT JOIN expected_return e ON e.parcel_id = i.parcel_id
     WHERE i.parcel_id IN (?) AND (e.id IS NOT NULL OR i.state IN ('accepted', 'intercepted', 'returned')
       OR (i.state = 'skipped' AND i.reason = 'already_returning') OR i.accepted_at IS NOT NULL) ORDER BY id`,
    [parcelIds],
  );
  return rows.map(({ id }) => id);
}

/** Takes the steps of one page in; returns the parcels of which something is booked already. */
async function takeSteps(
  tx: Sql,
  env: JudgeEnv,
  parcelIds: readonly string[],
  steps: readonly Step[],
  now: Date,
): Promise<string[]> {
  const parcels = await lockParcels(tx, parcelIds, 'wait');
  const intercepts = await newestRounds(tx, parcelIds);
  const large = await largeOnes(tx, parcelIds);
  const known = await lockReturns(tx, parcelIds);
  const booking = await shopsThatBook(tx);
  const wanted = [...intercepts.values()].map((intercept): NewReturn & { readonly comes: boolean } => {
    const mine = steps.filter(({ parcelId }) => parcelId === intercept.parcelId);
    const stop = mine.find(({ to }) => to === 'intercepted' || to === 'returned' || to === 'skipped') ?? null;
    const comes = comesBack(intercept.state, intercept.reason);
    const stoppedAt = comes ? (stop?.at ?? null) : null;
    const terms = termsOf(env.book.manifest(intercept.carrier)?.claimTerms);
    const dueAt = stoppedAt && returnDueAt(terms, stoppedAt, large.has(intercept.parcelId));
    const since = mine[0]?.at ?? now;
    const { parcelId, id: interceptId, shopId } = intercept;
    return { parcelId, interceptId, shopId, stoppedAt, dueAt, since, comes };
  });
  const fresh = await openReturns(
    tx,
    wanted.filter(({ comes }) => comes),
    now,
  );
  const drafts = await draftedOf(
    tx,
    [...intercepts.values()].map(({ id }) => id),
  );
  const isHeard = fresh.size > 0 && (await heard(tx, ['return.expected'])).size > 0;
  for (const one of wanted) {
    const intercept = intercepts.get(one.parcelId);
    if (!intercept) continue;
    if (!fresh.has(one.parcelId)) await carryOn(tx, known.get(one.parcelId), intercept, one, now);
    else if (isHeard) await tellReturn(tx, 'return.expected', intercept, { state: 'expected' }, now);
    await followClaim(tx, env, intercept, { booking, hasDraft: drafts.has(intercept.id) }, now);
  }
  const waybills = [...parcels.values()].filter(({ id }) => fresh.has(id)).map(({ waybillNo }) => waybillNo);
  const found = await claimLooseReceipts(tx, waybills);
  const booked = await tx.rows<{ id: string }>(
    'SELECT DISTINCT parcel_id AS id FROM receipt WHERE parcel_id IN (?) ORDER BY id',
    [parcelIds],
  );
  return [...new Set([...found, ...booked.map(({ id }) => id)])];
}

/** Newest rounds by parcel; not locked: the parcels are. */
async function newestRounds(tx: Sql, parcelIds: readonly string[]): Promise<Map<string, Intercept>> {
  const rows = await tx.rows<Intercept>(
    `SELECT ${INTERCEPT_COLUMNS} FROM intercept i WHERE i.parcel_id IN (?) ORDER BY i.parcel_id, i.round`,
    [parcelIds],
  );
  return new Map(rows.map((row) => [row.parcelId, row]));
}

async function largeOnes(tx: Sql, parcelIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>('SELECT id FROM parcel WHERE id IN (?) AND is_large = 1', [parcelIds]);
  return new Set(rows.map(({ id }) => id));
}

/** A return that is known meets the newest step of its intercept. */
async function carryOn(
  tx: Sql,
  row: Parameters<typeof writeReturn>[1] | undefined,
  intercept: Intercept,
  { stoppedAt, dueAt }: NewReturn,
  now: Date,
): Promise<void> {
  if (!row) return;
  if (stoppedAt && row.stoppedAt === null) {
    await tx.run(
      'UPDATE expected_return SET stopped_at = ?, due_at = ?, intercept_id = ? WHERE id = ? AND stopped_at IS NULL',
      [stoppedAt, dueAt, intercept.id, row.id],
    );
  }
  const to = byRoad(row, intercept);
  if (to !== row.state) await writeReturn(tx, row, to, {}, now);
}

/** Delivered though the courier had taken the order: it owes (R52). On its way back after all: it does not. */
async function followClaim(
  tx: Sql,
  env: JudgeEnv,
  intercept: Intercept,
  { booking, hasDraft }: { readonly booking: readonly string[]; readonly hasDraft: boolean },
  now: Date,
): Promise<void> {
  if (intercept.state === 'missed' && intercept.reason === 'delivered_after_acceptance') {
    await findClaim(tx, env, { intercept, kind: 'delivered', missing: null, lines: [] }, now);
  } else if (intercept.state === 'returned' && hasDraft) {
    const kinds = booking.includes(intercept.shopId) ? GONE_WITH_SCAN : [...GONE_WITH_SCAN, 'not_returned' as const];
    await dropDraft(tx, env, intercept.id, kinds, now);
  }
}

const GONE_WITH_SCAN = ['delivered'] as const satisfies readonly ClaimKind[];

/**
 * Drafts the claims of parcels that were stopped and are not back when the courier's time is over (R33, case 37). Returns how
 * many were due.
 */
export async function claimOverdue(db: Database, env: JudgeEnv, now: Date, limit: number): Promise<number> {
  const booking = await shopsThatBook(db);
  const due = await db.rows<{ parcelId: string }>(
    `SELECT e.parcel_id AS parcelId FROM expected_return e JOIN intercept i ON i.id = e.intercept_id
     WHERE e.state = 'expected' AND e.due_at <= ? AND i.accepted_at IS NOT NULL AND (i.state <> 'returned' OR i.shop_id IN (?))
       AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.intercept_id = i.id) ORDER BY e.due_at LIMIT ?`,
    [now, [...booking, ''], limit],
  );
  for (const { parcelId } of due) {
    await db.transaction(async (tx) => {
      await lockParcels(tx, [parcelId], 'wait');
      const row = (await lockReturns(tx, [parcelId])).get(parcelId);
      const intercept = (await lockNewestRounds(tx, [parcelId])).get(parcelId);
      if (row?.state !== 'expected' || !intercept) return;
      const lines = (await expectedLines(tx, [parcelId])).get(parcelId) ?? [];
      await findClaim(tx, env, { intercept, kind: 'not_returned', missing: null, lines }, now);
    });
  }
  return due.length;
}
