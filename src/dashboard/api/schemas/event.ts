import { z } from 'zod';
import { INBOX_STATUSES } from '../../../domain/store/inbox-reader.js';
import { TIME } from './fields.js';

/** A message of the inbox; what it said is not shown. */
export const EVENT = z
  .object({
    id: z.string(),
    source: z.string().meta({ description: '`platform:<slug>:<shop>` or `courier:<slug>:<account>`' }),
    eventId: z.string(),
    status: z.enum(INBOX_STATUSES),
    reason: z.string().nullable().meta({ description: 'why it was put off, ignored or set aside' }),
    tries: z.int(),
    receivedAt: TIME,
  })
  .meta({ id: 'Event' });

export type EventAnswer = z.output<typeof EVENT>;
