import type { AfterSaleFacts } from '../aftersale/after-sale.js';
import type { Reason } from '../reasons.js';
import type { LookResult } from '../tracking/sighting.js';
import type { Whereabouts } from '../tracking/whereabouts.js';

/** What the rules may know of the shop. */
export interface ShopCase {
  readonly crossBorder: boolean;
  readonly active: boolean;
  readonly agreementSignedAt: Date | null;
}

/** Another order in the same parcel and whether it is being refunded too (R19, R61). */
export interface ParcelOrder {
  readonly shopId: string;
  readonly orderId: string;
  readonly paidFen: number | null;
  readonly refund: 'full' | 'partial' | 'none' | 'unknown';
}

export interface ParcelCase {
  /** The courier's slug, or null when the platform's code is not mapped (R66). */
  readonly carrier: string | null;
  /** Is there an enabled account of that courier for this shop? (R17) */
  readonly hasAccount: boolean;
  readonly whereabouts: Whereabouts;
  /** What the last look at the track gave; null while nobody has looked (R67). */
  readonly lastLook: LookResult | null;
  /** Neither the channel nor any account of ours at this courier can read its track. */
  readonly nobodyCanLook?: boolean;
  readonly valueFen: number | null;
  /** The orders known to travel in it beside the after-sale's own; empty when no source named any. */
  readonly orders: readonly ParcelOrder[];
  /** The shop wants the contents known before a send, and they are not, or not any more (R62). */
  readonly contentsMissing?: boolean;
}

export interface PolicyCase {
  readonly partialRefund: 'skip' | 'ask';
  readonly afterRefundPaid: 'intercept' | 'skip';
}

/** Everything a rule may look at: plain values, read under the parcel's lock, stored with the decision. */
export interface EligibilityCase {
  readonly shop: ShopCase;
  /** The after-sales on this parcel that are still worth anything; the first is the one that started it. */
  readonly afterSales: readonly (AfterSaleFacts & { readonly shopId: string })[];
  readonly parcel: ParcelCase;
  readonly policy: PolicyCase;
}

/** What a failing rule wants: `skip` never send · `missed` too late · `review` a person · `hold` wait. */
export type Verdict = 'skip' | 'missed' | 'review' | 'hold';

/** One failing rule. `null` from a rule means: nothing against it. */
export interface Finding {
  readonly rule: `R${number}`;
  readonly verdict: Verdict;
  readonly reason: Reason;
}

export type Rule = (c: EligibilityCase) => Finding | null;
