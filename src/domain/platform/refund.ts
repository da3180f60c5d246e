import type { CallContext, RawAnswer } from '../carrier/port.js';

/** What a platform is told when the seller decides an after-sale. Ids are text, byte for byte as we received them. */
export interface RefundOrder {
  readonly afterSaleId: string;
  readonly orderId: string | null;
  /** Exactly what the after-sale asks for, fen. */
  readonly amountFen: number;
  /** The platform's own version of the after-sale that was looked at; null: the platform has none. */
  readonly version: string | null;
}

/** Why an after-sale is rejected: its parcel cannot be stopped any more, or it was signed for. */
export type RejectCause = 'on_its_way' | 'delivered';

/**
 * What the platform answered. `done`: it says that it did so, which is not yet money paid: the after-sale is read back.
 * `refused`: it says that it did not, and why. Everything else is thrown as CarrierFault, typed by whether it may have acted.
 */
export type RefundAnswer = RawAnswer & { readonly kind: 'done' | 'refused' };

/** The seller's own decision about an after-sale, where the platform has an interface for it. */
export interface PlatformRefunds {
  /** Agrees the refund. That is paying: it is called once for an after-sale, and never again after its answer was lost. */
  agree(order: RefundOrder, ctx: CallContext, nowMs: number): Promise<RefundAnswer>;
  /** Absent: the platform's interface is not known, or the shop has not said which reason it gives. */
  reject?(order: RefundOrder, cause: RejectCause, ctx: CallContext, nowMs: number): Promise<RefundAnswer>;
}

/** What is known of a platform's refunds beside its calls. */
export interface RefundFacts {
  /** An intercept over the platform's own channel refunds by itself, so that nothing is agreed by us (R51, R73). */
  readonly channelRefunds: boolean;
  /** Its call wants the version of the after-sale: without one nothing is sent. */
  readonly versioned: boolean;
  /** The most that it takes in one agreement, fen; null: no limit is known. */
  readonly mostFen: number | null;
}
