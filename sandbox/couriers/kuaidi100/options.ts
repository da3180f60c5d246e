import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';
import { PUSH_SWITCHES } from '../../frame/scan-pusher.js';

/** Command line of the Kuaidi100 twin beyond the frame's: its `key` and `secret`, named as on every twin. */
export const KUAIDI100_OPTIONS = {
  'app-key': { type: 'string' },
  'app-secret': { type: 'string' },
} as const;

export const KUAIDI100_VALUES = z.object({
  'app-key': z.string({ error: '--app-key is required' }).min(1),
  'app-secret': z.string({ error: '--app-secret is required' }).min(1),
});
export type Kuaidi100Options = z.output<typeof KUAIDI100_VALUES>;

const KUAIDI100_SWITCHES = z.strictObject({
  /** `callbackUrl` replaces the one that an order carries; `pushTracks: none` switches all callbacks off. */
  ...PUSH_SWITCHES,
  /** Tell of the acceptance too, not only of what becomes of it. */
  pushPending: z.boolean().default(true),
  /** Callbacks that never leave: all, none, or those about these waybills. */
  loseCallbacks: z.union([z.boolean(), z.array(z.string())]).default(false),
  /** The gap before a callback is called again; 30 minutes at the sibling interface. */
  callbackRetryMs: z.number().nonnegative().default(1_800_000),
  /** What a second intercept is answered is not documented: accepted like the first, the worst for a caller, or refused. */
  refuseSecondIntercept: z.boolean().default(false),
  rateLimit: z.strictObject({ max: z.int().positive(), perMs: z.int().positive() }).nullable().default(null),
});

export class Kuaidi100Switches extends SwitchBoard<typeof KUAIDI100_SWITCHES> {
  constructor() {
    super(KUAIDI100_SWITCHES);
  }
}
