import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

const REQUIRED = ['app-key', 'app-secret', 'access-token', 'shop-id'] as const;

/** Command line of the JD POP twin beyond the frame's. `--shop-id`: the shop whose token it is. */
export const JD_POP_OPTIONS = {
  'app-key': { type: 'string' },
  'app-secret': { type: 'string' },
  'access-token': { type: 'string' },
  'shop-id': { type: 'string' },
} as const satisfies Record<(typeof REQUIRED)[number], { type: 'string' }>;

const required = (name: (typeof REQUIRED)[number]) => z.string({ error: `--${name} is required` }).min(1);

export const JD_POP_VALUES = z.object({
  'app-key': required('app-key'),
  'app-secret': required('app-secret'),
  'access-token': required('access-token'),
  'shop-id': required('shop-id'),
});
export type JdPopOptions = z.output<typeof JD_POP_VALUES>;

/** How a stop ends: status 7, status 8, or it stays 6 for ever (R53). */
export const OUTCOMES = ['stopped', 'failed', 'never'] as const;

const JD_POP_SWITCHES = z.strictObject({
  tokenExpired: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
  /** Records a page of the list, whatever the caller asks for; null: as asked. */
  pageSize: z.int().positive().nullable().default(null),
  /** Calls whose timestamp is further away are refused; 0: not checked. JD's number is not documented. */
  timestampWindowS: z.int().nonnegative().default(600),
  /** How a stop ends, and how long after the order, scaled, unless `POST /_twin/outcomes` said so for the refund. */
  outcome: z.enum(OUTCOMES).default('stopped'),
  outcomeAfterMs: z.number().nonnegative().default(60_000),
  /** What a second review of the same refund gets; not documented. */
  secondReview: z.enum(['refused', 'accepted']).default('refused'),
});

export class JdPopSwitches extends SwitchBoard<typeof JD_POP_SWITCHES> {
  constructor() {
    super(JD_POP_SWITCHES);
  }
}
