import type { CarrierBook } from '../../src/domain/carrier/book.js';
import type { AccountSettings, PolicySettings, Settings, ShopSettings } from '../../src/domain/settings/settings.js';
import type { JudgeEnv } from '../../src/domain/store/judgement.js';
import { channelBySlug, platformBySlug } from '../../src/producers/platforms/index.js';
import { carrierBySlug } from '../../src/workers/carriers/index.js';

/** A signed, active Douyin shop that intercepts by itself. */
export function aShop(over: Partial<ShopSettings> = {}): ShopSettings {
  return {
    id: 'dy-main',
    platform: 'douyin',
    platformShopId: '10437917',
    name: '示例旗舰店',
    crossBorder: false,
    status: 'active',
    agreementSignedAt: new Date('2024-11-18T00:00:00+08:00'),
    baseUrl: null,
    credentials: { appKey: 'k', appSecret: 's', accessToken: 't' },
    channel: 'carrier',
    policyId: 'default',
    mode: 'auto',
    refundMode: 'off',
    autoFrom: new Date('2020-01-01T00:00:00Z'),
    intake: 'push',
    requireContents: false,
    carrierAliases: {},
    returnAddress: null,
    enabled: true,
    ...over,
  };
}

export function anAccount(over: Partial<AccountSettings> = {}): AccountSettings {
  return {
    id: 'zto-main',
    carrier: 'zto',
    shops: '*',
    serves: [],
    isDefault: true,
    baseUrl: null,
    credentials: { appKey: 'k', appSecret: 's' },
    rateLimit: null,
    readRateLimit: null,
    concurrency: 10,
    timeoutMs: 1_000,
    enabled: true,
    ...over,
  };
}

export function aPolicy(over: Partial<PolicySettings> = {}): PolicySettings {
  return {
    id: 'default',
    version: 1,
    auto: true,
    partialRefund: 'skip',
    afterRefundPaid: 'intercept',
    approvalAboveFen: null,
    budget: { perDayFen: null, perHourCount: null },
    maxAfterSaleAgeMs: 600_000,
    deadlineAfterMs: null,
    contentsMaxAgeMs: 80_000,
    refund: { at: 'never', hours: null, atPlatformDeadline: 'ask', platformLeadMs: 1_800_000 },
    ...over,
  };
}

export interface PictureParts {
  readonly shops?: readonly ShopSettings[];
  readonly accounts?: readonly AccountSettings[];
  readonly policies?: readonly PolicySettings[];
}

/** A picture of a configuration, as the running system would hold it. */
export function aPicture(parts: PictureParts = {}): Settings {
  const by = <T extends { id: string }>(items: readonly T[]) => new Map(items.map((item) => [item.id, item]));
  return {
    version: 1,
    shops: by(parts.shops ?? [aShop()]),
    accounts: by(parts.accounts ?? [anAccount()]),
    tariffs: [{ carrier: 'zto', feeFen: 300, from: '2024-11-18' }],
    policies: by(parts.policies ?? [aPolicy()]),
    targets: new Map(),
  };
}

/** The couriers and platforms that are really plugged in. */
export const REAL_BOOK: CarrierBook = {
  manifest: (slug) => (carrierBySlug(slug) ?? channelBySlug(slug))?.manifest ?? null,
  slugs: new Set(['zto']),
  canReread: (platform) => platformBySlug(platform)?.manifest.doors.detail ?? false,
  channelOf: (platform) => platformBySlug(platform)?.channel?.manifest.slug ?? null,
  platformAliases: (platform) => platformBySlug(platform)?.manifest.carrierAliases ?? {},
};

export function anEnv(parts: PictureParts = {}): JudgeEnv {
  return { settings: aPicture(parts), book: REAL_BOOK };
}
