import { z } from 'zod';

/** Ids of ours that the seller chose: shops, accounts (contract section 4). */
export const OWN_ID = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/);

/** Numbers from outside: always text, kept byte for byte. A JSON number would have lost its last digits already. */
export const OUTSIDE_ID = z
  .string()
  .trim()
  .max(191)
  .regex(/^\P{Cc}+$/u);

/** An id or a code in an ASCII column. */
export const CODE = z.string().regex(/^[\x21-\x7e]{1,64}$/);

/** Fen; ten million yuan is beyond every parcel. */
export const FEN = z.int().min(0).max(1_000_000_000);

const FROM_MS = Date.UTC(2000, 0, 1);
const TO_MS = Date.UTC(2100, 0, 1);

/** A check of our own says in both languages what is wrong; zod's own checks have their texts. */
export function because(text: { readonly zh: string; readonly en: string }) {
  return { error: text.en, params: { text } };
}

const OUT_OF_RANGE = { zh: '须在 2000 年至 2100 年之间', en: 'must lie between the years 2000 and 2100' };

/** RFC 3339 with its offset; read as a Date. */
export const MOMENT = z.iso
  .datetime({ offset: true, abort: true })
  .refine((text) => Date.parse(text) >= FROM_MS && Date.parse(text) < TO_MS, because(OUT_OF_RANGE))
  .transform((text) => new Date(text));

/** Optional, and null counts as absent (contract section 5). */
export function absentable<S extends z.ZodType>(schema: S) {
  return schema.nullish().transform((value): z.output<S> | undefined => value ?? undefined);
}

/** A time in an answer: RFC 3339 UTC. */
export const TIME = z.iso.datetime();

/** A text for people in both languages. */
export const TEXT = z.object({ zh: z.string(), en: z.string() });
