import type { AfterSaleFacts, AfterSaleType, GoodsCategory } from '../aftersale/after-sale.js';
import type { CarrierManifest } from '../carrier/port.js';
import type { ParcelOrder } from '../eligibility/case.js';
import { sha256, unmappedCarrier } from '../ids.js';
import type { InterceptState } from '../intercept/machine.js';
import type { Freight } from '../money/tariff.js';
import { maskPhones } from '../phones.js';
import type { Reason } from '../reasons.js';
import { carrierFor, type ShopSettings } from '../settings/settings.js';
import { type AfterSaleRow, lockAfterSale, mergeIntoAfterSale, wantJudgement } from './after-sale-store.js';
import type { Database, Sql } from './database.js';
import { type JudgeEnv, judgeIn, type Release } from './judgement.js';
import { setParcelLines } from './parcel-line-store.js';
import { linkParcel } from './parcel-link-store.js';
import { addSightings, setContents, setFreight } from './parcel-store.js';

/** One parcel of a request, as the ERP names it. Amounts in fen. */
export interface RequestedParcel {
  readonly carrier: string;
  readonly waybillNo: string;
  readonly declaredValueFen: number;
  readonly pickedUpAt?: Date | undefined;
  readonly freight?: Freight | undefined;
  readonly orders?: readonly Omit<ParcelOrder, 'shopId'>[] | undefined;
  /** What of the after-sale travels in it; compared with what the warehouse books when it comes back (R75). */
  readonly items?: readonly ParcelItem[] | undefined;
  /** Large goods take longer to come back (R51). */
  readonly large?: boolean | undefined;
}

export interface ParcelItem {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  /** What the buyer paid for all pieces of the line, fen. */
  readonly paidFen?: number | undefined;
}

/** An ERP, a person or a batch asks for intercepts (R20, R22). Same identity as a platform's event of that after-sale. */
export interface InterceptRequest {
  readonly shopId: string;
  readonly afterSaleId: string;
  readonly orderId: string;
  readonly type: Extract<AfterSaleType, 'refund_only' | 'return_refund'>;
  readonly category?: GoodsCategory | undefined;
  readonly refundAmountFen?: number | undefined;
  readonly paidAmountFen?: number | undefined;
  /** The freight parts of both: a refund of everything but the freight is full (R60). */
  readonly refundPostFen?: number | undefined;
  readonly paidPostFen?: number | undefined;
  readonly parcels: readonly RequestedParcel[];
  readonly reason?: string | undefined;
  readonly ownerRef?: string | undefined;
  readonly appliedAt?: Date | undefined;
  readonly deadlineAt?: Date | undefined;
}

export interface RequestedIntercept {
  readonly id: string;
  readonly waybillNo: string;
  readonly state: InterceptState;
  readonly reason: Reason;
}

export interface RequestOutcome {
  /** false: every parcel of it was asked for before, nothing new came of it. */
  readonly created: boolean;
  readonly intercepts: readonly RequestedIntercept[];
}

/** Courier and number of a parcel in the one form that the unique key compares (R66). */
export function identify(
  env: JudgeEnv,
  shop: ShopSettings,
  named: { readonly rawCarrier: string; readonly rawCarrierName: string | null; readonly waybillNo: string },
): { carrier: string; mapped: boolean; rawCarrier: string; waybillNo: string } {
  const slug = carrierFor(
    shop,
    env.book.platformAliases(shop.platform),
    env.book.slugs,
    named.rawCarrier,
    named.rawCarrierName,
  );
  const manifest = slug === null ? null : env.book.manifest(slug);
  return {
    carrier: slug ?? unmappedCarrier(named.rawCarrier),
    mapped: slug !== null,
    rawCarrier: named.rawCarrierName
      ? `${named.rawCarrier} ${named.rawCarrierName}`.slice(0, 191)
      : named.rawCarrier.slice(0, 191),
    waybillNo: normalised(slug, manifest, named.waybillNo),
  };
}

/** A courier that only a service speaks to has no rule of its own for case; of an unmapped one nothing is known. */
function normalised(slug: string | null, manifest: CarrierManifest | null, raw: string): string {
  if (manifest) return manifest.normaliseWaybill(raw);
  return slug === null ? raw.trim() : raw.trim().toUpperCase();
}

async function takeParcel(
  tx: Sql,
  env: JudgeEnv,
  shop: ShopSettings,
  afterSaleRow: string,
  wanted: RequestedParcel,
  now: Date,
): Promise<{ parcelId: string; fresh: boolean }> {
  const who = identify(env, shop, { rawCarrier: wanted.carrier, rawCarrierName: null, waybillNo: wanted.waybillNo });
  const link = await linkParcel(tx, { ...who, afterSaleId: afterSaleRow, valueFen: wanted.declaredValueFen }, now);
  if (wanted.pickedUpAt) {
    const scan = { phase: 'picked_up', rawCode: 'request', text: 'picked up, by the request', place: null } as const;
    const sighting = { ...scan, at: wanted.pickedUpAt, source: 'request' } as const;
    await addSightings(tx, [{ parcelId: link.parcelId, sighting }], now, now);
  }
  if (wanted.freight) await setFreight(tx, link.parcelId, wanted.freight);
  if (wanted.orders) {
    const orders = wanted.orders.map((o) => ({ ...o, shopId: shop.id }));
    await setContents(tx, link.parcelId, orders, now);
  }
  if (wanted.items) await setParcelLines(tx, link.parcelId, afterSaleRow, wanted.items);
  if (wanted.large) await tx.run('UPDATE parcel SET is_large = 1 WHERE id = ?', [link.parcelId]);
  return link;
}

/**
 * Takes a request in: after-sale, parcels and intercepts are committed and decided, as far as no outside read is
 * needed, before this returns. Repeating it gives the same ids and `created: false`.
 * The caller has checked that the shop exists.
 */
export function requestIntercepts(
  db: Database,
  env: JudgeEnv,
  shop: ShopSettings,
  request: InterceptRequest,
  actor: string,
  now: Date,
  release: Release | null = null,
): Promise<RequestOutcome> {
  return db.transaction((tx) => requestIn(tx, env, shop, request, actor, now, release));
}

/**
 * The same in the caller's transaction. With `release` a person has seen the parcels and confirmed (R20): modes and
 * approvals are answered for those of the request.
 */
export async function requestIn(
  tx: Sql,
  env: JudgeEnv,
  shop: ShopSettings,
  request: InterceptRequest,
  actor: string,
  now: Date,
  release: Release | null = null,
): Promise<RequestOutcome> {
  const who = { shopId: shop.id, platform: shop.platform, afterSaleId: request.afterSaleId, origin: 'request' };
  const row = await lockAfterSale(tx, who, now);
  await takeFacts(tx, row, request, now);
  const links: { parcelId: string; fresh: boolean }[] = [];
  for (const parcel of request.parcels) links.push(await takeParcel(tx, env, shop, row.id, parcel, now));
  const parcels = await wantJudgement(tx, [row.id], now);
  const outcome: RequestedIntercept[] = [];
  for (const parcelId of parcels) {
    const isNamed = links.some((l) => l.parcelId === parcelId);
    const intercept = await judgeIn(tx, env, parcelId, actor, now, isNamed ? release : null);
    if (intercept && isNamed) {
      outcome.push({
        id: intercept.id,
        waybillNo: intercept.waybillNo,
        state: intercept.state,
        reason: intercept.reason,
      });
    }
  }
  return { created: links.some((l) => l.fresh), intercepts: outcome };
}

/**
 * A request speaks of the moment it was applied for: sent again as it is, it says nothing new and revives nothing that
 * was closed since. One with other content speaks of now, but for "open".
 */
async function takeFacts(tx: Sql, row: AfterSaleRow, request: InterceptRequest, now: Date): Promise<void> {
  const hash = sha256(JSON.stringify(request));
  if (row.requestHash === hash) return;
  const appliedAt = request.appliedAt ?? row.createdAt;
  const said = row.requestHash === null ? appliedAt : now;
  const opened = await mergeIntoAfterSale(tx, row, { atMs: appliedAt.getTime(), facts: { status: 'open' } }, now);
  await mergeIntoAfterSale(tx, opened, { atMs: said.getTime(), facts: factsOf(request, appliedAt) }, now);
  await tx.run(
    'UPDATE after_sale SET request_hash = ?, requested_deadline_at = COALESCE(?, requested_deadline_at) WHERE id = ?',
    [hash, request.deadlineAt ?? null, row.id],
  );
}

/** What the request says, as facts of the moment it was made. Absent amounts stay absent (R60). */
function factsOf(request: InterceptRequest, appliedAt: Date): AfterSaleFacts {
  return {
    orderId: request.orderId,
    type: request.type,
    appliedAtMs: appliedAt.getTime(),
    ...(request.category === undefined ? {} : { category: request.category }),
    ...(request.refundAmountFen === undefined ? {} : { refundAmountFen: request.refundAmountFen }),
    ...(request.paidAmountFen === undefined ? {} : { paidAmountFen: request.paidAmountFen }),
    ...(request.refundPostFen === undefined ? {} : { refundPostFen: request.refundPostFen }),
    ...(request.paidPostFen === undefined ? {} : { paidPostFen: request.paidPostFen }),
    ...(request.reason === undefined ? {} : { reason: request.reason }),
    ...(request.ownerRef === undefined ? {} : { ownerRef: maskPhones(request.ownerRef) }),
    ...skusOf(request),
  };
}

/** The goods of all parcels; one parcel whose goods are not named leaves them unknown. */
function skusOf({ parcels }: InterceptRequest): Pick<AfterSaleFacts, 'skus'> {
  const items = parcels.flatMap((parcel) => parcel.items ?? []);
  const named = parcels.every((parcel) => (parcel.items?.length ?? 0) > 0);
  return named ? { skus: [...new Set(items.map(({ sku }) => sku))] } : {};
}
