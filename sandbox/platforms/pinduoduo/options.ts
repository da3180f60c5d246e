import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

/** Command line of the Pinduoduo twin beyond the frame's. */
export const PINDUODUO_OPTIONS = {
  /** `client_id` and `client_secret`. */
  'app-key': { type: 'string' },
  'app-secret': { type: 'string' },
  /** `mallId=access token`, once for every shop of the app. */
  mall: { type: 'string', multiple: true },
} as const;

const MALL = z
  .string()
  .regex(/^\d{1,19}=\S+$/, 'a mall is mallId=token, its mallId in digits')
  .transform((text): readonly [token: string, mallId: string] => {
    const at = text.indexOf('=');
    return [text.slice(at + 1), text.slice(0, at)];
  });

export const PINDUODUO_VALUES = z.object({
  'app-key': z.string({ error: '--app-key is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret is required' }).min(1),
  /** The mall of each access token. */
  mall: z.array(MALL, { error: '--mall MALLID=TOKEN is required' }).transform((pairs) => new Map(pairs)),
});
export type PinduoduoOptions = z.output<typeof PINDUODUO_VALUES>;

const PINDUODUO_SWITCHES = z.strictObject({
  tokenExpired: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
  /** Records a page of the list, whatever the caller asks for; null: as asked. */
  pageSize: z.int().positive().nullable().default(null),
  /** How `updated_time` and its like are written; the document shows the first, records that were seen the others. */
  times: z.enum(['seconds', 'china', 'rfc3339']).default('seconds'),
  /** What the amounts of the detail are written in; not documented. */
  detailAmounts: z.enum(['fen', 'yuan']).default('fen'),
  /** Calls and sign-ins whose timestamp is further away are refused; 0: not checked. */
  timestampWindowS: z.int().nonnegative().default(600),
});

export class PinduoduoSwitches extends SwitchBoard<typeof PINDUODUO_SWITCHES> {
  constructor() {
    super(PINDUODUO_SWITCHES);
  }
}
