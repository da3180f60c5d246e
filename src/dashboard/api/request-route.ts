import { requestIntercepts } from '../../domain/store/request-store.js';
import { seesShop } from '../auth/caller.js';
import { IDEMPOTENCY_HEADERS, onceForKey } from './idempotency.js';
import { type Answer, problem, route } from './route.js';
import { INTERCEPT_REQUEST, INTERCEPT_REQUEST_ANSWER } from './schemas/intercept-request.js';

/** What one caller may ask for in a second (contract section 6). */
const PER_SECOND = 1_000;

/** An ERP asks for intercepts (R22). Decided before the answer, as far as no outside read is needed. */
export const requestRoute = route({
  method: 'post',
  path: '/intercepts',
  scope: 'intercepts:write',
  summary: 'Ask for the parcels of an after-sale to be turned around',
  body: INTERCEPT_REQUEST,
  headers: IDEMPOTENCY_HEADERS,
  perSecond: PER_SECOND,
  answers: {
    202: { description: 'taken in: at least one parcel is new', schema: INTERCEPT_REQUEST_ANSWER },
    200: { description: 'asked for before: the same ids', schema: INTERCEPT_REQUEST_ANSWER },
  },
  problems: ['not_found', 'idempotency_key_reused', 'too_many_requests'],
  async handle(input) {
    const { deps, caller, body } = input;
    const { release = false, ...request } = body;
    // A shop of somebody else and a shop that does not exist look the same.
    const shop = deps.settings().shops.get(request.shopId);
    if (!shop?.enabled || !seesShop(caller, shop.id)) return problem('not_found');
    return onceForKey(input, body, async (): Promise<Answer> => {
      const outcome = release
        ? await requestIntercepts(deps.db, deps.env(), shop, request, caller.actor, deps.now(), { by: caller.actor })
        : await deps.request(request, caller.actor, deps.now());
      deps.wake();
      const intercepts = outcome.intercepts.map(({ id, waybillNo, state, reason }) => ({
        id,
        waybillNo,
        state,
        reason,
      }));
      return { status: outcome.created ? 202 : 200, body: { intercepts } };
    });
  },
});
