import { z } from 'zod';
import type { PlatformManifest } from '../../../domain/platform/port.js';
import { CARRIER_ALIASES } from './codes.js';
import { XIAOHONGSHU_FACTS } from './facts.js';
import { REFUND_FACTS } from './refund.js';

const CODES = z.array(z.string().regex(/^-?\d{1,12}$/, 'is not a code: digits as text')).default([]);

/** What a shop's owner copies from the open platform's console (contract.md section 6). */
export const XIAOHONGSHU_CREDENTIALS = z.strictObject({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /**
   * The path of the push address as the console has it, where a proxy before us changes it: the platform signs the one it
   * posts to. Left out: the path of the request.
   */
  pushPath: z
    .string()
    .regex(/^\/[^?#\s]*$/, 'is not a path: /webhooks/…')
    .optional(),
  /** `error_code`s that mean "too fast": the platform publishes none, so none is assumed. */
  throttleCodes: CODES,
  /** `error_code`s that mean that our keys are not accepted. */
  credentialCodes: CODES,
  /** With which reason a refund is rejected (`atPlatformDeadline: reject`): a number of afterSale.rejectReasons. */
  rejectReason: z.int().min(1).optional(),
});

export type XiaohongshuCredentials = z.output<typeof XIAOHONGSHU_CREDENTIALS>;

/** Facts about Xiaohongshu shops that others read. */
export const XIAOHONGSHU_MANIFEST = {
  slug: 'xiaohongshu',
  name: { zh: '小红书', en: 'Xiaohongshu' },
  credentials: XIAOHONGSHU_CREDENTIALS,
  defaultBaseUrl: 'https://ark.xiaohongshu.com',
  /** A new app may call 100 times a second in all; one shop needs far less. */
  readRateLimit: { max: 20, perMs: 1000 },
  timeoutMs: 5000,
  carrierAliases: CARRIER_ALIASES,
  doors: { push: true, socket: false, poll: true, detail: true },
  refund: { channelRefunds: false, versioned: false, mostFen: null },
  facts: [...XIAOHONGSHU_FACTS, ...REFUND_FACTS],
} as const satisfies PlatformManifest<typeof XIAOHONGSHU_CREDENTIALS>;
