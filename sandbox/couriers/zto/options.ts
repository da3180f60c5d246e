import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

/** Command line of the ZTO twin beyond the frame's. */
export const ZTO_OPTIONS = {
  'app-key': { type: 'string' },
  'app-secret': { type: 'string' },
  /** md5 (default), sha256 or hmac-sha256: the three of ZTO's console. */
  digest: { type: 'string', default: 'md5' },
  /** true (default): base64 of the raw digest; false: lower-case hex. */
  'digest-base64': { type: 'string', default: 'true' },
  /** The key of hmac-sha256, which is not the app secret. */
  'hmac-key': { type: 'string', default: '' },
  /** Calls carry x-timestamp, prefixed to the signed text. Without this option the header makes the sign wrong. */
  timestamp: { type: 'boolean', default: false },
  /** Success code of thirdcenter.*: not documented; SYS000 is what other ZTO APIs answer. */
  'success-code': { type: 'string', default: 'SYS000' },
  /** Status query of a waybill without an intercept: not documented. */
  'no-intercept-code': { type: 'string', default: 'E23102' },
  /** A known requestId with another body: not documented. */
  'changed-request-code': { type: 'string', default: 'E23121' },
} as const;

const TRUTH = z.enum(['true', 'false']).transform((text) => text === 'true');

export const ZTO_VALUES = z.object({
  'app-key': z.string({ error: '--app-key is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret is required' }).min(1),
  digest: z.enum(['md5', 'sha256', 'hmac-sha256']).default('md5'),
  'digest-base64': TRUTH.default(true),
  'hmac-key': z.string().default(''),
  timestamp: z.boolean().default(false),
  'success-code': z.string().default('SYS000'),
  'no-intercept-code': z.string().default('E23102'),
  'changed-request-code': z.string().default('E23121'),
});
export type ZtoOptions = z.output<typeof ZTO_VALUES>;

const SHARE = z.number().min(0).max(1).default(0);

export const ZTO_SWITCHES = z.strictObject({
  callbackUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  pushTracks: z.enum(['subscribed', 'all', 'none']).default('subscribed'),
  pushDuplicates: SHARE,
  pushShuffle: SHARE,
  pushShuffleMs: z.number().nonnegative().default(2000),
  pushTimeoutMs: z.number().positive().default(5000),
  forgetIdempotency: z.boolean().default(false),
  allowSecondIntercept: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
});

export class ZtoSwitches extends SwitchBoard<typeof ZTO_SWITCHES> {
  constructor() {
    super(ZTO_SWITCHES);
  }
}
