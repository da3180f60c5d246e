import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';
import { PUSH_SWITCHES } from '../../frame/scan-pusher.js';

/** Command line of the YTO twin beyond the frame's. */
export const YTO_OPTIONS = {
  'app-key': { type: 'string' },
  'customer-code': { type: 'string' },
  'app-secret': { type: 'string' },
  /** The version in the addresses, which is signed with. */
  version: { type: 'string', default: 'v1' },
  /** YTO issues a secret for each interface; without these it is the app's. */
  'report-secret': { type: 'string' },
  'cancel-secret': { type: 'string' },
  'track-secret': { type: 'string' },
  'subscribe-secret': { type: 'string' },
  'push-secret': { type: 'string' },
  /** `statusMessage` of a success: not documented. */
  'success-message': { type: 'string', default: '操作成功' },
  /** HTTP status of a wrong signature: not documented. */
  'bad-sign-status': { type: 'string', default: '200' },
} as const;

const SECRET = z.string().min(1).optional();

export const YTO_VALUES = z.object({
  'app-key': z.string({ error: '--app-key is required' }).min(1),
  'customer-code': z.string({ error: '--customer-code is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret is required' }).min(1),
  version: z.string().min(1).default('v1'),
  'report-secret': SECRET,
  'cancel-secret': SECRET,
  'track-secret': SECRET,
  'subscribe-secret': SECRET,
  'push-secret': SECRET,
  'success-message': z.string().default('操作成功'),
  'bad-sign-status': z.coerce.number().int().min(200).max(599).default(200),
});
export type YtoOptions = z.output<typeof YTO_VALUES>;

const YTO_SWITCHES = z.strictObject({
  ...PUSH_SWITCHES,
  /** Written behind the time of a push: old pushes have ".0 CST". */
  pushTimeTail: z.enum(['', '.0 CST']).default(''),
  allowSecondIntercept: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
});

export class YtoSwitches extends SwitchBoard<typeof YTO_SWITCHES> {
  constructor() {
    super(YTO_SWITCHES);
  }
}
