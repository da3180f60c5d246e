import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';
import { PUSH_SWITCHES } from '../../frame/scan-pusher.js';

/** Command line of the STO twin beyond the frame's. */
export const STO_OPTIONS = {
  'app-key': { type: 'string' },
  'from-code': { type: 'string' },
  'app-secret': { type: 'string' },
  /** Whose secret signs a push is not documented: the app's, without this. */
  'push-secret': { type: 'string' },
  /** Which other value of interceptForAct means "back to the sender" is not documented: this twin takes this one. */
  'intercept-for-act': { type: 'string', default: 'DEFAULT' },
} as const;

export const STO_VALUES = z.object({
  'app-key': z.string({ error: '--app-key is required' }).min(1),
  'from-code': z.string({ error: '--from-code is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret is required' }).min(1),
  'push-secret': z.string().min(1).optional(),
  'intercept-for-act': z.string().min(1).default('DEFAULT'),
});
export type StoOptions = z.output<typeof STO_VALUES>;

const STO_SWITCHES = z.strictObject({
  ...PUSH_SWITCHES,
  /** Two sources, two forms of a push. */
  pushBody: z.enum(['form', 'json']).default('form'),
  /** When the gateway answers in XML is not documented. */
  answerAs: z.enum(['json', 'xml']).default('json'),
  /** What a track without a scan looks like is not documented: an empty list under the waybill, or no such member. */
  emptyTrack: z.enum(['list', 'absent']).default('list'),
  /** What a second intercept is answered is not documented: accepted like the first, the worst for a caller, or refused. */
  refuseSecondIntercept: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
});

export class StoSwitches extends SwitchBoard<typeof STO_SWITCHES> {
  constructor() {
    super(STO_SWITCHES);
  }
}
