import { z } from 'zod';
import { CHANGE } from './config.js';
import { TIME } from './fields.js';

/** What somebody else did since a person looked: the configuration's changes by version, a user's last entry. */
export const MEANWHILE = z
  .object({
    at: TIME,
    actor: z.string(),
    version: z.int().optional(),
    changes: z.array(CHANGE).optional(),
    action: z.string().optional(),
  })
  .meta({ id: 'Meanwhile' });
export type MeanwhileAnswer = z.output<typeof MEANWHILE>;
