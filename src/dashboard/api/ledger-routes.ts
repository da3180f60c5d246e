import { z } from 'zod';
import { type CorrectionOutcome, correctFee, decideCorrection } from '../../domain/store/correction-store.js';
import { listLedger } from '../../domain/store/ledger-reader.js';
import type { Caller } from '../auth/caller.js';
import { presentLedgerEntry } from '../presenters/ledger-entry.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { type Answer, ok, problem, route } from './route.js';
import { CODE, MOMENT, OWN_ID } from './schemas/fields.js';
import { CORRECTED, CORRECTION, LEDGER_ENTRY } from './schemas/ledger-entry.js';

const FILTER = z.strictObject({
  interceptId: CODE.optional(),
  shopId: OWN_ID.optional(),
  carrier: CODE.optional(),
  kind: LEDGER_ENTRY.shape.kind.optional(),
  verification: LEDGER_ENTRY.shape.verification.optional(),
  biller: CODE.optional(),
  invoiceId: CODE.optional(),
  since: MOMENT.optional().meta({ description: 'posted at or after' }),
  until: MOMENT.optional().meta({ description: 'posted before' }),
  ...PAGING,
});

const NOTE = z.strictObject({ note: z.string().trim().max(2_000).optional() }).nullish();
const TAKEN = { 202: { description: 'taken in', schema: CORRECTED } };
const REFUSALS = ['not_found', 'fee_reversed', 'fee_invoiced', 'person_needed'] as const;

const correctorOf = ({ actor, kind, shops }: Caller) => ({ actor, isPerson: kind === 'user', shops });
const answerOf = (outcome: CorrectionOutcome): Answer =>
  outcome.ok ? { status: 202, body: { state: outcome.state } } : problem(outcome.why);

export const ledgerRoutes = [
  route({
    method: 'get',
    path: '/ledger',
    scope: 'money:read',
    summary: 'Fees and their reversals, newest first (R30)',
    query: FILTER,
    answers: { 200: { description: 'one page', schema: pageSchema(LEDGER_ENTRY) } },
    async handle({ deps, caller, query }) {
      const rows = await listLedger(deps.db, { ...query, shops: caller.shops }, pageOf(query));
      return ok(pageAnswer(rows, query, presentLedgerEntry));
    },
  }),
  route({
    method: 'post',
    path: '/ledger/:id/correct',
    scope: 'money:write',
    summary:
      'Correct a fee: its reversal and, if anything is due, a fee of the right amount; above the limit by two people',
    body: CORRECTION,
    answers: TAKEN,
    problems: [...REFUSALS, 'same_amount', 'correction_open'],
    async handle({ deps, caller, params, body }) {
      const order = { entryId: params.id ?? '', ...body, limitFen: deps.correctionLimitFen };
      return answerOf(await correctFee(deps.db, correctorOf(caller), order, deps.now()));
    },
  }),
  ...(['approve', 'decline'] as const).map((word) =>
    route({
      method: 'post',
      path: `/ledger/:id/${word}`,
      scope: 'money:write',
      summary:
        word === 'approve'
          ? 'Approve the correction of a fee that somebody else asked for'
          : 'Decline the correction of a fee that was asked for',
      body: NOTE,
      answers: TAKEN,
      problems: [...REFUSALS, 'no_correction_open', 'second_person_needed'],
      async handle({ deps, caller, params, body }) {
        const order = { entryId: params.id ?? '', approve: word === 'approve', note: body?.note ?? null };
        return answerOf(await decideCorrection(deps.db, correctorOf(caller), order, deps.now()));
      },
    }),
  ),
];
