import type { CarrierBook } from '../../src/domain/carrier/book.js';
import type { AccountSettings, Settings, ShopSettings } from '../../src/domain/settings/settings.js';
import type { JudgeEnv } from '../../src/domain/store/judgement.js';
import { BOOK } from '../../src/system.js';
import { TWIN_KEYS } from './twin.js';

export const ACCOUNT_ID = 'bench';
export const LANE_ID = `zto-${ACCOUNT_ID}`;

const shop = (id: string): ShopSettings => ({
  id,
  platform: 'generic',
  platformShopId: id,
  name: id,
  crossBorder: false,
  status: 'active',
  agreementSignedAt: new Date('2024-11-18T00:00:00+08:00'),
  baseUrl: null,
  credentials: {},
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
});

export interface BenchSettings {
  readonly shops: readonly string[];
  readonly rateLimit: AccountSettings['rateLimit'];
  /** Of the questions about what was ordered. Left out: none. */
  readonly readRateLimit?: AccountSettings['readRateLimit'];
  readonly concurrency: number;
  /** Where the twin of the courier listens; null: nothing is sent. */
  readonly baseUrl: string | null;
}

/** A configuration of one lane, as `jiejian apply` would give it to the running system. */
export function benchEnv(given: BenchSettings): JudgeEnv & { readonly book: CarrierBook } {
  const account: AccountSettings = {
    id: ACCOUNT_ID,
    carrier: 'zto',
    shops: '*',
    serves: [],
    isDefault: true,
    baseUrl: given.baseUrl,
    credentials: { ...TWIN_KEYS, noInterceptCodes: ['E23102'] },
    rateLimit: given.rateLimit,
    readRateLimit: given.readRateLimit ?? null,
    concurrency: given.concurrency,
    timeoutMs: 5_000,
    enabled: true,
  };
  const settings: Settings = {
    version: 1,
    shops: new Map(given.shops.map((id) => [id, shop(id)])),
    accounts: new Map([[account.id, account]]),
    tariffs: [{ carrier: 'zto', feeFen: 300, from: '2024-11-18' }],
    policies: new Map([
      [
        'default',
        {
          id: 'default',
          version: 1,
          auto: true,
          partialRefund: 'skip',
          afterRefundPaid: 'intercept',
          approvalAboveFen: null,
          budget: { perDayFen: null, perHourCount: null },
          maxAfterSaleAgeMs: 600_000,
          deadlineAfterMs: null,
          contentsMaxAgeMs: 86_400_000,
          refund: { at: 'never', hours: null, atPlatformDeadline: 'ask', platformLeadMs: 1_800_000 },
        },
      ],
    ]),
    targets: new Map(),
  };
  return { settings, book: BOOK };
}
