import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

/** Command line of the Taobao twin beyond the frame's. */
export const TAOBAO_OPTIONS = {
  'app-key': { type: 'string' },
  'app-secret': { type: 'string' },
  /** `userid=session key`, once for every seller of the app. */
  seller: { type: 'string', multiple: true },
  group: { type: 'string', default: 'default' },
} as const;

const SELLER = z
  .string()
  .regex(/^\d{1,19}=\S+$/, 'a seller is userid=token, its userid in digits')
  .transform((text): readonly [token: string, userId: string] => {
    const at = text.indexOf('=');
    return [text.slice(at + 1), text.slice(0, at)];
  });

export const TAOBAO_VALUES = z.object({
  'app-key': z.string({ error: '--app-key is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret is required' }).min(1),
  /** The seller of each session key. */
  seller: z.array(SELLER, { error: '--seller USERID=TOKEN is required' }).transform((pairs) => new Map(pairs)),
  group: z.string().min(1).default('default'),
});
export type TaobaoOptions = z.output<typeof TAOBAO_VALUES>;

const TAOBAO_SWITCHES = z.strictObject({
  sessionExpired: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
  /** Calls whose timestamp is further away are refused (code 31); 0: not checked. */
  timestampWindowS: z.int().nonnegative().default(600),
  /** Which family of topics tells of a refund, where both have one. */
  topics: z.enum(['refund', 'dispute']).default('refund'),
  /** Lists without the name of their items around them. */
  bareLists: z.boolean().default(false),
  /** What a second intercept of the same after-sale or waybill gets; not documented. */
  repeat: z.enum(['refused', 'accepted']).default('refused'),
});

export class TaobaoSwitches extends SwitchBoard<typeof TAOBAO_SWITCHES> {
  constructor() {
    super(TAOBAO_SWITCHES);
  }
}
