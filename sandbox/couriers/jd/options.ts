import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

/** Command line of the JD twin beyond the frame's. */
export const JD_OPTIONS = {
  'app-key': { type: 'string' },
  'app-secret': { type: 'string' },
  'access-token': { type: 'string' },
  'customer-code': { type: 'string' },
  /** Which of JD's two platforms this process is. */
  gateway: { type: 'string', default: 'lop' },
  /** With which 下单来源 the parcels were ordered. */
  'order-origin': { type: 'string', default: '1' },
  /** Where a status answer has its number: not documented. */
  'status-field': { type: 'string', default: 'status' },
} as const;

export const JD_VALUES = z.object({
  'app-key': z.string({ error: '--app-key is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret is required' }).min(1),
  'access-token': z.string({ error: '--access-token is required' }).min(1),
  'customer-code': z.string({ error: '--customer-code is required' }).min(1),
  gateway: z.enum(['lop', 'jos']).default('lop'),
  'order-origin': z.coerce
    .number()
    .pipe(z.literal([1, 2, 4]))
    .default(1),
  'status-field': z.string().min(1).default('status'),
});
export type JdOptions = z.output<typeof JD_VALUES>;

const SECOND = z.enum(['accept', 'refuse']);

const JD_SWITCHES = z.strictObject({
  /** What LOP says to a second intercept is not documented: accepted like the first, the worst for a caller. */
  lopSecondIntercept: SECOND.default('accept'),
  /** JOS is said to answer 108 to a second cancellation; whether to a second intercept too is not. */
  josSecondIntercept: SECOND.default('refuse'),
  /** Between the parts of a date in a track, whose form is not documented. */
  dateSeparator: z.enum(['-', '/']).default('-'),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
});

export class JdSwitches extends SwitchBoard<typeof JD_SWITCHES> {
  constructor() {
    super(JD_SWITCHES);
  }
}
