import { z } from 'zod';
import { MATCH_CLASSES } from '../../domain/money/match.js';
import { matchMonth } from '../../domain/store/bill-match-store.js';
import { closeMonth, closingOf, listMonths } from '../../domain/store/bill-month-store.js';
import { listMatch, listNotCharged, type MonthOf, sumMatch } from '../../domain/store/bill-reader.js';
import { presentBillMonth, presentMatchRow, presentMatchSum } from '../presenters/bill.js';
import { onlyAllShops } from './all-shops.js';
import { disputeFile } from './dispute-file.js';
import { NUMBER_PAGING, numberPageOf, PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { type Answer, type ApiDeps, ok, problem, route } from './route.js';
import { BILL_MONTH, MATCH_MONTH, MATCH_ROW, MONTH_OF } from './schemas/bill.js';
import { CODE } from './schemas/fields.js';

const ONE_MONTH = z.strictObject(MONTH_OF);

async function monthShown(deps: ApiDeps, month: MonthOf): Promise<Answer> {
  const closing = await closingOf(deps.db, month);
  const closed = { closedAt: closing?.at.toISOString() ?? null, closedBy: closing?.by ?? null };
  return ok({ ...month, ...closed, sums: (await sumMatch(deps.db, month)).map(presentMatchSum) });
}

const SUMS = { 200: { description: 'the month by class', schema: MATCH_MONTH } };

export const matchRoutes = [
  route({
    method: 'get',
    path: '/bill-match',
    scope: 'money:read',
    summary: 'Asked × done × charged of one month of one biller, by class (R35)',
    query: ONE_MONTH,
    answers: SUMS,
    problems: ['all_shops_needed'],
    handle: ({ deps, caller, query }) => onlyAllShops(caller, () => monthShown(deps, query)),
  }),
  route({
    method: 'post',
    path: '/bill-match',
    scope: 'money:write',
    summary: 'Match the month again; closed months and fees on invoices stay as they are',
    body: ONE_MONTH,
    answers: SUMS,
    problems: ['all_shops_needed'],
    handle: ({ deps, caller, body }) =>
      onlyAllShops(caller, async () => {
        await matchMonth(deps.db, body);
        return monthShown(deps, body);
      }),
  }),
  route({
    method: 'get',
    path: '/bill-match/lines',
    scope: 'money:read',
    summary: 'The lines behind a sum, newest first',
    query: z.strictObject({
      ...MONTH_OF,
      class: z.enum(MATCH_CLASSES).optional(),
      billId: CODE.optional(),
      ...NUMBER_PAGING,
    }),
    answers: { 200: { description: 'one page', schema: pageSchema(MATCH_ROW) } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller, query: { class: name, ...query } }) =>
      onlyAllShops(caller, async () => {
        const filter = { ...query, classes: name === undefined ? undefined : [name] };
        return ok(pageAnswer(await listMatch(deps.db, filter, numberPageOf(query)), query, presentMatchRow));
      }),
  }),
  route({
    method: 'get',
    path: '/bill-match/not-charged',
    scope: 'money:read',
    summary: 'Fees of the month that no bill has charged yet, newest first',
    query: z.strictObject({ ...MONTH_OF, ...PAGING }),
    answers: { 200: { description: 'one page', schema: pageSchema(MATCH_ROW) } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller, query }) =>
      onlyAllShops(caller, async () =>
        ok(pageAnswer(await listNotCharged(deps.db, query, pageOf(query)), query, presentMatchRow)),
      ),
  }),
  route({
    method: 'get',
    path: '/bill-match/disputes.csv',
    scope: 'money:read',
    summary: 'What is to be disputed with this biller, line by line, with our reason',
    query: z.strictObject({ ...MONTH_OF, lang: z.enum(['zh', 'en']).default('zh') }),
    answers: { 200: { description: 'CSV, UTF-8', schema: z.string(), mediaType: 'text/csv' } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller, query: { lang, ...month } }) =>
      onlyAllShops(caller, () => disputeFile(deps, caller, month, lang)),
  }),
  route({
    method: 'get',
    path: '/bill-months',
    scope: 'money:read',
    summary: 'The months of each biller, newest first',
    answers: { 200: { description: 'all of them', schema: pageSchema(BILL_MONTH) } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller }) =>
      onlyAllShops(caller, async () =>
        ok({ items: (await listMonths(deps.db)).map(presentBillMonth), nextCursor: null }),
      ),
  }),
  route({
    method: 'post',
    path: '/bill-months/close',
    scope: 'money:write',
    summary: 'Close a month of one biller after a last match: its lines stay as they are',
    body: ONE_MONTH,
    answers: SUMS,
    problems: ['all_shops_needed', 'month_not_over', 'bill_being_read', 'no_bill'],
    handle: ({ deps, caller, body }) =>
      onlyAllShops(caller, async () => {
        const closing = await closeMonth(deps.db, body, caller.actor, deps.now());
        return closing === 'closed' || closing === 'closed_before' ? monthShown(deps, body) : problem(closing);
      }),
  }),
];
