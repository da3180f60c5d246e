import { z } from 'zod';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { PAGING } from '../paging.js';
import { MOMENT, OUTSIDE_ID, OWN_ID } from './fields.js';

/** Fen in a query: text that is a whole number. */
const QUERY_FEN = z.coerce.number().int().min(0).max(1_000_000_000);

/** Which intercepts are meant, without paging: the list, its export and steps on all of them ask the same. */
export const INTERCEPT_MATCH = {
  q: OUTSIDE_ID.optional().meta({ description: 'beginning of a waybill, order, after-sale or intercept id' }),
  state: z.enum(INTERCEPT_STATES).optional(),
  carrier: OUTSIDE_ID.optional(),
  shopId: OWN_ID.optional(),
  platform: OWN_ID.optional(),
  reason: z
    .string()
    .regex(/^\w{1,48}$/)
    .optional()
    .meta({ description: 'a reason code, or the number of a rule: R14' }),
  minValueFen: QUERY_FEN.optional().meta({
    description: 'goods worth at least this, fen; unknown values are left out',
  }),
  maxValueFen: QUERY_FEN.optional().meta({ description: 'goods worth at most this, fen; unknown values are left out' }),
  since: MOMENT.optional().meta({ description: 'created at or after' }),
  until: MOMENT.optional().meta({ description: 'created before' }),
};

/** `GET /api/v1/intercepts` (contract section 5). */
export const INTERCEPT_FILTER = z.strictObject({ ...INTERCEPT_MATCH, ...PAGING });
