import { z } from 'zod';
import { ALL_CLAIM_KINDS } from '../../domain/claims/kinds.js';
import { CLAIM_STATES, type ClaimPersonStep } from '../../domain/claims/machine.js';
import {
  bookPayment,
  type ClaimResult,
  reversePayment,
  takeClaimStep,
} from '../../domain/store/loss-claim-person-store.js';
import { type ClaimView, claimHistory, claimSums, listClaims } from '../../domain/store/loss-claim-reader.js';
import { CLAIM_COLUMNS, presentClaim, presentClaimDetail } from '../presenters/claim.js';
import { csvOf } from '../presenters/csv-columns.js';
import { CSV_ANSWER, csvExport, LANGUAGE, languageAsked } from './csv-export.js';
import { evidenceRoute } from './evidence-route.js';
import { GOODS_MATCH, goodsFilter, waybillBegins, yes } from './goods-filter.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { type Answer, ok, problem, type RawInput, route } from './route.js';
import { CLAIM, CLAIM_DETAIL, CLAIM_SUMS } from './schemas/claim.js';
import { absentable, MOMENT, OUTSIDE_ID } from './schemas/fields.js';

const MATCH = {
  ...GOODS_MATCH,
  state: z.enum(CLAIM_STATES).optional(),
  kind: z.enum(ALL_CLAIM_KINDS).optional(),
  q: waybillBegins('beginning of a waybill'),
  overdue: yes('`true`: waiting for somebody past its time'),
};

async function seen({ deps, caller, params }: Pick<RawInput, 'deps' | 'caller' | 'params'>): Promise<ClaimView | null> {
  const filter = { shops: caller.shops, id: params.id ?? '' };
  return (await listClaims(deps.db, filter, { limit: 1, beforeId: null }))[0] ?? null;
}

/** 202: taken in; 200: it was so before. Either way the claim as it is now. */
async function answered(input: Pick<RawInput, 'deps' | 'caller' | 'params'>, result: ClaimResult): Promise<Answer> {
  if (!result.ok) return problem(result.why);
  const row = await seen(input);
  const status = result.repeated ? 200 : 202;
  return row ? { status, body: presentClaim(row, input.deps.now()) } : problem('not_found');
}

const TAKEN = {
  202: { description: 'taken in: the claim as it is now', schema: CLAIM },
  200: { description: 'it was so before', schema: CLAIM },
};
const AMOUNT = z.int().min(1).max(1_000_000_000);
const NOTE = absentable(z.string().trim().max(2_000));
const who = ({ caller }: Pick<RawInput, 'caller'>, note: string | undefined) => ({
  actor: caller.actor,
  shops: caller.shops,
  note: note ?? null,
});

interface StepBody {
  readonly amountFen?: number | undefined;
  readonly reference?: string | undefined;
  readonly note?: string | undefined;
}

const stepRoute = (step: ClaimPersonStep, summary: string, body: z.ZodType<StepBody>) =>
  route({
    method: 'post',
    path: `/claims/:id/${step}`,
    scope: 'money:write',
    summary,
    body,
    answers: TAKEN,
    problems: ['not_found', 'claim_not_open', 'claim_amount_needed', 'claim_amount_too_high'],
    async handle(input) {
      const { deps, params } = input;
      const { amountFen = null, reference = null, note } = input.body;
      const order = { id: params.id ?? '', step, amountFen, reference, ...who(input, note) };
      return answered(input, await takeClaimStep(deps.db, deps.env(), order, deps.now()));
    },
  });

const list = route({
  method: 'get',
  path: '/claims',
  scope: 'money:read',
  summary: 'Claims against couriers, newest first (R33, R52)',
  query: z.strictObject({ ...MATCH, ...PAGING }),
  answers: { 200: { description: 'one page', schema: pageSchema(CLAIM) } },
  async handle(input) {
    const { deps, query } = input;
    const { limit, cursor, ...match } = query;
    const rows = await listClaims(deps.db, goodsFilter(input, match), pageOf(query));
    return ok(pageAnswer(rows, { limit, cursor }, (row) => presentClaim(row, deps.now())));
  },
});

const sums = route({
  method: 'get',
  path: '/claims/sums',
  scope: 'money:read',
  summary: 'How many claims are in each state and what they come to',
  query: z.strictObject(MATCH),
  answers: { 200: { description: 'one row a state', schema: CLAIM_SUMS } },
  handle: async (input) =>
    ok({ items: await claimSums(input.deps.db, goodsFilter(input, input.query)), nextCursor: null }),
});

const file = route({
  method: 'get',
  path: '/claims.csv',
  scope: 'money:read',
  summary: 'The same as CSV',
  query: z.strictObject({ ...MATCH, lang: LANGUAGE }),
  answers: CSV_ANSWER,
  perSecond: 20,
  problems: ['too_many_requests'],
  handle(input) {
    const { lang, ...asked } = input.query;
    const filter = goodsFilter(input, asked);
    const csv = csvOf(CLAIM_COLUMNS, true, lang ?? languageAsked(input.header('accept-language')));
    return csvExport(input, { name: 'claims', asked, read: (page) => listClaims(input.deps.db, filter, page), ...csv });
  },
});

const detail = route({
  method: 'get',
  path: '/claims/:id',
  scope: 'money:read',
  summary: 'One claim with its steps and the money received',
  answers: { 200: { description: 'the claim', schema: CLAIM_DETAIL } },
  problems: ['not_found'],
  async handle(input) {
    const row = await seen(input);
    if (!row) return problem('not_found');
    return ok(presentClaimDetail(row, await claimHistory(input.deps.db, row.id), input.deps.now()));
  },
});

const REFERENCE = OUTSIDE_ID.meta({ description: 'number of the transfer; the same again is the same money' });

const payment = route({
  method: 'post',
  path: '/claims/:id/payments',
  scope: 'money:write',
  summary: 'Money came in for an accepted claim; what makes it whole ends it',
  body: z.strictObject({ reference: REFERENCE, amountFen: AMOUNT, receivedAt: MOMENT, note: NOTE }),
  answers: TAKEN,
  problems: ['not_found', 'claim_not_open', 'payment_too_high', 'payment_changed', 'payment_reversed'],
  async handle(input) {
    const { deps, params } = input;
    const { note, ...money } = input.body;
    const order = { claimId: params.id ?? '', ...money, ...who(input, note) };
    return answered(input, await bookPayment(deps.db, deps.env(), order, deps.now()));
  },
});

const reversal = route({
  method: 'post',
  path: '/claims/:id/reversals',
  scope: 'money:write',
  summary: 'A booking of money was a mistake: an entry takes it back, the first one stays',
  body: z.strictObject({ reference: REFERENCE, note: z.string().trim().min(1).max(2_000) }),
  answers: TAKEN,
  problems: ['not_found', 'claim_not_open', 'payment_unknown'],
  async handle(input) {
    const { deps, params } = input;
    const { reference, note } = input.body;
    const order = { claimId: params.id ?? '', reference, ...who(input, note) };
    return answered(input, await reversePayment(deps.db, deps.env(), order, deps.now()));
  },
});

const FILE_BODY = z.strictObject({ amountFen: absentable(AMOUNT), reference: absentable(OUTSIDE_ID), note: NOTE });
const ANSWER_BODY = z.strictObject({ amountFen: absentable(AMOUNT), note: NOTE });
const NOTE_BODY = z.strictObject({ note: z.string().trim().min(1).max(2_000) });

export const claimRoutes = [
  list,
  sums,
  file,
  detail,
  evidenceRoute,
  stepRoute('file', 'The claim was filed with the courier, for this amount', FILE_BODY),
  stepRoute('accept', 'The courier agreed to pay; without an amount, all that is claimed', ANSWER_BODY),
  stepRoute('reject', 'The courier refused; it may be filed again', NOTE_BODY),
  stepRoute('drop', 'It is not pursued any more', NOTE_BODY),
  payment,
  reversal,
];
