import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';
import { PUSH_SWITCHES } from '../../frame/scan-pusher.js';

const INTERCEPT_PATH = '/openapi/outer/tmm/outerapi/intercept/invokeExpressChangeAddr';

/** Command line of the Yunda twin beyond the frame's. */
export const YUNDA_OPTIONS = {
  'app-key': { type: 'string' },
  'app-secret': { type: 'string' },
  /** Seen in one source; the public index does not name it. */
  'intercept-path': { type: 'string', default: INTERCEPT_PATH },
  /** Which type means "back to the sender" is not documented: this twin takes this one. */
  'inte-type': { type: 'string', default: '1' },
} as const;

export const YUNDA_VALUES = z.object({
  'app-key': z.string({ error: '--app-key is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret is required' }).min(1),
  'intercept-path': z.string().startsWith('/').default(INTERCEPT_PATH),
  'inte-type': z.string().min(1).default('1'),
});
export type YundaOptions = z.output<typeof YUNDA_VALUES>;

const YUNDA_SWITCHES = z.strictObject({
  ...PUSH_SWITCHES,
  /** Whose tracks the query shows: those of subscribed waybills, as several sources say, or all. */
  showTracks: z.enum(['subscribed', 'all']).default('subscribed'),
  /** What a second intercept is answered is not documented: accepted like the first, the worst for a caller, or refused. */
  refuseSecondIntercept: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
});

export class YundaSwitches extends SwitchBoard<typeof YUNDA_SWITCHES> {
  constructor() {
    super(YUNDA_SWITCHES);
  }
}
