import { z } from 'zod';
import { TIME } from './fields.js';

const TEXT = z.object({ zh: z.string(), en: z.string() });

export const TASK = z
  .object({
    id: z.string(),
    kind: z.string(),
    interceptId: z.string(),
    waybillNo: z.string(),
    reason: z.string(),
    reasonText: TEXT,
    nextStep: TEXT,
    owner: z.string(),
    dueAt: TIME,
    state: z.enum(['open', 'done', 'closed']),
    createdAt: TIME,
  })
  .meta({ id: 'Task' });

export type TaskAnswer = z.output<typeof TASK>;
