import { z } from 'zod';
import { baseUrl, because, clock, day, eventPatterns, fen, given, hookUrl, id, moment, words } from './fields.js';
import { POLICY } from './policy-schema.js';

const DAY_MS = 24 * 3_600_000;
/** A tonne, and a cubic metre in cm³. */
const MOST_GRAMS = 1_000_000;

const credentials = () => z.record(z.string(), z.unknown());

/** Where returned goods go, for couriers that ask. Personal data: stored encrypted, like the credentials. */
const returnAddress = z.strictObject({
  name: given(words(64).optional()),
  phone: given(words(32).optional()),
  province: given(words(32).optional()),
  city: given(words(32).optional()),
  district: given(words(32).optional()),
  detail: given(words(191).optional()),
});

export const SHOP = z.strictObject({
  id: id(),
  platform: id(),
  platformShopId: words(191),
  name: words(191),
  crossBorder: z.boolean(),
  status: z.enum(['active', 'suspended']),
  agreementSignedAt: moment().nullable(),
  baseUrl: given(baseUrl().nullable().default(null)),
  credentials: credentials(),
  channel: given(z.enum(['carrier', 'platform']).default('carrier')),
  policy: id(),
  mode: z.enum(['observe', 'approve', 'auto']),
  /** Who owns the shop's tasks where its own system names nobody (R78). */
  taskOwner: given(words(64).nullable().default(null)),
  refundMode: given(z.enum(['off', 'approve', 'auto']).default('off')),
  /** null: the time the shop was first applied. */
  autoFrom: given(moment().nullable().default(null)),
  intake: given(z.enum(['push', 'poll', 'both']).default('push')),
  requireContents: given(z.boolean().default(false)),
  carrierAliases: given(z.record(words(191), id()).default({})),
  returnAddress: given(returnAddress.nullable().default(null)),
});

const RATE_LIMIT = z.strictObject({ max: z.int().min(1).max(10_000), perMs: z.int().min(10).max(DAY_MS) });
const DEFAULT_RATE_LIMIT = { max: 20, perMs: 1_000 } as const;

const ACCOUNT_FIELDS = z.strictObject({
  id: id(),
  carrier: id(),
  shops: z.union([z.literal('*'), z.array(id()).min(1)]),
  /** Of two accounts that fit a shop equally well, the one to use. */
  default: given(z.boolean().default(false)),
  /** For a service that fronts several couriers (kuaidi100): which. The parcel keeps its real courier. */
  serves: given(z.array(id()).default([])),
  baseUrl: given(baseUrl().nullable().default(null)),
  credentials: credentials(),
  rateLimit: RATE_LIMIT.nullable().default(DEFAULT_RATE_LIMIT),
  /** Left out: as rateLimit, as a budget of its own. */
  readRateLimit: RATE_LIMIT.nullable().optional(),
  concurrency: given(z.int().min(1).max(1_000).default(10)),
  /** null: the courier's own. */
  timeoutMs: given(z.int().min(100).max(120_000).nullable().default(null)),
  enabled: given(z.boolean().default(true)),
});

type AccountFields = z.output<typeof ACCOUNT_FIELDS>;
const withReadLimit = (account: AccountFields) => ({
  ...account,
  readRateLimit: account.readRateLimit === undefined ? account.rateLimit : account.readRateLimit,
});

export const ACCOUNT = ACCOUNT_FIELDS.transform(withReadLimit);

const bounds = () =>
  given(
    z
      .strictObject({
        atLeast: given(z.int().min(0).max(MOST_GRAMS).optional()),
        below: given(z.int().min(1).max(MOST_GRAMS).optional()),
      })
      .optional(),
  );
const oneOf = () => given(z.array(words(64)).min(1).max(50).optional());

/** When a price holds; all that are given must (R31). Bounds: `atLeast` included, `below` excluded. */
const TARIFF_WHEN = z.strictObject({
  weightGrams: bounds(),
  volumeCm3: bounds(),
  zone: oneOf(),
  service: oneOf(),
  channel: given(z.array(id()).min(1).optional()),
});

/** The table holds fees of 0.01 to 1000.00; couriers charge 3.00 to 4.00 (R31). */
export const TARIFF = z.strictObject({
  carrier: id(),
  feeFen: fen(100_000),
  from: day(),
  when: given(TARIFF_WHEN.default({})),
});

export const RETENTION = z.strictObject({
  rawDays: given(z.int().min(1).max(3_650).default(30)),
  personalDays: given(z.int().min(1).max(3_650).default(90)),
});

export const NOTIFICATION = z.strictObject({
  id: id(),
  kind: z.enum(['dingtalk', 'feishu', 'wecom', 'webhook']),
  url: hookUrl(),
  /** What a signed robot of DingTalk or Feishu is signed with (加签); null: it is not. */
  secret: given(words(191).nullable().default(null)),
  events: eventPatterns(),
  /** Whose tasks it is told of, and whose digest: these owners'; null: of tasks that no other chat is told of (R78). */
  owners: given(z.array(words(191)).min(1).nullable().default(null)),
  /** When shifts end: `digest.daily` is sent then. */
  digestAt: given(z.array(clock()).min(1).max(8).default(['09:00'])),
  /** Whose work the digest tells of; null: all shops. */
  digestShops: given(z.array(id()).min(1).nullable().default(null)),
});

/** `whsec_` and base64 as Standard Webhooks writes keys, else any text of some length. */
const isHookSecret = (text: string) =>
  text.startsWith('whsec_') ? z.base64().min(16).safeParse(text.slice('whsec_'.length)).success : text.length >= 8;

export const ENDPOINT = z.strictObject({
  id: id(),
  url: hookUrl(),
  secret: z
    .string()
    .refine(
      isHookSecret,
      because(
        '至少 8 个字符；以 whsec_ 开头时其后须为 base64',
        'must hold at least 8 characters; after whsec_, base64 only',
      ),
    ),
  events: eventPatterns(),
});

const list = <T extends z.ZodType>(item: T) => given(z.array(item).default([]));

/** The whole file (contract section 4). Unknown keys are errors. */
export const SETTINGS_FILE = z.strictObject({
  shops: list(SHOP),
  carrierAccounts: list(ACCOUNT),
  tariffs: list(TARIFF),
  policies: list(POLICY),
  /** Left out: stays as it is. */
  retention: given(RETENTION.nullable().default(null)),
  notifications: list(NOTIFICATION),
  endpoints: list(ENDPOINT),
});

/** Rows as the database gives them back: a key that a newer version knows gets its default, one it dropped is left out. */
export const STORED = {
  shop: SHOP.strip(),
  account: ACCOUNT_FIELDS.strip().transform(withReadLimit),
  policy: POLICY.strip(),
  notification: NOTIFICATION.strip(),
  endpoint: ENDPOINT.strip(),
} as const;

export type SettingsFile = z.output<typeof SETTINGS_FILE>;
export type PolicyBody = z.output<typeof POLICY>;
export type AccountBody = z.output<typeof ACCOUNT>;
export type ShopBody = z.output<typeof SHOP>;
