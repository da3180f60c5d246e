import { z } from 'zod';
import { type PreviewedParcel, previewAgain, previewRequest } from '../../domain/store/decision-preview.js';
import type { Caller } from '../auth/caller.js';
import { seesShop } from '../auth/caller.js';
import { presentDecisionPreview } from '../presenters/decision-preview.js';
import { type ApiDeps, ok, problem, route } from './route.js';
import { DECISION_PREVIEW, PREVIEW_ORDER } from './schemas/decision-preview.js';

async function previewKnown(deps: ApiDeps, caller: Caller, ids: readonly string[]): Promise<PreviewedParcel[] | null> {
  const parcels: PreviewedParcel[] = [];
  for (const id of new Set(ids)) {
    const parcel = await previewAgain(deps.db, deps.env(), id, caller, deps.now());
    if (!parcel) return null;
    parcels.push(parcel);
  }
  return parcels;
}

/** The answer to "what if", judged for real in a transaction that is undone. */
export const previewRoute = route({
  method: 'post',
  path: '/intercepts/preview',
  scope: 'intercepts:write',
  summary: 'What a request, or letting known intercepts go again, would come to; nothing is kept and nothing is sent',
  body: PREVIEW_ORDER,
  answers: { 200: { description: 'one row a parcel', schema: z.object({ parcels: z.array(DECISION_PREVIEW) }) } },
  problems: ['not_found'],
  async handle({ deps, caller, body }) {
    if ('ids' in body) {
      const known = await previewKnown(deps, caller, body.ids);
      return known ? ok({ parcels: known.map(presentDecisionPreview) }) : problem('not_found');
    }
    const { release = false, ...request } = body;
    const shop = deps.settings().shops.get(request.shopId);
    if (!shop?.enabled || !seesShop(caller, shop.id)) return problem('not_found');
    const by = { actor: caller.actor, release: release ? { by: caller.actor } : null };
    const parcels = await previewRequest(deps.db, deps.env(), shop, request, by, deps.now());
    return ok({ parcels: parcels.map(presentDecisionPreview) });
  },
});
