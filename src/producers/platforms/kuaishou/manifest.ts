import { z } from 'zod';
import type { PlatformManifest } from '../../../domain/platform/port.js';
import { isMessageKey } from './cipher.js';
import { CARRIER_ALIASES } from './couriers.js';
import { KUAISHOU_FACTS } from './facts.js';
import { REFUND_FACTS } from './refund.js';

/** What a shop's owner copies from the open platform's console (contract.md section 6). */
export const KUAISHOU_CREDENTIALS = z.strictObject({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** 应用消息私钥: what messages are encrypted with, base64 of an AES key. */
  messageKey: z.string().refine(isMessageKey, 'is not the base64 of 16, 24 or 32 bytes'),
  /** What calls are signed with; the console shows it beside the app secret. Left out: the app secret. */
  signSecret: z.string().min(1).optional(),
  /**
   * Which amounts of the order are what the buyer paid: no document says whether `totalFee` holds the freight.
   * `unknown` keeps every refund for a person (R60).
   */
  paidAmount: z.enum(['totalFee', 'totalFee+expressFee', 'unknown']).default('totalFee'),
});

export type KuaishouCredentials = z.output<typeof KUAISHOU_CREDENTIALS>;

/** Facts about Kuaishou Shop that others read. */
export const KUAISHOU_MANIFEST = {
  slug: 'kuaishou',
  name: { zh: '快手小店', en: 'Kuaishou Shop' },
  credentials: KUAISHOU_CREDENTIALS,
  defaultBaseUrl: 'https://openapi.kwaixiaodian.com',
  /** The platform limits by app and by interface; the numbers of these interfaces are not published. */
  readRateLimit: { max: 20, perMs: 1000 },
  timeoutMs: 5000,
  carrierAliases: CARRIER_ALIASES,
  doors: { push: true, socket: false, poll: true, detail: true },
  refund: { channelRefunds: false, versioned: false, mostFen: null },
  facts: [...KUAISHOU_FACTS, ...REFUND_FACTS],
} as const satisfies PlatformManifest<typeof KUAISHOU_CREDENTIALS>;
