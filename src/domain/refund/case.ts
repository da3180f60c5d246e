import type { AfterSaleFacts } from '../aftersale/after-sale.js';
import type { InterceptState } from '../intercept/machine.js';
import type { RefundFacts, RejectCause } from '../platform/refund.js';
import type { Reason } from '../reasons.js';
import type { Whereabouts } from '../tracking/whereabouts.js';
import type { RefundOperation } from './machine.js';

/** At which point of the parcels' way back the refund is agreed (policy `agreeRefund.at`). */
export const REFUND_POINTS = ['never', 'accepted', 'intercepted', 'returned', 'received'] as const;
export type RefundPoint = (typeof REFUND_POINTS)[number];

export interface RefundPolicy {
  readonly at: RefundPoint;
  /** `HH:MM-HH:MM`, Asia/Shanghai; null: at any hour. */
  readonly hours: string | null;
  readonly atPlatformDeadline: 'ask' | 'reject' | 'extend';
  /** How long before the platform's clock ends something is done, ms. */
  readonly platformLeadMs: number;
}

/** One parcel that the after-sale travels in. */
export interface RefundParcel {
  /** null: no intercept of it was ever opened. */
  readonly state: InterceptState | null;
  /** The stop was asked for over the platform's own channel. */
  readonly overPlatform: boolean;
  readonly whereabouts: Whereabouts;
  /** When its track was last read, and what that gave; null: never. */
  readonly lookedAt: Date | null;
  readonly lookFailed: boolean;
  /** Can anybody read its track? */
  readonly canLook: boolean;
  /** The warehouse has booked all of it. */
  readonly received: boolean;
  /** What the warehouse booked is not what was sent (R75). */
  readonly differs: boolean;
}

/** Everything one refund decision is made from: plain values, read under the after-sale's lock. */
export interface RefundCase {
  readonly now: Date;
  readonly mode: 'off' | 'approve' | 'auto';
  readonly policy: RefundPolicy;
  readonly platform: RefundFacts & { readonly canAgree: boolean; readonly canReject: boolean };
  readonly afterSale: AfterSaleFacts;
  /** When the platform was last asked, or told us, about the after-sale. */
  readonly knownAt: Date;
  /** May it be read once more? False where the platform only tells by itself. */
  readonly canReread: boolean;
  readonly parcels: readonly RefundParcel[];
  /** What the after-sale was when the case was opened; null: nothing was known of it then. */
  readonly opened: { readonly amountFen: number | null; readonly orderId: string | null };
  /** The amount that a person has approved, fen; it answers point, hours and road, and nothing else. */
  readonly approvedFen: number | null;
  /** This after-sale was rejected by us already. */
  readonly rejected: boolean;
}

/** What to do about one after-sale now. */
export type RefundDecision =
  | { readonly do: 'drop' | 'hand_over'; readonly reason: Reason }
  /** `until` null: until something happens. `ask`: a person is told meanwhile, and the case goes on. */
  | { readonly do: 'wait'; readonly reason: Reason; readonly until: Date | null; readonly ask?: true }
  | { readonly do: 'look'; readonly at: 'after_sale' | 'road' }
  | {
      readonly do: 'act';
      readonly operation: RefundOperation;
      readonly amountFen: number;
      readonly version: string | null;
      /** Given with a rejection. */
      readonly cause: RejectCause | null;
    };
