import { z } from 'zod';
import { ALL_RETURN_STATES } from '../../domain/returns/states.js';
import { addReturnNumber, type ReturnResult, settleDifference } from '../../domain/store/return-person-store.js';
import { listReturns, type ReturnView, readReturnDetail } from '../../domain/store/return-reader.js';
import { findReturn, type ReturnRow } from '../../domain/store/return-store.js';
import { csvOf } from '../presenters/csv-columns.js';
import { presentReturn, presentReturnDetail, RETURN_COLUMNS } from '../presenters/return.js';
import { CSV_ANSWER, csvExport, LANGUAGE, languageAsked } from './csv-export.js';
import { GOODS_MATCH, goodsFilter, waybillBegins, yes } from './goods-filter.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { type Answer, type Input, ok, problem, type RawInput, route } from './route.js';
import { OUTSIDE_ID } from './schemas/fields.js';
import { RETURN, RETURN_DETAIL } from './schemas/return.js';

const MATCH = {
  ...GOODS_MATCH,
  state: z.enum(ALL_RETURN_STATES).optional(),
  q: waybillBegins('beginning of a waybill, the forward one or a new one'),
  overdue: yes('`true`: past its time and not back'),
  refundedNotBack: yes('`true`: the money is paid, the goods are not back (R75)'),
};

/** The return of this id as its holder sees it; null: there is none, or it is somebody else's. */
async function seen({
  deps,
  caller,
  params,
}: Pick<RawInput, 'deps' | 'caller' | 'params'>): Promise<ReturnView | null> {
  const filter = { shops: caller.shops, id: params.id ?? '' };
  return (await listReturns(deps.db, filter, { limit: 1, beforeId: null }))[0] ?? null;
}

/** A step of a person: the return as it is after it. */
async function act<B>(
  input: Input<unknown, B>,
  step: (row: ReturnRow, body: B) => Promise<ReturnResult>,
): Promise<Answer> {
  const row = (await seen(input)) && (await findReturn(input.deps.db, input.params.id ?? ''));
  if (!row) return problem('not_found');
  const result = await step(row, input.body);
  if (!result.ok) return problem(result.why);
  input.deps.wake();
  const after = await seen(input);
  return after ? { status: 202, body: presentReturn(after, input.deps.now()) } : problem('not_found');
}

const TAKEN = { 202: { description: 'taken in: the return as it is now', schema: RETURN } };

export const returnRoutes = [
  route({
    method: 'get',
    path: '/returns',
    scope: 'intercepts:read',
    summary: 'Parcels that come back, or should, newest first (R75)',
    query: z.strictObject({ ...MATCH, ...PAGING }),
    answers: { 200: { description: 'one page', schema: pageSchema(RETURN) } },
    async handle(input) {
      const { deps, query } = input;
      const { limit, cursor, ...match } = query;
      const rows = await listReturns(deps.db, goodsFilter(input, match), pageOf(query));
      return ok(pageAnswer(rows, { limit, cursor }, (row) => presentReturn(row, deps.now())));
    },
  }),
  route({
    method: 'get',
    path: '/returns.csv',
    scope: 'intercepts:read',
    summary: 'The same as CSV; amounts only with the scope `money:read`',
    query: z.strictObject({ ...MATCH, lang: LANGUAGE }),
    answers: CSV_ANSWER,
    perSecond: 20,
    problems: ['too_many_requests'],
    handle(input) {
      const { lang, ...asked } = input.query;
      const filter = goodsFilter(input, asked);
      const language = lang ?? languageAsked(input.header('accept-language'));
      const { head, line } = csvOf(RETURN_COLUMNS, input.caller.scopes.has('money:read'), language);
      return csvExport(input, {
        name: 'returns',
        asked,
        read: (page) => listReturns(input.deps.db, filter, page),
        head,
        line,
      });
    },
  }),
  route({
    method: 'get',
    path: '/returns/:id',
    scope: 'intercepts:read',
    summary: 'One of them, with what was sent, what was booked and what counts for it',
    answers: { 200: { description: 'the return', schema: RETURN_DETAIL } },
    problems: ['not_found'],
    async handle(input) {
      const row = await seen(input);
      if (!row) return problem('not_found');
      return ok(presentReturnDetail(row, await readReturnDetail(input.deps.db, row.parcelId), input.deps.now()));
    },
  }),
  route({
    method: 'post',
    path: '/returns/:id/numbers',
    scope: 'intercepts:write',
    summary: 'The parcel comes back under this number; what was booked under it counts',
    body: z.strictObject({ waybillNo: OUTSIDE_ID }),
    answers: TAKEN,
    problems: ['not_found', 'number_taken'],
    handle: (input) =>
      act(input, (row, { waybillNo }) => {
        const { deps, caller } = input;
        return addReturnNumber(deps.db, deps.env(), { row, actor: caller.actor, waybillNo }, deps.now());
      }),
  }),
  route({
    method: 'post',
    path: '/returns/:id/settle',
    scope: 'intercepts:write',
    summary: 'A difference was cleared up with the warehouse: the return is over as it is',
    body: z.strictObject({ note: z.string().trim().min(1).max(2_000) }),
    answers: TAKEN,
    problems: ['not_found', 'nothing_to_settle'],
    handle: (input) =>
      act(input, (row, { note }) =>
        settleDifference(input.deps.db, { row, actor: input.caller.actor, note }, input.deps.now()),
      ),
  }),
];
