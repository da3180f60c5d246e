import { laneCarrier, laneIdOf, newId } from '../ids.js';
import { type Decision, decide } from '../intercept/decide.js';
import type { Intercept } from '../intercept/intercept.js';
import { type Judgement, judge } from '../intercept/judge.js';
import { wantFreshDetail } from './after-sale-store.js';
import { type CaseFacts, gatherCase, isWanted, type JudgeEnv, type Release } from './case-store.js';
import type { Database, Sql } from './database.js';
import { move, openIntercept } from './intercept-store.js';
import { clearJudgement, putOffJudgement } from './parcel-store.js';
import { linkAfterSales, mayReopen } from './round-store.js';
import { askOnce, closeQuestions } from './task-store.js';

export type { JudgeEnv, Release } from './case-store.js';

/** How soon a parcel is judged again whose order is on its way to the courier just now. */
const WHILE_SUBMITTING_MS = 500;

/** The decision as it is kept with the row: inputs and every rule that failed, so that it can be explained and replayed. */
function kept(facts: CaseFacts, judgement: Judgement): string {
  return JSON.stringify({
    failed: judgement.failed,
    inputs: facts.eligibility,
    permission: facts.permission,
    deadline: facts.deadline,
    policy: { id: facts.policy.id, version: facts.policy.version },
  });
}

async function open(tx: Sql, facts: CaseFacts, judgement: Judgement, actor: string, now: Date): Promise<Intercept> {
  const { parcel, shop, account } = facts;
  const lead = facts.linked.find((a) => a.shopId === shop.id) ?? facts.linked[0];
  return openIntercept(
    tx,
    {
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
      decision: kept(facts, judgement),
      policyId: facts.policy.id,
      policyVersion: facts.policy.version,
      releasedBy: facts.release?.by ?? null,
      deadlineAt: facts.deadline.at,
      deadlineSource: facts.deadline.source,
    },
    actor,
    now,
  );
}

async function carryOut(
  tx: Sql,
  facts: CaseFacts,
  row: Intercept,
  decision: Decision,
  actor: string,
  now: Date,
): Promise<Intercept> {
  if (decision.do === 'ask_cancel') {
    await tx.run('UPDATE intercept SET cancel_reason = ?, next_at = ?, updated_at = ? WHERE id = ? AND version = ?', [
      decision.reason,
      now,
      now,
      row.id,
      row.version,
    ]);
    return row;
  }
  await closeQuestions(tx, row, decision.do === 'ask_person' ? decision.reason : null, now);
  if (decision.do === 'ask_person') {
    await askOnce(tx, row, decision.reason, now);
    return row;
  }
  if (decision.do === 'call_off_cancel') {
    await tx.run('UPDATE intercept SET cancel_reason = NULL, updated_at = ? WHERE id = ? AND version = ?', [
      now,
      row.id,
      row.version,
    ]);
    return { ...row, cancelReason: null };
  }
  if (facts.release && decision.do === 'nothing') {
    await tx.run('UPDATE intercept SET released_by = ? WHERE id = ? AND version = ?', [
      facts.release.by,
      row.id,
      row.version,
    ]);
  }
  if (decision.do === 'steps') {
    let at = row;
    for (const step of decision.steps) {
      const lane = facts.account
        ? { account_id: facts.account.id, lane_id: laneIdOf(facts.account.carrier, facts.account.id) }
        : {};
      const changes = decision.judgement
        ? {
            decision: kept(facts, decision.judgement),
            deadline_at: facts.deadline.at,
            deadline_source: facts.deadline.source,
            value_fen: facts.eligibility.parcel.valueFen,
            ...(facts.release ? { released_by: facts.release.by } : {}),
            ...lane,
          }
        : {};
      at = await move(tx, at, { ...step, actor }, now, changes);
    }
    return at;
  }
  if ((row.state === 'held' || row.state === 'queued') && row.deadlineAt.getTime() !== facts.deadline.at.getTime()) {
    // New sightings move the clock of what has not been sent; no step, so no transition.
    await tx.run('UPDATE intercept SET deadline_at = ?, deadline_source = ? WHERE id = ? AND version = ?', [
      facts.deadline.at,
      facts.deadline.source,
      row.id,
      row.version,
    ]);
  }
  return row;
}

/**
 * Judges one parcel on everything known now, in the caller's transaction: opens its intercept, moves it, or leaves it.
 * Locks parcel, then intercept; the caller may hold after-sale rows, taken before. Returns the parcel's newest intercept.
 */
export async function judgeIn(
  tx: Sql,
  env: JudgeEnv,
  parcelId: string,
  actor: string,
  now: Date,
  release: Release | null = null,
): Promise<Intercept | null> {
  const facts = await gatherCase(tx, env, parcelId, now, release);
  if (facts?.newest?.state === 'submitting') {
    // Its answer decides first; what arrived meanwhile (a withdrawal, say) is judged right after.
    await putOffJudgement(tx, parcelId, new Date(now.getTime() + WHILE_SUBMITTING_MS));
    return facts.newest;
  }
  await clearJudgement(tx, parcelId);
  if (!facts) return null;
  const { newest } = facts;
  const current = newest && (await mayReopen(tx, newest, facts.linked, release)) ? null : newest;
  const decision = decide({
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
  let result = current;
  if (decision.do === 'open') {
    // A round that would end where the last one ended says nothing new.
    const same = newest && newest.state === decision.judgement.target && newest.reason === decision.judgement.reason;
    result = same ? newest : await open(tx, facts, decision.judgement, actor, now);
  } else if (current) {
    result = await carryOut(tx, facts, current, decision, actor, now);
  }
  if (result) await linkAfterSales(tx, parcelId, result.id, facts.linked);
  if (result?.state === 'held' && result.reason === 'rechecking') {
    await wantFreshDetail(
      tx,
      facts.linked.filter(isWanted).map((a) => a.id),
      now,
    );
  }
  return result;
}

/** What a release of this parcel would come to, without doing it; null: nothing may be decided about it. */
export async function previewRelease(tx: Sql, env: JudgeEnv, parcelId: string, now: Date): Promise<Judgement | null> {
  const facts = await gatherCase(tx, env, parcelId, now, { by: 'preview' });
  if (!facts) return null;
  const { eligibility, permission, deadline } = facts;
  return judge({ now, eligibility, permission, deadline });
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
