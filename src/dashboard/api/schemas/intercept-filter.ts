import { z } from 'zod';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { PAGING } from '../paging.js';
import { MOMENT, OUTSIDE_ID, OWN_ID } from './fields.js';

/** `GET /api/v1/intercepts` (contract section 5). */
export const INTERCEPT_FILTER = z.strictObject({
  q: OUTSIDE_ID.optional().meta({ description: 'beginning of a waybill, order, after-sale or intercept id' }),
  state: z.enum(INTERCEPT_STATES).optional(),
  carrier: OUTSIDE_ID.optional(),
  shopId: OWN_ID.optional(),
  reason: z
    .string()
    .regex(/^\w{1,48}$/)
    .optional()
    .meta({ description: 'a reason code, or the number of a rule: R14' }),
  since: MOMENT.optional().meta({ description: 'created at or after' }),
  until: MOMENT.optional().meta({ description: 'created before' }),
  ...PAGING,
});
