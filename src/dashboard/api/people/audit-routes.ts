import { z } from 'zod';
import { listAudit } from '../../../domain/store/audit-reader.js';
import { verifyChain } from '../../../domain/store/audit-store.js';
import { presentAudit, presentCheck } from '../../presenters/people.js';
import { onlyAllShops } from '../all-shops.js';
import { NUMBER_PAGING, numberPageOf, pageAnswer, pageSchema } from '../paging.js';
import { ok, route } from '../route.js';
import { MOMENT } from '../schemas/fields.js';
import { AUDIT_ENTRY, CHAIN_CHECK } from '../schemas/people.js';

const TEXT = z.string().trim().min(1).max(191);
const FILTER = z.strictObject({
  actor: TEXT.optional().meta({ description: 'any part of `user:<email>`, `token:<name>`, `cli:<login>`' }),
  action: TEXT.optional().meta({ description: 'the beginning of an action: `user.`, `settings.apply`' }),
  subject: TEXT.optional().meta({ description: 'any part of what it was done to' }),
  since: MOMENT.optional(),
  until: MOMENT.optional(),
  ...NUMBER_PAGING,
});

export const auditRoutes = [
  route({
    method: 'get',
    path: '/audit',
    scope: 'audit:read',
    summary: 'Everything that people and their tools did, with before, after and reason, the newest first',
    query: FILTER,
    answers: { 200: { description: 'one page', schema: pageSchema(AUDIT_ENTRY) } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller, query }) =>
      onlyAllShops(caller, async () =>
        ok(pageAnswer(await listAudit(deps.db, query, numberPageOf(query)), query, presentAudit)),
      ),
  }),
  route({
    method: 'get',
    path: '/audit/check',
    scope: 'audit:read',
    summary: 'Walk the whole chain of hashes: was an entry changed, taken out or cut off?',
    perSecond: 1,
    answers: { 200: { description: 'whole, or where it breaks', schema: CHAIN_CHECK } },
    problems: ['all_shops_needed', 'too_many_requests'],
    handle: ({ deps, caller }) =>
      onlyAllShops(caller, async () => ok(presentCheck(await verifyChain(deps.db), deps.now()))),
  }),
];
