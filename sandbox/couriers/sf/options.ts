import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';
import { PUSH_SWITCHES } from '../../frame/scan-pusher.js';

/** Command line of the SF twin beyond the frame's. */
export const SF_OPTIONS = {
  /** SF's partnerID. */
  'app-key': { type: 'string' },
  /** SF's checkWord. */
  'app-secret': { type: 'string' },
  'monthly-card': { type: 'string' },
  /** The digest without url-encoding. */
  'raw-digest': { type: 'boolean', default: false },
  /** `ms` or `s`: the page says only "long". */
  'timestamp-unit': { type: 'string', default: 'ms' },
  /** How old a call may be: not documented. */
  'timestamp-window-ms': { type: 'string', default: '300000' },
  'token-life-ms': { type: 'string', default: '7200000' },
  /** The card is bound to the partner: tracks need no phone. */
  'card-bound': { type: 'boolean', default: false },
} as const;

export const SF_VALUES = z.object({
  'app-key': z.string({ error: '--app-key (partnerID) is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret (checkWord) is required' }).min(1),
  'monthly-card': z.string({ error: '--monthly-card is required' }).min(1),
  'raw-digest': z.boolean().default(false),
  'timestamp-unit': z.enum(['ms', 's']).default('ms'),
  'timestamp-window-ms': z.coerce.number().positive().default(300_000),
  'token-life-ms': z.coerce.number().positive().default(7_200_000),
  'card-bound': z.boolean().default(false),
});
export type SfOptions = z.output<typeof SF_VALUES>;

const SF_SWITCHES = z.strictObject({
  ...PUSH_SWITCHES,
  /** `amount` of an accepted order, with its cusId; null: msgData is null, as for a plain success. */
  amount: z.number().nonnegative().nullable().default(12.5),
  /** Another number makes every token issued so far invalid. */
  tokenEpoch: z.int().nonnegative().default(0),
  /** Not documented: a requestID that was refused with A1005 is used up. */
  rememberThrottled: z.boolean().default(false),
  allowSecondIntercept: z.boolean().default(false),
  /** What a missing or wrong phone is answered is not documented: an empty track, the worst for a caller, or a refusal. */
  withoutPhone: z.enum(['empty', 'refuse']).default('empty'),
  /** Whether the way back is shown under a number of its own (text of 648) or ends under the old one. */
  returnLeg: z.enum(['new_number', 'same_number']).default('new_number'),
  /** `apiResultData` as an object instead of JSON as text. */
  dataAsObject: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
});

export class SfSwitches extends SwitchBoard<typeof SF_SWITCHES> {
  constructor() {
    super(SF_SWITCHES);
  }
}
