import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';

/**
 * Keys of one __slug__ account. TODO: what the courier issues, under its own names. A point that its documents leave open
 * becomes an optional setting here, with the cautious default.
 */
export const __slug__Credentials = z.strictObject({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  /** Codes, or words of the courier's text, that nobody documented, and what they mean. */
  meanings: taughtMeanings,
});

export type __Slug__Credentials = z.output<typeof __slug__Credentials>;
