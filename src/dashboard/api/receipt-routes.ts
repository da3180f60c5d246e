import { z } from 'zod';
import { bookReceipt } from '../../domain/store/receipt-store.js';
import { listReceipts } from '../../domain/store/return-reader.js';
import { presentReceipt } from '../presenters/return.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { ok, problem, route } from './route.js';
import { OUTSIDE_ID } from './schemas/fields.js';
import { RECEIPT, RECEIPT_BODY } from './schemas/return.js';

const TAKEN = z.object({ receiptId: z.string() });

export const receiptRoutes = [
  route({
    method: 'get',
    path: '/receipts',
    scope: 'intercepts:read',
    summary: 'What the warehouse booked, newest first',
    query: z.strictObject({
      unclaimed: z
        .enum(['true', 'false'])
        .transform((word) => word === 'true')
        .optional()
        .meta({ description: '`true`: those whose number belongs to no parcel that we know' }),
      q: OUTSIDE_ID.optional().meta({ description: 'beginning of the number on the parcel' }),
      ...PAGING,
    }),
    answers: { 200: { description: 'one page', schema: pageSchema(RECEIPT) } },
    async handle({ deps, caller, query }) {
      const { limit, cursor, ...match } = query;
      const filter = { ...match, shops: caller.shops, actor: caller.actor };
      return ok(pageAnswer(await listReceipts(deps.db, filter, pageOf(query)), { limit, cursor }, presentReceipt));
    },
  }),
  route({
    method: 'post',
    path: '/receipts',
    scope: 'intercepts:write',
    summary: 'The warehouse booked a parcel (R75); matched at once by parcel and lines',
    body: RECEIPT_BODY,
    perSecond: 1_000,
    answers: {
      202: { description: 'taken in', schema: TAKEN },
      200: { description: 'the same was booked before', schema: TAKEN },
    },
    problems: ['receipt_changed', 'too_many_requests'],
    async handle({ deps, caller, body }) {
      const lines = body.lines.map(({ condition, ...line }) => ({ ...line, condition: condition ?? null }));
      const booking = { ...body, lines };
      const result = await bookReceipt(deps.db, deps.env(), booking, caller, deps.now());
      if (result === 'changed') return problem('receipt_changed');
      deps.wake();
      return { status: result === 'booked' ? 202 : 200, body: { receiptId: body.receiptId } };
    },
  }),
];
