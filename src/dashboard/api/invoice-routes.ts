import { z } from 'zod';
import { INVOICE_STATES, type InvoiceStep } from '../../domain/money/invoice.js';
import { invoiceable, listInvoices, moveInvoice, requestInvoice } from '../../domain/store/invoice-store.js';
import { type Caller, seesShop } from '../auth/caller.js';
import { presentInvoice } from '../presenters/invoice.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { type Answer, type ApiDeps, ok, problem, route } from './route.js';
import { MONTH_OF } from './schemas/bill.js';
import { OWN_ID } from './schemas/fields.js';
import { INVOICE, INVOICE_ORDER, INVOICEABLE } from './schemas/invoice.js';

const ONE = { description: 'the invoice as it is now', schema: INVOICE };

async function shown(deps: ApiDeps, caller: Caller, id: string, status: number): Promise<Answer> {
  const [row] = await listInvoices(deps.db, { shops: caller.shops, id }, { limit: 1, beforeId: null });
  return row ? { status, body: presentInvoice(row) } : problem('not_found');
}

async function move(deps: ApiDeps, caller: Caller, id: string, step: InvoiceStep, number: string | null) {
  const order = { id, step, number, actor: caller.actor, shops: caller.shops };
  const moved = await moveInvoice(deps.db, order, deps.now());
  if (moved === 'not_found') return problem('not_found');
  return moved === 'moved' ? shown(deps, caller, id, 200) : problem('invoice_moved');
}

const FILTER = z.strictObject({
  source: MONTH_OF.source.optional(),
  period: MONTH_OF.period.optional(),
  shopId: OWN_ID.optional(),
  state: z.enum(INVOICE_STATES).optional(),
  ...PAGING,
});

export const invoiceRoutes = [
  route({
    method: 'get',
    path: '/invoices',
    scope: 'money:read',
    summary: 'Invoices, newest first (R34)',
    query: FILTER,
    answers: { 200: { description: 'one page', schema: pageSchema(INVOICE) } },
    async handle({ deps, caller, query }) {
      const rows = await listInvoices(deps.db, { ...query, shops: caller.shops }, pageOf(query));
      return ok(pageAnswer(rows, query, presentInvoice));
    },
  }),
  route({
    method: 'get',
    path: '/invoiceable',
    scope: 'money:read',
    summary: 'Fees that were charged, agree with a bill and are on no invoice, by biller, month and shop',
    answers: { 200: { description: 'all of them', schema: pageSchema(INVOICEABLE) } },
    async handle({ deps, caller }) {
      return ok({ items: await invoiceable(deps.db, caller.shops), nextCursor: null });
    },
  }),
  route({
    method: 'post',
    path: '/invoices',
    scope: 'money:write',
    summary: 'Ask for an invoice over what one shop was charged by one biller in one month; each fee is on one at most',
    body: INVOICE_ORDER,
    answers: { 202: ONE },
    problems: ['not_found', 'nothing_to_invoice'],
    async handle({ deps, caller, body }) {
      if (!seesShop(caller, body.shopId)) return problem('not_found');
      const id = await requestInvoice(deps.db, { ...body, actor: caller.actor }, deps.now());
      return id === null ? problem('nothing_to_invoice') : shown(deps, caller, id, 202);
    },
  }),
  route({
    method: 'post',
    path: '/invoices/:id/issue',
    scope: 'money:write',
    summary: 'Record that the invoice was issued, with its number',
    body: z.strictObject({
      number: z
        .string()
        .trim()
        .regex(/^[\x21-\x7e]{1,64}$/),
    }),
    answers: { 200: ONE },
    problems: ['not_found', 'invoice_moved'],
    handle: ({ deps, caller, params, body }) => move(deps, caller, params.id ?? '', 'issue', body.number),
  }),
  route({
    method: 'post',
    path: '/invoices/:id/file',
    scope: 'money:write',
    summary: 'Record that the invoice was filed',
    answers: { 200: ONE },
    problems: ['not_found', 'invoice_moved'],
    handle: ({ deps, caller, params }) => move(deps, caller, params.id ?? '', 'file', null),
  }),
];
