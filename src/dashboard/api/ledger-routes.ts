import { z } from 'zod';
import { listLedger } from '../../domain/store/ledger-reader.js';
import { presentLedgerEntry } from '../presenters/ledger-entry.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { ok, route } from './route.js';
import { CODE, MOMENT, OWN_ID } from './schemas/fields.js';
import { LEDGER_ENTRY } from './schemas/ledger-entry.js';

const FILTER = z.strictObject({
  interceptId: CODE.optional(),
  shopId: OWN_ID.optional(),
  carrier: CODE.optional(),
  kind: LEDGER_ENTRY.shape.kind.optional(),
  verification: LEDGER_ENTRY.shape.verification.optional(),
  since: MOMENT.optional().meta({ description: 'posted at or after' }),
  until: MOMENT.optional().meta({ description: 'posted before' }),
  ...PAGING,
});

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
];
