import { laneCarrier } from '../../domain/ids.js';
import { stepFacts } from '../../domain/store/action-store.js';
import { readHistory } from '../../domain/store/history-reader.js';
import { listIntercepts, readIntercept } from '../../domain/store/intercept-reader.js';
import { findIntercept } from '../../domain/store/intercept-store.js';
import { ledgerOf } from '../../domain/store/ledger-reader.js';
import { readStory } from '../../domain/store/story-reader.js';
import { phoneScript } from '../../domain/tasks/phone-script.js';
import { presentExplanation } from '../presenters/explanation.js';
import { presentIntercept } from '../presenters/intercept.js';
import { presentInterceptDetail } from '../presenters/intercept-detail.js';
import { presentSteps } from '../presenters/step.js';
import { presentStory } from '../presenters/story.js';
import { timeOrNull } from '../presenters/words.js';
import { pageAnswer, pageOf, pageSchema } from './paging.js';
import { ok, problem, route } from './route.js';
import { INTERCEPT } from './schemas/intercept.js';
import { INTERCEPT_FILTER } from './schemas/intercept-filter.js';
import { INTERCEPT_STORY } from './schemas/story.js';
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
  summary: 'One intercept with everything that happened to it, what surrounds it, and what a person may do now',
  answers: { 200: { description: 'the intercept', schema: INTERCEPT_STORY } },
  problems: ['not_found'],
  async handle({ deps, caller, params }) {
    const row = await readIntercept(deps.db, params.id ?? '', caller.shops);
    const own = row && (await findIntercept(deps.db, row.id));
    if (!row || !own) return problem('not_found');
    const history = await readHistory(deps.db, row.id, row.parcelId);
    const manifest = deps.env().book.manifest(laneCarrier(own) ?? own.carrier);
    return ok({
      ...presentInterceptDetail(row, history, await ledgerOf(deps.db, row.id), caller.shops),
      ...presentStory(await readStory(deps.db, row, caller.shops)),
      outcomeDueAt: timeOrNull(own.outcomeDueAt),
      explanation: presentExplanation(row.decision, caller.shops),
      phoneScript: phoneScript(row.reason, row.waybillNo),
      choices: presentSteps(await stepFacts(deps.db, own), manifest?.capabilities.cancel ?? false),
    });
  },
});

export const interceptRoutes = [list, detail];
