import type { Freight } from '../money/tariff.js';

/** What kind of after-sale the buyer asked for. Only `refund_only` on a shipped order is intercepted (R15). */
export const AFTER_SALE_TYPES = ['refund_only', 'return_refund', 'refund_before_shipment', 'other'] as const;
export type AfterSaleType = (typeof AFTER_SALE_TYPES)[number];

/**
 * Where an after-sale stands, over all platforms. `agreed` and `paid` are still worth an intercept: the goods are
 * in the courier's hands and the money is gone (R15). `refused` and `closed` are not. `unknown` is never a yes (R70).
 */
export const AFTER_SALE_STATUSES = ['unknown', 'open', 'agreed', 'refused', 'paid', 'closed'] as const;
export type AfterSaleStatus = (typeof AFTER_SALE_STATUSES)[number];

export const GOODS_CATEGORIES = ['normal', 'fresh', 'virtual', 'custom'] as const;
export type GoodsCategory = (typeof GOODS_CATEGORIES)[number];

/** Facts about an after-sale as one source states them; absent means "this source does not say". Fen are integers. */
export interface AfterSaleFacts {
  readonly orderId?: string;
  readonly type?: AfterSaleType;
  readonly status?: AfterSaleStatus;
  /** What the buyer asks back, fen, freight included. */
  readonly refundAmountFen?: number;
  /** The freight part of it, fen. */
  readonly refundPostFen?: number;
  /** What the buyer paid for the goods of this after-sale after all discounts, fen; never a platform's coupon (R60). */
  readonly paidAmountFen?: number;
  /** The freight part of what the buyer paid, fen. */
  readonly paidPostFen?: number;
  readonly category?: GoodsCategory;
  readonly arbitration?: 'none' | 'applied' | 'ended' | 'cancelled';
  readonly reason?: string;
  /** The platform's own clock: silence until then decides, ms since 1970. */
  readonly platformDeadlineMs?: number;
  readonly appliedAtMs?: number;
  /** The goods, by the seller's own numbers, where a source names them. */
  readonly skus?: readonly string[];
  /** Whose it is at the seller's, by the word of his own system: the owner of its tasks (R78). */
  readonly ownerRef?: string;
  /** The platform's own version of the after-sale, where its writes want it back (Taobao `refund_version`). */
  readonly version?: string;
}

/** Facts of one moment: `atMs` is the platform's time of the change, not ours. */
export interface DatedFacts {
  readonly atMs: number;
  readonly facts: AfterSaleFacts;
}

/** A parcel an after-sale travels in, as the platform or the ERP names it; the courier is still the source's own word. */
export interface NamedParcel {
  readonly rawCarrier: string;
  readonly rawCarrierName: string | null;
  readonly waybillNo: string;
  /** What the goods in it are worth, fen; absent: unknown. */
  readonly declaredValueFen?: number;
  readonly pickedUpAt?: Date;
  /** What the price of stopping it may depend on, as far as it is stated (R31). */
  readonly freight?: Freight;
}
