import { z } from 'zod';
import { REFUND_OPERATIONS, REFUND_STATES } from '../../domain/refund/machine.js';
import { type RefundPersonStep, takeRefundStep } from '../../domain/store/refund-person-store.js';
import { listRefunds } from '../../domain/store/refund-reader.js';
import { presentRefund } from '../presenters/refund.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { type Answer, type Input, ok, problem, route } from './route.js';
import { OWN_ID } from './schemas/fields.js';
import { REFUND } from './schemas/refund.js';

const FILTER = z.strictObject({
  shopId: OWN_ID.optional(),
  state: z.enum(REFUND_STATES).optional(),
  operation: z.enum(REFUND_OPERATIONS).optional(),
  ...PAGING,
});
const NOTE = z.strictObject({ note: z.string().trim().max(2_000).optional() }).nullish();
const TAKEN = { 202: { description: 'taken in: the refund as it is now', schema: REFUND } };

async function act(
  { deps, caller, params, body }: Input<unknown, z.output<typeof NOTE>>,
  step: RefundPersonStep,
): Promise<Answer> {
  const id = params.id ?? '';
  const order = { id, step, actor: caller.actor, note: body?.note ?? null, shops: caller.shops };
  const outcome = await takeRefundStep(deps.db, order, deps.now());
  if (!outcome.ok) return problem(outcome.why);
  const [row] = await listRefunds(deps.db, { shops: caller.shops, id }, { limit: 1, beforeId: null });
  return row ? { status: 202, body: presentRefund(row) } : problem('not_found');
}

export const refundRoutes = [
  route({
    method: 'get',
    path: '/refunds',
    scope: 'money:read',
    summary: 'What was decided about the money of after-sales, newest first (R73)',
    query: FILTER,
    answers: { 200: { description: 'one page', schema: pageSchema(REFUND) } },
    async handle({ deps, caller, query }) {
      const rows = await listRefunds(deps.db, { ...query, shops: caller.shops }, pageOf(query));
      return ok(pageAnswer(rows, query, presentRefund));
    },
  }),
  route({
    method: 'post',
    path: '/refunds/:id/approve',
    scope: 'money:write',
    summary: 'Have the refund agreed now, at the amount asked for now; the after-sale is read once more before',
    body: NOTE,
    answers: TAKEN,
    problems: ['not_found', 'refund_sent', 'refund_ended', 'amount_unknown'],
    handle: (input) => act(input, 'approve'),
  }),
  route({
    method: 'post',
    path: '/refunds/:id/done',
    scope: 'money:write',
    summary: 'Say that the refund was settled in the platform’s back office; nothing is sent',
    body: NOTE,
    answers: TAKEN,
    problems: ['not_found', 'refund_sent', 'refund_ended'],
    handle: (input) => act(input, 'done'),
  }),
];
