import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

const REQUIRED = ['app-id', 'access-token', 'token', 'encoding-aes-key', 'shop-id'] as const;

/** Command line of the WeChat twin beyond the frame's. `--shop-id`: the store whose access token it is. */
export const WECHAT_OPTIONS = {
  'app-id': { type: 'string' },
  'access-token': { type: 'string' },
  token: { type: 'string' },
  'encoding-aes-key': { type: 'string' },
  'shop-id': { type: 'string' },
} as const satisfies Record<(typeof REQUIRED)[number], { type: 'string' }>;

const required = (name: (typeof REQUIRED)[number]) => z.string({ error: `--${name} is required` }).min(1);

export const WECHAT_VALUES = z.object({
  'app-id': required('app-id'),
  'access-token': required('access-token'),
  token: required('token'),
  'encoding-aes-key': required('encoding-aes-key').length(43, '--encoding-aes-key has 43 characters'),
  'shop-id': required('shop-id'),
});
export type WechatOptions = z.output<typeof WECHAT_VALUES>;

const WECHAT_SWITCHES = z.strictObject({
  tokenExpired: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
  /** Ids a page of the list: the platform's number is not documented. */
  pageSize: z.int().positive().default(50),
  /** `deadline` as the seconds that are left, or as an instant: the sources differ. */
  deadline: z.enum(['left', 'instant']).default('left'),
  /** Ids of messages are text in some samples and numbers in others. */
  ids: z.enum(['text', 'number']).default('text'),
  /** Three sends in all are the general rule; the gap between them is not documented. */
  retryAfterMs: z.number().nonnegative().default(5_000),
});

export class WechatSwitches extends SwitchBoard<typeof WECHAT_SWITCHES> {
  constructor() {
    super(WECHAT_SWITCHES);
  }
}
