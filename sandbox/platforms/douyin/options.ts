import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

/** Command line of the Douyin twin beyond the frame's. */
export const DOUYIN_OPTIONS = {
  'app-key': { type: 'string' },
  'app-secret': { type: 'string' },
  'access-token': { type: 'string' },
} as const;

export const DOUYIN_VALUES = z.object({
  'app-key': z.string({ error: '--app-key is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret is required' }).min(1),
  'access-token': z.string({ error: '--access-token is required' }).min(1),
});
export type DouyinOptions = z.output<typeof DOUYIN_VALUES>;

const DOUYIN_SWITCHES = z.strictObject({
  tokenExpired: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
  /** Calls whose timestamp is further away are refused; 0: not checked, because the real window is not documented. */
  timestampWindowS: z.int().nonnegative().default(0),
});

export class DouyinSwitches extends SwitchBoard<typeof DOUYIN_SWITCHES> {
  constructor() {
    super(DOUYIN_SWITCHES);
  }
}
