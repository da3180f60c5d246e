import { currentFacts } from '../aftersale/merge.js';
import type { CarrierBook } from '../carrier/book.js';
import type { EligibilityCase } from '../eligibility/case.js';
import { standing } from '../eligibility/refund-rules.js';
import { laneIdOf, newId } from '../ids.js';
import { type Deadline, deadlineOf } from '../intercept/deadline.js';
import { type Decision, decide } from '../intercept/decide.js';
import type { Intercept } from '../intercept/intercept.js';
import type { Judgement, Permission } from '../intercept/judge.js';
import { isFinal } from '../intercept/machine.js';
import type { Reason } from '../reasons.js';
import { type AccountSettings, accountFor, type PolicySettings, type Settings, type ShopSettings } from '../settings/settings.js';
import { whereaboutsOf } from '../tracking/whereabouts.js';
import { type AfterSaleRow, afterSalesOf } from './after-sale-store.js';
import { budgetLeft } from './budget-store.js';
import type { Database, Sql } from './database.js';
import { lockNewestRound, move, openIntercept } from './intercept-store.js';
import { clearJudgement, lockParcel, type ParcelRow, sightingsOf } from './parcel-store.js';

/** What a judgement reads beside the database. */
export interface JudgeEnv {
  readonly settings: Settings;
  readonly book: CarrierBook;
}

type LinkedAfterSale = AfterSaleRow & { interceptId: string | null; valueFen: number | null };

/** Ends that a change of the after-sale itself undoes: the buyer applied again, or asked for all instead of a part. */
const REOPENED_BY_FACTS: ReadonlySet<Reason> = new Set([
  'refund_withdrawn',
  'type_changed',
  'partial_refund',
  'not_refund_only',
  'after_sale_not_open',
  'refund_already_paid',
]);

/** Everything one judgement is made from, read under the parcel's lock. */
interface Facts {
  readonly parcel: ParcelRow;
  readonly linked: readonly LinkedAfterSale[];
  readonly newest: Intercept | null;
  readonly shop: ShopSettings;
  readonly policy: PolicySettings;
  readonly account: AccountSettings | null;
  readonly eligibility: EligibilityCase;
  readonly deadline: Deadline;
  readonly permission: Permission;
}

/** May a new round begin? Never after a stop that took, never over a live one (design.md "Data"). */
function reopens(newest: Intercept, linked: readonly LinkedAfterSale[]): boolean {
  if (!isFinal(newest.state)) return false;
  const wanted = linked.filter((a) => ['valid', 'paid'].includes(standing(currentFacts(a.facts))));
  if (newest.state === 'withdrawn' || newest.state === 'skipped' || newest.state === 'expired') {
    return wanted.some((a) => a.interceptId === null || REOPENED_BY_FACTS.has(newest.reason));
  }
  return false;
}

/** The parcel's value: what was declared for it, or what its after-sales' goods come to, whichever is more (R14, R61). */
function valueOf(parcel: ParcelRow, linked: readonly LinkedAfterSale[]): number | null {
  const counted = linked.filter((a) => standing(currentFacts(a.facts)) !== 'over');
  const parts = (counted.length > 0 ? counted : linked).map((a) => a.valueFen);
  const linkedSum = parts.includes(null) ? null : parts.reduce<number>((sum, v) => sum + (v ?? 0), 0);
  const contents = parcel.contents.map((o) => o.paidFen);
  const contentsSum = contents.length === 0 || contents.includes(null) ? null : contents.reduce<number>((s, v) => s + (v ?? 0), 0);
  const known = [parcel.valueFen, linkedSum, contentsSum].filter((v): v is number => v !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

async function gather(tx: Sql, env: JudgeEnv, parcelId: string, now: Date): Promise<Facts | null> {
  const parcel = await lockParcel(tx, parcelId);
  if (!parcel) return null;
  const newest = await lockNewestRound(tx, parcelId);
  const linked = await afterSalesOf(tx, parcelId);
  const lead = linked.find((a) => ['valid', 'paid'].includes(standing(currentFacts(a.facts)))) ?? linked[0];
  const shop = env.settings.shops.get(newest?.shopId ?? lead?.shopId ?? '');
  const policy = shop ? env.settings.policies.get(shop.policyId) : undefined;
  if (!lead || !shop || !policy) return null;
  const sightings = await sightingsOf(tx, parcelId);
  const carrier = parcel.mapped && env.book.manifest(parcel.carrier) ? parcel.carrier : null;
  const account = carrier ? accountFor(env.settings, carrier, shop.id) : null;
  const leadFacts = currentFacts(lead.facts);
  const valueFen = valueOf(parcel, linked);
  return {
    parcel,
    linked,
    newest,
    shop,
    policy,
    account,
    eligibility: {
      shop: {
        crossBorder: shop.crossBorder,
        active: shop.enabled && shop.status === 'active',
        agreementSignedAt: shop.agreementSignedAt,
      },
      afterSales: linked.map((a) => ({ ...currentFacts(a.facts), shopId: a.shopId })),
      parcel: {
        carrier,
        hasAccount: account !== null,
        whereabouts: whereaboutsOf(sightings),
        lastLook: parcel.lastLook,
        valueFen,
        orders: parcel.contents,
      },
      policy: { partialRefund: policy.partialRefund, afterRefundPaid: policy.afterRefundPaid },
    },
    deadline: deadlineOf({
      requestedAt: lead.requestedDeadlineAt,
      platformDeadlineMs: leadFacts.platformDeadlineMs ?? null,
      policyAfterMs: policy.deadlineAfterMs,
      firstHeardAt: lead.createdAt,
      sightings,
    }),
    permission: {
      mode: shop.mode,
      policyAuto: policy.auto,
      approvalAboveFen: policy.approvalAboveFen,
      autoFrom: shop.autoFrom,
      appliedAt: leadFacts.appliedAtMs === undefined ? lead.createdAt : new Date(leadFacts.appliedAtMs),
      budgetLeft: await budgetLeft(tx, policy, now),
      releasedByPerson: newest?.releasedBy !== null && newest?.releasedBy !== undefined,
    },
  };
}

/** The decision as it is kept with the row: inputs and every rule that failed, so that it can be explained and replayed. */
function kept(facts: Facts, judgement: Judgement): string {
  return JSON.stringify({
    failed: judgement.failed,
    inputs: facts.eligibility,
    permission: facts.permission,
    deadline: facts.deadline,
    policy: { id: facts.policy.id, version: facts.policy.version },
  });
}

async function open(tx: Sql, facts: Facts, judgement: Judgement, actor: string, now: Date): Promise<Intercept> {
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
      releasedBy: null,
      deadlineAt: facts.deadline.at,
      deadlineSource: facts.deadline.source,
    },
    actor,
    now,
  );
}

async function carryOut(tx: Sql, facts: Facts, row: Intercept, decision: Decision, actor: string, now: Date): Promise<Intercept> {
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
export async function judgeIn(tx: Sql, env: JudgeEnv, parcelId: string, actor: string, now: Date): Promise<Intercept | null> {
  const facts = await gather(tx, env, parcelId, now);
  await clearJudgement(tx, parcelId);
  if (!facts) return null;
  const { newest } = facts;
  const current = newest && reopens(newest, facts.linked) ? null : newest;
  const decision = decide({
    now,
    eligibility: facts.eligibility,
    permission: facts.permission,
    deadline: facts.deadline,
    current: current && {
      state: current.state,
      reason: current.reason,
      cancelAsked: current.cancelReason !== null,
      canCancel: env.book.manifest(current.carrier)?.capabilities.cancel ?? false,
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
  return result;
}

/** Every after-sale shows the intercept that stands for it: its first one, or the new round while it is still wanted (R64). */
async function linkAfterSales(tx: Sql, parcelId: string, interceptId: string, linked: readonly LinkedAfterSale[]): Promise<void> {
  const moved = linked
    .filter((a) => a.interceptId !== interceptId)
    .filter((a) => a.interceptId === null || standing(currentFacts(a.facts)) !== 'over')
    .map((a) => a.id);
  if (moved.length === 0) return;
  await tx.run('UPDATE parcel_after_sale SET intercept_id = ? WHERE parcel_id = ? AND after_sale_id IN (?)', [
    interceptId,
    parcelId,
    moved,
  ]);
}

/** Judges one parcel in a transaction of its own. */
export function judgeParcel(db: Database, env: JudgeEnv, parcelId: string, actor: string, now: Date): Promise<Intercept | null> {
  return db.transaction((tx) => judgeIn(tx, env, parcelId, actor, now));
}
