import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

const REQUIRED = ['app-key', 'sign-secret', 'access-token', 'message-key', 'shop-id'] as const;

/** Command line of the Kuaishou twin beyond the frame's. `--shop-id`: the seller whose token it is. */
export const KUAISHOU_OPTIONS = {
  'app-key': { type: 'string' },
  'sign-secret': { type: 'string' },
  'access-token': { type: 'string' },
  'message-key': { type: 'string' },
  'shop-id': { type: 'string' },
} as const satisfies Record<(typeof REQUIRED)[number], { type: 'string' }>;

const required = (name: (typeof REQUIRED)[number]) => z.string({ error: `--${name} is required` }).min(1);

export const KUAISHOU_VALUES = z.object({
  'app-key': required('app-key'),
  'sign-secret': required('sign-secret'),
  'access-token': required('access-token'),
  'message-key': required('message-key'),
  'shop-id': required('shop-id'),
});
export type KuaishouOptions = z.output<typeof KUAISHOU_VALUES>;

const KUAISHOU_SWITCHES = z.strictObject({
  authorizationRevoked: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
  /** Records a page of the list, whatever the caller asks for; null: as asked. */
  pageSize: z.int().positive().nullable().default(null),
  /** The heart-beat is documented as plain JSON in a channel whose other bodies are encrypted. */
  heartBeat: z.enum(['plain', 'encrypted']).default('encrypted'),
  /** Documented: six sends in all, the first gap 5 min, then 10, 20, 30, 60. */
  firstRetryMs: z.number().nonnegative().default(300_000),
});

export class KuaishouSwitches extends SwitchBoard<typeof KUAISHOU_SWITCHES> {
  constructor() {
    super(KUAISHOU_SWITCHES);
  }
}
