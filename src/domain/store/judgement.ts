import { laneCarrier, laneIdOf, newId } from '../ids.js';
import { type Decision, decide } from '../intercept/decide.js';
import type { Intercept } from '../intercept/intercept.js';
import { type Judgement, judge } from '../intercept/judge.js';
import { wantFreshDetail } from './after-sale-store.js';
import { isBudgeted } from './budget-store.js';
import { carryOut, type Decided, goesStraight, kept } from './carry-out.js';
import { type CaseFacts, gatherCase, gatherCases, isWanted, type JudgeEnv, type Release } from './case-store.js';
import type { Database, Sql } from './database.js';
import { type NewIntercept, openIntercepts } from './opening-store.js';
import { clearJudgements, putOffJudgements } from './parcel-store.js';
import { linkAfterSales, mayReopen } from './round-store.js';
import { askNewOwners } from './task-store.js';

export type { JudgeEnv, Release } from './case-store.js';

/** How soon a parcel is judged again whose order is on its way to the courier just now. */
const WHILE_SUBMITTING_MS = 500;

function fresh(env: JudgeEnv, facts: CaseFacts, judgement: Judgement): NewIntercept {
  const { parcel, shop, account } = facts;
  const lead = facts.linked.find((a) => a.shopId === shop.id) ?? facts.linked[0];
  return {
    id: newId(),
    parcelId: parcel.id,
    round: (facts.newest?.round ?? 0) + 1,
    shopId: shop.id,
    platform: shop.platform,
    carrier: parcel.carrier,
    accountId: account?.id ?? null,
    laneId: account ? laneIdOf(account.carrier, account.id) : null,
    channel: shop.channel,
    waybillNo: parcel.waybillNo,
    origin: lead?.origin ?? 'event',
    state: judgement.target,
    reason: judgement.reason,
    rule: judgement.rule,
    valueFen: facts.eligibility.parcel.valueFen,
    stopChance: facts.conditions.chance,
    priceFen: facts.conditions.feeFen,
    decision: kept(facts, judgement),
    policyId: facts.policy.id,
    policyVersion: facts.policy.version,
    releasedBy: facts.release?.by ?? null,
    deadlineAt: facts.deadline.at,
    deadlineSource: facts.deadline.source,
    straight: judgement.target === 'queued' && goesStraight(facts, env.mayGoStraight),
  };
}

function decisionFor(env: JudgeEnv, facts: CaseFacts, current: Intercept | null, now: Date): Decision {
  return decide({
    now,
    eligibility: facts.eligibility,
    permission: facts.permission,
    deadline: facts.deadline,
    goneReason: facts.goneReason,
    current: current && {
      state: current.state,
      reason: current.reason,
      cancelReason: current.cancelReason,
      wasAccepted: current.acceptedAt !== null,
      canCancel: env.book.manifest(laneCarrier(current) ?? current.carrier)?.capabilities.cancel ?? false,
    },
  });
}

/** Would a judgement of this case leave its queued row, the clock of it and the ties to it as they are? */
export function staysQueued(env: JudgeEnv, facts: CaseFacts, row: Intercept, now: Date): boolean {
  return (
    row.state === 'queued' &&
    row.deadlineAt.getTime() === facts.deadline.at.getTime() &&
    facts.linked.every((a) => a.interceptId === row.id) &&
    decisionFor(env, facts, row, now).do === 'nothing'
  );
}

/** As `judgeAll`, for one parcel. Returns its newest intercept; null: it has none. */
export async function judgeIn(
  tx: Sql,
  env: JudgeEnv,
  parcelId: string,
  actor: string,
  now: Date,
  release: Release | null = null,
): Promise<Intercept | null> {
  return (await judgeAll(tx, env, [parcelId], actor, now, release)).get(parcelId) ?? null;
}

/**
 * Judges parcels on everything known now, in the caller's transaction: opens their intercepts, moves them, or leaves
 * them. Locks parcels, then intercepts; the caller may hold after-sale rows, taken before. Parcels that are judged
 * together share their statements. Returns the parcels' newest intercepts; one without is missing.
 */
export async function judgeAll(
  tx: Sql,
  env: JudgeEnv,
  parcelIds: readonly string[],
  actor: string,
  now: Date,
  release: Release | null = null,
): Promise<Map<string, Intercept>> {
  const cases = await gatherCases(tx, env, parcelIds, now, release, 'wait');
  const results = new Map<string, Intercept>();
  const judged: { readonly facts: CaseFacts; readonly parcelId: string }[] = [];
  const settled: string[] = [];
  const submitting: string[] = [];
  const opens: NewIntercept[] = [];
  const decided: Decided[] = [];
  const alone: string[] = [];
  for (const [parcelId, facts] of cases) {
    if (facts && cases.size > 1 && isBudgeted(facts.policy)) {
      alone.push(parcelId);
      continue;
    }
    if (facts?.newest?.state === 'submitting') {
      // Its answer decides first; what arrived meanwhile (a withdrawal, say) is judged right after.
      submitting.push(parcelId);
      results.set(parcelId, facts.newest);
      continue;
    }
    if (!facts || facts.parcel.judgeAt !== null) settled.push(parcelId);
    if (!facts) continue;
    judged.push({ facts, parcelId });
    const { newest } = facts;
    const current = newest && (await mayReopen(tx, newest, facts.linked, release)) ? null : newest;
    const decision = decisionFor(env, facts, current, now);
    if (decision.do === 'open') {
      // A round that would end where the last one ended says nothing new.
      const same = newest?.state === decision.judgement.target && newest.reason === decision.judgement.reason;
      if (newest && same) results.set(parcelId, newest);
      else opens.push(fresh(env, facts, decision.judgement));
    } else if (current) {
      decided.push({ facts, row: current, decision });
    }
  }
  await putOffJudgements(tx, submitting, new Date(now.getTime() + WHILE_SUBMITTING_MS));
  await clearJudgements(tx, settled);
  for (const row of await openIntercepts(tx, opens, actor, now)) results.set(row.parcelId, row);
  for (const row of await carryOut(tx, env, decided, actor, now)) results.set(row.parcelId, row);
  await linkAfterSales(
    tx,
    judged.flatMap(({ facts, parcelId }) => {
      const intercept = results.get(parcelId);
      return intercept ? [{ intercept, linked: facts.linked }] : [];
    }),
  );
  for (const row of results.values()) await askNewOwners(tx, row, now);
  const rechecking = judged.filter(({ parcelId }) => {
    const at = results.get(parcelId);
    return at?.state === 'held' && at.reason === 'rechecking';
  });
  await wantFreshDetail(
    tx,
    rechecking.flatMap(({ facts }) => facts.linked.filter(isWanted).map((a) => a.id)),
    now,
  );
  // Each of these must see what the one before it took from the budget.
  for (const parcelId of alone) {
    const row = await judgeIn(tx, env, parcelId, actor, now, release);
    if (row) results.set(parcelId, row);
  }
  return results;
}

/** What a release of this parcel would come to and cost, without doing it; null: nothing may be decided about it. */
export async function previewRelease(
  tx: Sql,
  env: JudgeEnv,
  parcelId: string,
  now: Date,
): Promise<(Judgement & { readonly feeFen: number | null }) | null> {
  const facts = await gatherCase(tx, env, parcelId, now, { by: 'preview' });
  if (!facts) return null;
  const { eligibility, permission, deadline } = facts;
  return { ...judge({ now, eligibility, permission, deadline }), feeFen: facts.conditions.feeFen };
}

/** Judges one parcel in a transaction of its own. */
export function judgeParcel(
  db: Database,
  env: JudgeEnv,
  parcelId: string,
  actor: string,
  now: Date,
  release: Release | null = null,
): Promise<Intercept | null> {
  return db.transaction((tx) => judgeIn(tx, env, parcelId, actor, now, release));
}

/** Judges parcels in one transaction; nothing of it is kept when one of them fails. Returns their newest intercepts. */
export async function judgeTogether(
  db: Database,
  env: JudgeEnv,
  parcelIds: readonly string[],
  now: Date,
): Promise<readonly Intercept[]> {
  const judged = await db.transaction((tx) => judgeAll(tx, env, parcelIds, 'system', now));
  return [...judged.values()];
}
