import type { AfterSaleFacts } from '../../src/domain/aftersale/after-sale.js';
import type { EligibilityCase, ParcelCase, PolicyCase, ShopCase } from '../../src/domain/eligibility/case.js';
import type { Permission } from '../../src/domain/intercept/judge.js';

export type CasedAfterSale = AfterSaleFacts & { readonly shopId: string };

/** An open, full refund-only of 89.00 on a shipped order. */
export const OPEN_REFUND = {
  shopId: 'dy-main',
  orderId: '4835804142146757001',
  type: 'refund_only',
  status: 'open',
  refundAmountFen: 8_900,
  paidAmountFen: 8_900,
} as const satisfies CasedAfterSale;

/** The after-sale with changes. */
export function anAfterSale(over: Partial<CasedAfterSale> = {}): CasedAfterSale {
  return { ...OPEN_REFUND, ...over };
}

/** An after-sale of which one fact is not known. */
export function withoutFact(fact: keyof AfterSaleFacts, over: Partial<CasedAfterSale> = {}): CasedAfterSale {
  const { [fact]: _unknown, ...known } = anAfterSale(over);
  return known;
}

export interface CaseParts {
  readonly shop?: Partial<ShopCase>;
  readonly parcel?: Partial<ParcelCase>;
  readonly policy?: Partial<PolicyCase>;
  readonly afterSales?: readonly CasedAfterSale[];
}

/** A case with nothing against it, but for the parts that are given. */
export function aCase(parts: CaseParts = {}): EligibilityCase {
  return {
    shop: { crossBorder: false, active: true, agreementSignedAt: new Date('2024-11-18T00:00:00Z'), ...parts.shop },
    afterSales: parts.afterSales ?? [anAfterSale()],
    parcel: {
      carrier: 'zto',
      hasAccount: true,
      whereabouts: 'moving',
      lastLook: 'found',
      valueFen: 8_900,
      orders: [],
      ...parts.parcel,
    },
    policy: { partialRefund: 'skip', afterRefundPaid: 'intercept', ...parts.policy },
  };
}

/** A shop that may intercept by itself. */
export function aPermission(over: Partial<Permission> = {}): Permission {
  return {
    mode: 'auto',
    policyAuto: true,
    approvalAboveFen: null,
    autoFrom: new Date('2026-11-01T00:00:00Z'),
    appliedAt: new Date('2026-11-20T00:00:00Z'),
    budgetLeft: true,
    releasedByPerson: false,
    ...over,
  };
}
