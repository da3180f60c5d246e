import type { ReadTest } from '../../../domain/settings/read-test.js';
import { appendAudit } from '../../../domain/store/audit-store.js';
import { seesShop } from '../../auth/caller.js';
import { presentReadTest } from '../../presenters/read-test.js';
import { type Answer, type ApiDeps, ok, problem, route } from '../route.js';
import { ACCOUNT_TEST, READ_TEST, SHOP_TEST } from '../schemas/read-test.js';
import { seesAccount } from './visible.js';

/** A test asks somebody outside: a person's finger on the button must not use up a lane's budget. */
const PER_SECOND = 2;

/** What a test found out stands in the audit chain too: who asked the courier about whose parcel. */
async function recorded(
  deps: ApiDeps,
  entry: { readonly actor: string; readonly action: string; readonly subject: string; readonly asked: object },
  test: ReadTest,
): Promise<Answer> {
  const { asked, ...rest } = entry;
  const detail = { ...asked, outcome: test.outcome };
  await deps.db.transaction((tx) => appendAudit(tx, { ...rest, at: deps.now(), detail }));
  return ok(presentReadTest(test));
}

export const configTestRoutes = [
  route({
    method: 'post',
    path: '/config/accounts/:id/test',
    scope: 'config:write',
    summary: 'Try an account’s stored keys on the track of one waybill; never a write, within its read budget',
    body: ACCOUNT_TEST,
    perSecond: PER_SECOND,
    answers: { 200: { description: 'what the courier said', schema: READ_TEST } },
    problems: ['not_found', 'too_many_requests'],
    async handle({ deps, caller, params, body }) {
      const account = deps.settings().accounts.get(params.id ?? '');
      if (!account || !seesAccount(account, caller.shops)) return problem('not_found');
      const { waybillNo, phoneTail = null } = body;
      const test = await deps.setup.testAccount(account.id, { waybillNo, phoneTail });
      const entry = { actor: caller.actor, action: 'account.test', subject: account.id, asked: { waybillNo } };
      return recorded(deps, entry, test);
    },
  }),
  route({
    method: 'post',
    path: '/config/shops/:id/test',
    scope: 'config:write',
    summary: 'Try a shop’s stored keys by reading one after-sale from its platform; never a write',
    body: SHOP_TEST,
    perSecond: PER_SECOND,
    answers: { 200: { description: 'what the platform said', schema: READ_TEST } },
    problems: ['not_found', 'too_many_requests'],
    async handle({ deps, caller, params, body }) {
      const shop = deps.settings().shops.get(params.id ?? '');
      if (!shop || !seesShop(caller, shop.id)) return problem('not_found');
      const { afterSaleId, orderId = null } = body;
      const test = await deps.setup.testShop(shop.id, { afterSaleId, orderId });
      const entry = { actor: caller.actor, action: 'shop.test', subject: shop.id, asked: { afterSaleId } };
      return recorded(deps, entry, test);
    },
  }),
];
