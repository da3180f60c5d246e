import { z } from 'zod';
import { takeContents } from '../../domain/store/contents-store.js';
import { seesShop } from '../auth/caller.js';
import { ok, problem, route } from './route.js';

const CONTENTS = z.strictObject({
  orders: z
    .array(
      z.strictObject({
        shopId: z.string().min(1).max(64),
        orderId: z.string().trim().min(1).max(191),
        paidFen: z.number().int().min(0),
      }),
    )
    .max(100),
  complete: z
    .literal(true)
    .meta({ description: 'these are all the orders in the parcel; a part proves nothing (R62)' }),
});

const TAKEN = z.object({ carrier: z.string(), waybillNo: z.string(), orders: z.number().int() });

export const parcelRoutes = [
  route({
    method: 'put',
    path: '/parcels/:carrier/:waybillNo',
    scope: 'intercepts:write',
    summary: 'What a parcel contains; it is judged again within 2 s (R19, R61, R62)',
    body: CONTENTS,
    answers: { 200: { description: 'taken in', schema: TAKEN } },
    problems: ['not_found'],
    async handle({ deps, caller, params, body }) {
      if (body.orders.some((order) => !seesShop(caller, order.shopId))) return problem('not_found');
      const manifest = deps.env().book.manifest(params.carrier ?? '');
      if (!manifest) return problem('not_found');
      const parcel = { carrier: manifest.slug, waybillNo: manifest.normaliseWaybill(params.waybillNo ?? '') };
      await takeContents(deps.db, parcel, body.orders, deps.now());
      deps.wake();
      return ok({ ...parcel, orders: body.orders.length });
    },
  }),
];
