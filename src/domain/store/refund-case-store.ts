import { currentFacts } from '../aftersale/merge.js';
import type { CarrierBook } from '../carrier/book.js';
import type { InterceptState } from '../intercept/machine.js';
import type { RefundFacts } from '../platform/refund.js';
import type { RefundCase, RefundParcel } from '../refund/case.js';
import { mayHavePaid } from '../refund/machine.js';
import { isDifference, type ReturnState } from '../returns/states.js';
import { accountFor, canLook } from '../settings/lanes.js';
import type { Settings, ShopSettings } from '../settings/settings.js';
import { whereaboutsOf } from '../tracking/whereabouts.js';
import { type AfterSaleRow, lockAfterSaleById } from './after-sale-store.js';
import type { Sql } from './database.js';
import { lockParcel, type ParcelRow, sightingsOf } from './parcel-store.js';
import { lockRefundsOf, type RefundRow } from './refund-store.js';

/** What can be done about a shop's refunds at its platform. */
export type RefundPowers = RefundFacts & { readonly canAgree: boolean; readonly canReject: boolean };

/** What a refund decision reads beside the database. */
export interface RefundEnv {
  readonly settings: Settings;
  readonly book: CarrierBook;
  /** null: the shop's platform cannot be reached with these settings. */
  readonly powersOf: (shopId: string) => RefundPowers | null;
}

/** One after-sale with everything its decision is made from, under its lock. */
export interface RefundFile {
  readonly afterSale: AfterSaleRow;
  readonly agree: RefundRow;
  readonly reject: RefundRow | null;
  readonly case: RefundCase;
  /** The intercepts that can be looked at for it. */
  readonly looks: readonly string[];
}

interface Round {
  readonly id: string;
  readonly state: InterceptState;
  readonly channel: string;
}

/** The newest round of a parcel; its row is not locked: the parcel is. */
async function newestRound(tx: Sql, parcelId: string): Promise<Round | null> {
  const rows = await tx.rows<Round>(
    'SELECT id, state, channel FROM intercept WHERE parcel_id = ? ORDER BY round DESC LIMIT 1',
    [parcelId],
  );
  return rows[0] ?? null;
}

/** What the warehouse booked of a parcel: all of it, or something that is not what was sent (R75). */
async function bookedOf(tx: Sql, parcelId: string): Promise<Pick<RefundParcel, 'received' | 'differs'>> {
  const rows = await tx.rows<{ state: ReturnState }>('SELECT state FROM expected_return WHERE parcel_id = ?', [
    parcelId,
  ]);
  const state = rows[0]?.state ?? 'expected';
  return { received: state === 'received', differs: isDifference(state) };
}

async function parcelCase(
  tx: Sql,
  env: RefundEnv,
  shop: ShopSettings,
  parcel: ParcelRow,
  round: Round | null,
): Promise<RefundParcel> {
  const account = parcel.mapped ? accountFor(env.settings, env.book, parcel.carrier, shop) : null;
  return {
    state: round?.state ?? null,
    overPlatform: round?.channel === 'platform',
    whereabouts: whereaboutsOf((await sightingsOf(tx, [parcel.id])).get(parcel.id) ?? []),
    lookedAt: parcel.lastLookAt,
    lookFailed: parcel.lastLook === 'failed',
    canLook: account !== null && canLook(env.settings, env.book, account, parcel.carrier, shop.id),
    ...(await bookedOf(tx, parcel.id)),
  };
}

/** The parcels that the after-sale travels in now, locked in the order of their ids. */
async function lockParcelsOf(tx: Sql, afterSaleId: string): Promise<ParcelRow[]> {
  const links = await tx.rows<{ parcelId: string; droppedAt: Date | null }>(
    'SELECT parcel_id AS parcelId, dropped_at AS droppedAt FROM parcel_after_sale WHERE after_sale_id = ? ORDER BY parcel_id',
    [afterSaleId],
  );
  const staying = links.filter(({ droppedAt }) => droppedAt === null);
  const locked: ParcelRow[] = [];
  for (const { parcelId } of staying.length > 0 ? staying : links) {
    const parcel = await lockParcel(tx, parcelId);
    if (parcel) locked.push(parcel);
  }
  return locked;
}

/**
 * Locks the after-sale, then its refunds and parcels, and reads all that bears on the decision. null: it is not followed,
 * or its shop is not configured any more.
 */
export async function openRefundFile(
  tx: Sql,
  env: RefundEnv,
  afterSaleId: string,
  now: Date,
): Promise<RefundFile | null> {
  const afterSale = await lockAfterSaleById(tx, afterSaleId);
  if (!afterSale) return null;
  const refunds = await lockRefundsOf(tx, afterSaleId);
  const agree = refunds.find(({ operation }) => operation === 'agree');
  const reject = refunds.find(({ operation }) => operation === 'reject') ?? null;
  const shop = env.settings.shops.get(afterSale.shopId);
  const policy = shop ? env.settings.policies.get(shop.policyId) : undefined;
  const powers = env.powersOf(afterSale.shopId);
  if (!agree || !shop || !policy || !powers) return null;
  const parcels: RefundParcel[] = [];
  const looks: string[] = [];
  for (const parcel of await lockParcelsOf(tx, afterSaleId)) {
    const round = await newestRound(tx, parcel.id);
    parcels.push(await parcelCase(tx, env, shop, parcel, round));
    if (round && (round.state === 'accepted' || round.state === 'intercepted')) looks.push(round.id);
  }
  return {
    afterSale,
    agree,
    reject,
    looks,
    case: {
      now,
      mode: shop.enabled ? shop.refundMode : 'off',
      policy: policy.refund,
      platform: powers,
      afterSale: currentFacts(afterSale.facts),
      knownAt: afterSale.knownAt,
      // What an ERP told us by a request is read anew at the platform too, where that can be read.
      canReread: env.book.canReread(afterSale.platform),
      parcels,
      opened: { amountFen: agree.amountFen, orderId: agree.orderId },
      approvedFen: agree.approvedFen,
      rejected: reject !== null && mayHavePaid(reject.state),
    },
  };
}
