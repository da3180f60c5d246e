import { readHistory } from '../../domain/store/history-reader.js';
import { listIntercepts, readIntercept } from '../../domain/store/intercept-reader.js';
import { ledgerOf } from '../../domain/store/ledger-reader.js';
import { presentIntercept } from '../presenters/intercept.js';
import { presentInterceptDetail } from '../presenters/intercept-detail.js';
import { pageAnswer, pageOf, pageSchema } from './paging.js';
import { ok, problem, route } from './route.js';
import { INTERCEPT, INTERCEPT_DETAIL } from './schemas/intercept.js';
import { INTERCEPT_FILTER } from './schemas/intercept-filter.js';
import { searchShops } from './search-shops.js';

const list = route({
  method: 'get',
  path: '/intercepts',
  scope: 'intercepts:read',
  summary: 'All intercepts, newest first',
  query: INTERCEPT_FILTER,
  answers: { 200: { description: 'one page', schema: pageSchema(INTERCEPT) } },
  async handle({ deps, caller, query }) {
    const filter = { ...query, shops: caller.shops, searchShops: searchShops(deps.settings(), caller) };
    const rows = await listIntercepts(deps.db, filter, pageOf(query));
    return ok(pageAnswer(rows, query, (row) => presentIntercept(row, caller.shops)));
  },
});

const detail = route({
  method: 'get',
  path: '/intercepts/:id',
  scope: 'intercepts:read',
  summary: 'One intercept with everything that happened to it',
  answers: { 200: { description: 'the intercept', schema: INTERCEPT_DETAIL } },
  problems: ['not_found'],
  async handle({ deps, caller, params }) {
    const row = await readIntercept(deps.db, params.id ?? '', caller.shops);
    if (!row) return problem('not_found');
    const history = await readHistory(deps.db, row.id, row.parcelId);
    return ok(presentInterceptDetail(row, history, await ledgerOf(deps.db, row.id), caller.shops));
  },
});

export const interceptRoutes = [list, detail];
