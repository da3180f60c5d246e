import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

const REQUIRED = ['app-key', 'app-secret', 'access-token', 'shop-id'] as const;

/** Command line of the Xiaohongshu twin beyond the frame's. `--shop-id`: the seller whose token it is. */
export const XIAOHONGSHU_OPTIONS = {
  'app-key': { type: 'string' },
  'app-secret': { type: 'string' },
  'access-token': { type: 'string' },
  'shop-id': { type: 'string' },
} as const satisfies Record<(typeof REQUIRED)[number], { type: 'string' }>;

const required = (name: (typeof REQUIRED)[number]) => z.string({ error: `--${name} is required` }).min(1);

export const XIAOHONGSHU_VALUES = z.object({
  'app-key': required('app-key'),
  'app-secret': required('app-secret'),
  'access-token': required('access-token'),
  'shop-id': required('shop-id'),
});
export type XiaohongshuOptions = z.output<typeof XIAOHONGSHU_VALUES>;

const XIAOHONGSHU_SWITCHES = z.strictObject({
  tokenExpired: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
  /** Records a page of the list, whatever the caller asks for; null: as asked. */
  pageSize: z.int().positive().nullable().default(null),
  /** Documented: one more try, 5 minutes after the failure. */
  retryAfterMs: z.number().nonnegative().default(300_000),
});

export class XiaohongshuSwitches extends SwitchBoard<typeof XIAOHONGSHU_SWITCHES> {
  constructor() {
    super(XIAOHONGSHU_SWITCHES);
  }
}
