import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';
import { PUSH_SWITCHES } from '../../frame/scan-pusher.js';

/** Command line of the J&T twin beyond the frame's. */
export const JTEXPRESS_OPTIONS = {
  'api-account': { type: 'string' },
  'private-key': { type: 'string' },
  /** As in J&T's test system: every address must then carry `?uuid=`. */
  uuid: { type: 'string' },
  /** With both, an intercept must carry customerCode and the business digest, which only one source says. */
  'customer-code': { type: 'string' },
  'customer-password': { type: 'string' },
  /** Values of `interceptResult`: not documented, these are the twin's. */
  'result-stopped': { type: 'string', default: 'TWIN_STOPPED' },
  'result-failed': { type: 'string', default: 'TWIN_FAILED' },
} as const;

const TEXT = z.string().min(1);

export const JTEXPRESS_VALUES = z
  .object({
    'api-account': z.string({ error: '--api-account is required' }).min(1),
    'private-key': z.string({ error: '--private-key is required' }).min(1),
    uuid: TEXT.optional(),
    'customer-code': TEXT.optional(),
    'customer-password': TEXT.optional(),
    'result-stopped': TEXT.default('TWIN_STOPPED'),
    'result-failed': TEXT.default('TWIN_FAILED'),
  })
  .refine((values) => (values['customer-code'] === undefined) === (values['customer-password'] === undefined), {
    error: '--customer-code and --customer-password go together',
  });
export type JtexpressOptions = z.output<typeof JTEXPRESS_VALUES>;

const JTEXPRESS_SWITCHES = z.strictObject({
  ...PUSH_SWITCHES,
  /** Pushes 拦截回传 when an intercept has ended, to the same address as the scans. */
  pushResults: z.boolean().default(true),
  /** What `scanType` holds is not documented: the name or the number of the node. */
  scanTypeAs: z.enum(['name', 'number']).default('name'),
  /** What a second intercept is answered is not documented: accepted like the first, the worst for a caller, or refused. */
  refuseSecondIntercept: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
});

export class JtexpressSwitches extends SwitchBoard<typeof JTEXPRESS_SWITCHES> {
  constructor() {
    super(JTEXPRESS_SWITCHES);
  }
}
