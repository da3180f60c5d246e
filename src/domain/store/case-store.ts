import type { AfterSaleFacts } from '../aftersale/after-sale.js';
import { currentFacts } from '../aftersale/merge.js';
import type { CarrierBook } from '../carrier/book.js';
import type { EligibilityCase } from '../eligibility/case.js';
import { standing } from '../eligibility/refund-rules.js';
import { type Deadline, deadlineOf } from '../intercept/deadline.js';
import type { Intercept } from '../intercept/intercept.js';
import type { Permission } from '../intercept/judge.js';
import { unmetCondition } from '../policy/conditions.js';
import type { ConditionFacts } from '../policy/variables.js';
import type { Reason } from '../reasons.js';
import { accountFor, canLook } from '../settings/lanes.js';
import type { AccountSettings, PolicySettings, Settings, ShopSettings } from '../settings/settings.js';
import type { Sighting } from '../tracking/sighting.js';
import { whereaboutsOf } from '../tracking/whereabouts.js';
import { afterSalesOf, type LinkedAfterSale } from './after-sale-store.js';
import { budgetLeft } from './budget-store.js';
import { conditionFacts } from './condition-facts.js';
import type { Sql } from './database.js';
import { lockNewestRounds } from './intercept-store.js';
import { lockParcels, type ParcelRow, sightingsOf } from './parcel-store.js';

/** What a judgement reads beside the database. */
export interface JudgeEnv {
  readonly settings: Settings;
  readonly book: CarrierBook;
  /**
   * May a row that is queued now, for this lane and deadline, go to Redis without waiting for a filling? Whoever gives this adds
   * the jobs after the commit (hand-over.ts). Left out: no.
   */
  readonly mayGoStraight?: (laneId: string, deadlineAt: Date) => boolean;
}

/** A person lets a parcel go again: modes and approvals are answered, and an end may be followed by a new round. */
export interface Release {
  readonly by: string;
}

/** Everything one judgement is made from, read under the parcel's lock. */
export interface CaseFacts {
  readonly parcel: ParcelRow;
  readonly linked: readonly LinkedAfterSale[];
  readonly newest: Intercept | null;
  readonly shop: ShopSettings;
  readonly policy: PolicySettings;
  readonly account: AccountSettings | null;
  readonly eligibility: EligibilityCase;
  readonly deadline: Deadline;
  readonly permission: Permission;
  /** What the policy's conditions looked at; kept, so that another policy can be tried on it. */
  readonly conditions: ConditionFacts;
  readonly release: Release | null;
  /** Why nothing is wanted any more, if nothing is: the buyer withdrew, or the parcel is another one now (R65). */
  readonly goneReason: Reason;
}

/** The facts of an after-sale for this parcel: one that travels in another parcel now is over here (R65). */
function factsHere(a: LinkedAfterSale): AfterSaleFacts {
  const facts = currentFacts(a.facts);
  return a.droppedAt === null ? facts : { ...facts, status: 'closed', type: 'refund_only' };
}

export function isWanted(a: LinkedAfterSale): boolean {
  return ['valid', 'paid'].includes(standing(factsHere(a)));
}

/** The parcel's value: what was declared for it, or what its after-sales' goods come to, whichever is more (R14, R61). */
function parcelValue(parcel: ParcelRow, linked: readonly LinkedAfterSale[]): number | null {
  const counted = linked.filter((a) => standing(factsHere(a)) !== 'over');
  const parts = (counted.length > 0 ? counted : linked).map((a) => a.valueFen);
  const sum = (values: readonly (number | null)[]) =>
    values.length === 0 || values.includes(null) ? null : values.reduce<number>((total, v) => total + (v ?? 0), 0);
  const known = [parcel.valueFen, sum(parts), sum(parcel.contents.map((o) => o.paidFen))].filter((v) => v !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

/** Is what we know of a platform's after-sales older than the policy allows before a send (R72)? */
function knowledgeIsOld(book: CarrierBook, linked: readonly LinkedAfterSale[], maxAgeMs: number, now: Date): boolean {
  const rereadable = linked.filter((a) => isWanted(a) && a.origin !== 'request' && book.canReread(a.platform));
  return rereadable.some((a) => now.getTime() - a.knownAt.getTime() > maxAgeMs);
}

/** Are the parcel's contents asked for and not known, or known too long ago (R62)? */
function contentsMissing(shop: ShopSettings, policy: PolicySettings, parcel: ParcelRow, now: Date): boolean {
  if (!shop.requireContents) return false;
  return parcel.contentsAt === null || now.getTime() - parcel.contentsAt.getTime() > policy.contentsMaxAgeMs;
}

/** What one look at the database says of one parcel. */
interface Found {
  readonly parcel: ParcelRow;
  readonly newest: Intercept | null;
  readonly linked: readonly LinkedAfterSale[];
  readonly sightings: readonly Pick<Sighting, 'at' | 'phase' | 'place'>[];
}

/** Locks the parcel, then its newest round, and reads all that bears on it. null: nobody configured knows this parcel. */
export async function gatherCase(
  tx: Sql,
  env: JudgeEnv,
  parcelId: string,
  now: Date,
  release: Release | null,
): Promise<CaseFacts | null> {
  return (await gatherCases(tx, env, [parcelId], now, release, 'wait')).get(parcelId) ?? null;
}

/**
 * The cases of several parcels, in as many statements as one takes. A parcel that nobody configured knows is null; one
 * that is not there, or that somebody else holds while we `skip`, is missing.
 */
export async function gatherCases(
  tx: Sql,
  env: JudgeEnv,
  parcelIds: readonly string[],
  now: Date,
  release: Release | null,
  held: 'wait' | 'skip',
): Promise<Map<string, CaseFacts | null>> {
  const parcels = await lockParcels(tx, parcelIds, held);
  const ids = [...parcels.keys()];
  if (ids.length === 0) return new Map();
  const newest = await lockNewestRounds(tx, ids);
  const linked = await afterSalesOf(tx, ids);
  const sightings = await sightingsOf(tx, ids);
  const cases = new Map<string, CaseFacts | null>();
  for (const [id, parcel] of parcels) {
    const found = {
      parcel,
      newest: newest.get(id) ?? null,
      linked: linked.get(id) ?? [],
      sightings: sightings.get(id) ?? [],
    };
    cases.set(id, await caseOf(tx, env, found, now, release));
  }
  return cases;
}

async function caseOf(
  tx: Sql,
  env: JudgeEnv,
  { parcel, newest, linked, sightings }: Found,
  now: Date,
  release: Release | null,
): Promise<CaseFacts | null> {
  const lead = linked.find(isWanted) ?? linked[0];
  // What travels in another parcel now counts here only when nothing else is left (R65).
  const staying = linked.filter((a) => a.droppedAt === null);
  const travelling = staying.length > 0 ? staying : linked;
  const shop = env.settings.shops.get(newest?.shopId ?? lead?.shopId ?? '');
  const policy = shop ? env.settings.policies.get(shop.policyId) : undefined;
  if (!lead || !shop || !policy) return null;
  const carrier = parcel.mapped && env.book.slugs.has(parcel.carrier) ? parcel.carrier : null;
  const account = carrier ? accountFor(env.settings, env.book, carrier, shop) : null;
  const leadFacts = currentFacts(lead.facts);
  const valueFen = parcelValue(parcel, linked);
  const whereabouts = whereaboutsOf(sightings);
  const priced = { ...parcel.freight, channel: account?.carrier ?? parcel.carrier };
  const known = { shop, carrier, priced, valueFen, whereabouts, lead: leadFacts, sightings };
  const conditions = conditionFacts(env, known, now);
  return {
    parcel,
    linked,
    newest,
    shop,
    policy,
    account,
    release,
    conditions,
    goneReason: linked.some((a) => a.droppedAt !== null) ? 'waybill_changed' : 'refund_withdrawn',
    eligibility: {
      shop: {
        crossBorder: shop.crossBorder,
        active: shop.enabled && shop.status === 'active',
        agreementSignedAt: shop.agreementSignedAt,
      },
      afterSales: travelling.map((a) => ({ ...factsHere(a), shopId: a.shopId })),
      parcel: {
        carrier,
        hasAccount: account !== null,
        whereabouts,
        lastLook: parcel.lastLook,
        nobodyCanLook:
          carrier !== null && account !== null && !canLook(env.settings, env.book, account, carrier, shop.id),
        valueFen,
        orders: parcel.contents,
        contentsMissing: contentsMissing(shop, policy, parcel, now),
      },
      policy: { partialRefund: policy.partialRefund, afterRefundPaid: policy.afterRefundPaid },
    },
    deadline: deadlineOf({
      requestedAt: lead.requestedDeadlineAt,
      platformDeadlineMs: leadFacts.platformDeadlineMs ?? null,
      policyAfterMs: policy.deadlineAfterMs,
      firstHeardAt: lead.createdAt,
      sightings,
      roadTimes: carrier === null ? null : (env.book.roadTimes?.(carrier) ?? null),
      now,
    }),
    permission: {
      mode: shop.mode,
      policyAuto: policy.auto,
      approvalAboveFen: policy.approvalAboveFen,
      autoFrom: shop.autoFrom,
      appliedAt: leadFacts.appliedAtMs === undefined ? lead.createdAt : new Date(leadFacts.appliedAtMs),
      conditionsMet: unmetCondition(policy.when ?? {}, conditions) === null,
      brakeOn: policy.braked === true && newest?.state !== 'queued',
      // What was let go stays let go: the budget is asked on the way into the queue only.
      budgetLeft: newest?.state === 'queued' || (await budgetLeft(tx, policy, newest?.id ?? '', now)),
      knowledgeIsOld: knowledgeIsOld(env.book, linked, policy.maxAfterSaleAgeMs, now),
      releasedByPerson: release !== null || (newest?.releasedBy ?? null) !== null,
    },
  };
}
