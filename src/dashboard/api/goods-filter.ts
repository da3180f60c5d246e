import { z } from 'zod';
import type { RawInput } from './route.js';
import { CODE, OUTSIDE_ID, OWN_ID } from './schemas/fields.js';

/** A filter that is on or left out. */
export const yes = (description: string) =>
  z
    .literal('true')
    .transform(() => true)
    .optional()
    .meta({ description });

/** What lists of goods on their way back, and of what is owed for them, are found by. */
export const GOODS_MATCH = { shopId: OWN_ID.optional(), carrier: CODE.optional() };
export const waybillBegins = (description: string) => OUTSIDE_ID.optional().meta({ description });

/** The filter as the readers want it: within the caller's shops, and overdue as of now. */
export function goodsFilter<M extends { readonly overdue?: boolean | undefined }>(
  { deps, caller }: Pick<RawInput, 'deps' | 'caller'>,
  { overdue, ...match }: M,
) {
  return { ...match, shops: caller.shops, overdueAt: overdue ? deps.now() : undefined };
}
