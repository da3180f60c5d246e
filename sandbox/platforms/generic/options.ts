import { z } from 'zod';
import { SwitchBoard } from '../../frame/control.js';

/** Command line of the generic twin beyond the frame's. */
export const GENERIC_OPTIONS = { secret: { type: 'string' } } as const;

export const GENERIC_VALUES = z.object({ secret: z.string({ error: '--secret is required' }).min(1) });
export type GenericOptions = z.output<typeof GENERIC_VALUES>;

const GENERIC_SWITCHES = z.strictObject({
  /** A signature under another secret goes first, as while a secret is being changed. */
  rotating: z.boolean().default(false),
  /** How far the sender's clock is off, ms. */
  clockOffMs: z.number().default(0),
  firstRetryMs: z.number().nonnegative().default(1_000),
});

export class GenericSwitches extends SwitchBoard<typeof GENERIC_SWITCHES> {
  constructor() {
    super(GENERIC_SWITCHES);
  }
}
