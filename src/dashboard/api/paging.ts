import { z } from 'zod';
import type { Page } from '../../domain/store/where.js';
import { because } from './schemas/fields.js';

const MAX_LIMIT = 200;
const DEFAULT_LIMIT = 50;
const ID = /^[0-9a-z]{26}$/;
/** Ids that the database counts; fifteen digits stay exact in a number. */
const NUMBER = /^[1-9]\d{0,14}$/;

function idOf(cursor: string, form = ID): string | null {
  const id = Buffer.from(cursor, 'base64url').toString('latin1');
  return form.test(id) ? id : null;
}

const NO_CURSOR = { zh: '不是本接口返回的 nextCursor', en: 'is not a nextCursor of this API' };

/** `?limit=` and `?cursor=` of every list. The cursor names the last row seen, so new rows never shift a page. */
const paging = (form: RegExp) => ({
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT),
  cursor: z
    .string()
    .max(64)
    .refine((cursor) => idOf(cursor, form) !== null, because(NO_CURSOR))
    .optional()
    .meta({ description: 'nextCursor of the page before' }),
});
export const PAGING = paging(ID);
/** The same for lists whose ids the database counts. */
export const NUMBER_PAGING = paging(NUMBER);

interface Asked {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** One row more than asked for tells whether there is another page. */
export function pageOf(asked: Asked): Page {
  return { limit: asked.limit + 1, beforeId: asked.cursor === undefined ? null : idOf(asked.cursor) };
}

/** As `pageOf`, for ids that the database counts. */
export function numberPageOf(asked: Asked): { readonly limit: number; readonly beforeId: number | null } {
  const id = asked.cursor === undefined ? null : idOf(asked.cursor, NUMBER);
  return { limit: asked.limit + 1, beforeId: id === null ? null : Number(id) };
}

/** The answer of a list: `{items, nextCursor}`. */
export function pageAnswer<R extends { readonly id: string | number }, T>(
  rows: readonly R[],
  asked: Asked,
  present: (row: R) => T,
): { items: T[]; nextCursor: string | null } {
  const shown = rows.slice(0, asked.limit);
  const last = shown.at(-1);
  const more = rows.length > asked.limit && last !== undefined;
  return {
    items: shown.map(present),
    nextCursor: more ? Buffer.from(String(last.id), 'latin1').toString('base64url') : null,
  };
}

export function pageSchema<S extends z.ZodType>(item: S) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
