import { z } from 'zod';
import { listAfterSales, readAfterSale } from '../../domain/store/after-sale-reader.js';
import { presentAfterSale } from '../presenters/after-sale.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { ok, problem, route } from './route.js';
import { AFTER_SALE } from './schemas/after-sale.js';
import { MOMENT, OUTSIDE_ID, OWN_ID } from './schemas/fields.js';
import { searchShops } from './search-shops.js';

const FILTER = z.strictObject({
  q: OUTSIDE_ID.optional().meta({
    description: 'beginning of an after-sale or order number, or a whole waybill number',
  }),
  shopId: OWN_ID.optional(),
  since: MOMENT.optional().meta({ description: 'first heard of at or after' }),
  until: MOMENT.optional().meta({ description: 'first heard of before' }),
  ...PAGING,
});

const list = route({
  method: 'get',
  path: '/after-sales',
  scope: 'intercepts:read',
  summary: 'All after-sales with their parcels, newest first (R40)',
  query: FILTER,
  answers: { 200: { description: 'one page', schema: pageSchema(AFTER_SALE) } },
  async handle({ deps, caller, query }) {
    const filter = { ...query, shops: caller.shops, searchShops: searchShops(deps.settings(), caller) };
    return ok(pageAnswer(await listAfterSales(deps.db, filter, pageOf(query)), query, presentAfterSale));
  },
});

const detail = route({
  method: 'get',
  path: '/after-sales/:id',
  scope: 'intercepts:read',
  summary: 'One after-sale with its parcels and, where none was intercepted, why not (R42)',
  answers: { 200: { description: 'the after-sale', schema: AFTER_SALE } },
  problems: ['not_found'],
  async handle({ deps, caller, params }) {
    const row = await readAfterSale(deps.db, params.id ?? '', caller.shops);
    return row ? ok(presentAfterSale(row)) : problem('not_found');
  },
});

export const afterSaleRoutes = [list, detail];
