import { z } from 'zod';
import { DELIVERY_STATES } from '../../../domain/notify/events.js';
import { TIME } from './fields.js';

/** A message to a webhook or a chat; what it said is not shown. */
export const DELIVERY = z
  .object({
    id: z.string(),
    messageId: z.string().meta({ description: '`webhook-id`: the same on every try and at every target' }),
    target: z.string().meta({ description: '`endpoints/<id>` or `notifications/<id>`' }),
    type: z.string(),
    subject: z.string(),
    state: z.enum(DELIVERY_STATES),
    tries: z.int(),
    httpStatus: z.int().nullable(),
    lastError: z.string().nullable(),
    createdAt: TIME,
    dueAt: TIME.nullable().meta({ description: 'when it is tried next; null: it has ended' }),
    doneAt: TIME.nullable(),
  })
  .meta({ id: 'Delivery' });
export type DeliveryAnswer = z.output<typeof DELIVERY>;
