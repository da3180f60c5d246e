import { currentFacts } from '../domain/aftersale/merge.js';
import { CarrierFault } from '../domain/carrier/fault.js';
import type { CallContext } from '../domain/carrier/port.js';
import { failpoint } from '../domain/failpoint.js';
import { type PlatformAdapter, UnreadableEvent } from '../domain/platform/port.js';
import type { RefundAnswer } from '../domain/platform/refund.js';
import type { Settings } from '../domain/settings/settings.js';
import type { Database } from '../domain/store/database.js';
import { takeDetail } from '../domain/store/detail-store.js';
import type { JudgeEnv } from '../domain/store/judgement.js';
import type { RefundEnv, RefundFile } from '../domain/store/refund-case-store.js';
import { followJoined, followSteps } from '../domain/store/refund-news.js';
import {
  type DueRefund,
  NEVER_LEFT,
  type RefundClaim,
  type RefundOutcome,
  recordRefund,
  turnRefund,
} from '../domain/store/refund-work-store.js';
import { StepFollower } from './step-follower.js';

export interface RefundDeps {
  readonly db: Database;
  readonly settings: () => Settings;
  readonly env: () => JudgeEnv;
  readonly platformOf: (shopId: string) => PlatformAdapter | null;
  /** A call to this shop's platform, within its rate limit; null: no slot came in time, nothing was asked. */
  readonly openCall: (shopId: string) => Promise<CallContext | null>;
  /** Reads the track of an intercept's parcel now; false: nobody could. */
  readonly lookAtRoad: (interceptId: string) => Promise<boolean>;
  /** SAFE_MODE: look and ask, send nothing. */
  readonly safeMode: boolean;
  readonly backoffMs: (tries: number) => number;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** How often one case may be looked at and turned again in one run: after-sale, road, after-sale once more. */
const MOST_TURNS = 4;
/** Longer than any call, its wait for a slot and the commit of its outcome, ms. */
const LEASE_MS = 60_000;
/** A platform that refuses our authorisation is tried again this seldom, ms. */
const LOCKED_OUT_MS = 60_000;

/** The shops whose refunds are ours to decide (R76). */
function refundShops(settings: Settings): string[] {
  return [...settings.shops.values()].filter((s) => s.enabled && s.refundMode !== 'off').map(({ id }) => id);
}

/** What these settings let us do about refunds, by shop. */
export function refundEnv(deps: Pick<RefundDeps, 'env' | 'platformOf'>): RefundEnv {
  const { settings, book } = deps.env();
  return {
    settings,
    book,
    powersOf: (shopId) => {
      const platform = deps.platformOf(shopId);
      if (!platform) return null;
      const facts = platform.manifest.refund ?? { channelRefunds: false, versioned: false, mostFen: null };
      const { refunds } = platform;
      return { ...facts, canAgree: refunds !== undefined, canReject: refunds?.reject !== undefined };
    },
  };
}

/** Follows what happened to parcels since the last run. */
export class RefundNews {
  private readonly steps: StepFollower;

  constructor(settleEveryMs?: number) {
    this.steps = new StepFollower('refunds', settleEveryMs);
  }

  /** true: there is more. */
  follow({ db, settings, now }: Pick<RefundDeps, 'db' | 'settings' | 'now'>): Promise<boolean> {
    const shops = refundShops(settings());
    const at = now();
    return this.steps.follow(
      db,
      at,
      (range) => followSteps(db, shops, range, at),
      () => followJoined(db, shops, at),
    );
  }
}

/** One decision: turned, looked at, turned again, until it waits, ends, or its one call has been made and recorded. */
export async function workRefund(deps: RefundDeps, due: DueRefund): Promise<void> {
  for (let turns = 0; turns < MOST_TURNS; turns += 1) {
    const turn = await turnRefund(deps.db, refundEnv(deps), due, LEASE_MS, deps.now(), !deps.safeMode);
    if (turn.next === 'call') return callPlatform(deps, turn.claim);
    if (turn.next === 'nothing') return;
    const looked = turn.at === 'road' ? await lookAtRoads(deps, turn.file) : await readAfterSale(deps, turn.file);
    if (!looked) return;
  }
}

async function lookAtRoads(deps: RefundDeps, file: RefundFile): Promise<boolean> {
  let all = true;
  for (const id of file.looks) all = (await deps.lookAtRoad(id)) && all;
  return all;
}

/** Reads the after-sale at its platform and takes in what it says; false: it could not be read. */
async function readAfterSale(deps: RefundDeps, { afterSale }: RefundFile): Promise<boolean> {
  const shop = deps.settings().shops.get(afterSale.shopId);
  const platform = deps.platformOf(afterSale.shopId);
  if (!shop || !platform?.manifest.doors.detail) return false;
  const call = await deps.openCall(shop.id);
  if (!call) return false;
  const wanted = { afterSaleId: afterSale.afterSaleId, orderId: currentFacts(afterSale.facts).orderId ?? null };
  try {
    const detail = await platform.fetchDetail(wanted, call, deps.now().getTime());
    await takeDetail(deps.db, deps.env(), shop, afterSale.afterSaleId, detail, deps.now());
    return true;
  } catch (error) {
    if (!(error instanceof CarrierFault) && !(error instanceof UnreadableEvent)) throw error;
    deps.log('refund.unread', { shop: shop.id, afterSale: afterSale.id, why: error.message });
    return false;
  }
}

function outcomeOf(error: unknown, again: (fault: CarrierFault) => number): RefundOutcome {
  // An adapter may throw nothing else; anything else is a bug in it, after which bytes may have left.
  if (!(error instanceof CarrierFault)) {
    return { kind: 'outcome_unknown', rawCode: null, rawText: 'the adapter failed in an undocumented way' };
  }
  const { kind, rawCode, message: rawText } = error;
  const isSafe = (word: typeof kind): word is (typeof NEVER_LEFT)[number] => NEVER_LEFT.some((safe) => safe === word);
  return isSafe(kind) ? { kind, rawCode, rawText, againMs: again(error) } : { kind, rawCode, rawText };
}

/** The dangerous stretch: the claim is committed, its outcome is not. Nothing in here may be repeated. */
async function callPlatform(deps: RefundDeps, claim: RefundClaim): Promise<void> {
  const { row, order, operation, cause } = claim;
  const refunds = deps.platformOf(row.shopId)?.refunds;
  const call = refunds ? await deps.openCall(row.shopId) : null;
  let outcome: RefundOutcome;
  try {
    if (!refunds || !call) throw new CarrierFault('not_sent', 'no slot of the shop’s budget came in time');
    failpoint('refund.order');
    outcome = await askFor(refunds, { order, operation, cause }, call, deps.now().getTime());
    failpoint('refund.answered');
  } catch (error) {
    outcome = outcomeOf(error, (fault) =>
      fault.kind === 'credentials' ? LOCKED_OUT_MS : (fault.retryAfterMs ?? deps.backoffMs(row.tries + 1)),
    );
  }
  await recordRefund(deps.db, claim, outcome, deps.now());
  const { id, shopId, platform } = row;
  deps.log('refund.answered', { id, shop: shopId, platform, operation, kind: outcome.kind, code: outcome.rawCode });
}

function askFor(
  refunds: NonNullable<PlatformAdapter['refunds']>,
  { order, operation, cause }: Pick<RefundClaim, 'order' | 'operation' | 'cause'>,
  call: CallContext,
  nowMs: number,
): Promise<RefundAnswer> {
  if (operation === 'agree') return refunds.agree(order, call, nowMs);
  if (!refunds.reject) throw new CarrierFault('not_sent', 'this platform’s rejection is not known');
  return refunds.reject(order, cause ?? 'on_its_way', call, nowMs);
}
