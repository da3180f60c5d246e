import type { ReturnAddress } from '../carrier/port.js';
import type { TariffConditions } from '../money/tariff.js';
import type { Budget } from '../policy/budget.js';
import type { PolicyConditions } from '../policy/conditions.js';
import type { RefundPolicy } from '../refund/case.js';
import type { TargetSettings } from './targets.js';

/**
 * The seller's configuration as the running system reads it: an immutable picture of one version of what
 * `jiejian apply` wrote (contract section 4). A new version is a new picture, swapped in within a second.
 */
export interface RateLimit {
  readonly max: number;
  readonly perMs: number;
}

/** Credentials that were replaced: messages signed with them still count until then (S5). Never used for a call. */
export interface FormerCredentials {
  /** Decrypted, in memory only. */
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly until: Date;
}

export interface ShopSettings {
  readonly id: string;
  readonly platform: string;
  readonly platformShopId: string;
  readonly name: string;
  readonly crossBorder: boolean;
  readonly status: 'active' | 'suspended';
  readonly agreementSignedAt: Date | null;
  readonly baseUrl: string | null;
  /** Decrypted, in memory only; parsed by the platform's own schema. */
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly former?: FormerCredentials | null;
  readonly channel: 'carrier' | 'platform';
  readonly policyId: string;
  readonly mode: 'observe' | 'approve' | 'auto';
  readonly refundMode: 'off' | 'approve' | 'auto';
  readonly autoFrom: Date;
  readonly intake: 'push' | 'poll' | 'both';
  readonly requireContents: boolean;
  readonly carrierAliases: Readonly<Record<string, string>>;
  /** Decrypted, in memory only. */
  readonly returnAddress: ReturnAddress | null;
  /** Who owns the shop's tasks where its own system names nobody. */
  readonly taskOwner?: string | null;
  readonly enabled: boolean;
}

export interface AccountSettings {
  readonly id: string;
  readonly carrier: string;
  readonly shops: readonly string[] | '*';
  /** The couriers that a service fronts for this account (kuaidi100); empty: its own parcels only. */
  readonly serves: readonly string[];
  readonly isDefault: boolean;
  readonly baseUrl: string | null;
  /** Decrypted, in memory only; parsed by the courier's own schema. */
  readonly credentials: Readonly<Record<string, unknown>>;
  readonly former?: FormerCredentials | null;
  /** Budget of orders (create, cancel); null: none. */
  readonly rateLimit: RateLimit | null;
  /** Budget of reads (status, track); null: none. */
  readonly readRateLimit: RateLimit | null;
  readonly concurrency: number;
  readonly timeoutMs: number | null;
  readonly enabled: boolean;
}

export interface TariffRow {
  readonly carrier: string;
  readonly feeFen: number;
  /** First day it holds, `YYYY-MM-DD`, Asia/Shanghai. */
  readonly from: string;
  /** When it holds; absent: always. */
  readonly when?: TariffConditions | undefined;
}

export interface PolicySettings {
  readonly id: string;
  readonly version: number;
  readonly auto: boolean;
  readonly partialRefund: 'skip' | 'ask';
  readonly afterRefundPaid: 'intercept' | 'skip';
  readonly approvalAboveFen: number | null;
  readonly budget: Budget;
  readonly maxAfterSaleAgeMs: number;
  /** null: the forecast. */
  readonly deadlineAfterMs: number | null;
  readonly contentsMaxAgeMs: number;
  /** When a refund is agreed, and what is done before the platform's clock ends (R73). */
  readonly refund: RefundPolicy;
  /** The brake stopped it: nothing goes by itself until a person lets it. */
  readonly braked?: boolean;
  /** What must hold for an intercept to go without a person; absent: nothing more. */
  readonly when?: PolicyConditions;
}

export interface Settings {
  readonly version: number;
  readonly shops: ReadonlyMap<string, ShopSettings>;
  readonly accounts: ReadonlyMap<string, AccountSettings>;
  readonly tariffs: readonly TariffRow[];
  readonly policies: ReadonlyMap<string, PolicySettings>;
  /** Endpoints and notifications. */
  readonly targets: ReadonlyMap<string, TargetSettings>;
}

/**
 * The courier a platform means: the shop's own aliases first, then the platform's documented table, then a slug taken
 * literally. Exact matches on code, then on name; never a guess from the number's prefix (R66). null: unmapped.
 */
export function carrierFor(
  shop: Pick<ShopSettings, 'carrierAliases'>,
  platformAliases: Readonly<Record<string, string>>,
  slugs: ReadonlySet<string>,
  rawCarrier: string,
  rawName: string | null,
): string | null {
  for (const table of [shop.carrierAliases, platformAliases]) {
    for (const word of [rawCarrier.trim(), rawName?.trim()]) {
      const slug = word === undefined || !Object.hasOwn(table, word) ? undefined : table[word];
      if (slug !== undefined && slugs.has(slug)) return slug;
    }
  }
  const literal = rawCarrier.trim().toLowerCase();
  return slugs.has(literal) ? literal : null;
}
