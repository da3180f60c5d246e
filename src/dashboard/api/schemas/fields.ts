import { z } from 'zod';

/** Ids of ours that the seller chose: shops, accounts (contract section 4). */
export const OWN_ID = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/);

/** Numbers from outside: always text, kept byte for byte. A JSON number would have lost its last digits already. */
export const OUTSIDE_ID = z
  .string()
  .trim()
  .max(191)
  .regex(/^\P{Cc}+$/u);

/** What people type into a search box. */
export const SEARCH = OUTSIDE_ID;

/** Fen; ten million yuan is beyond every parcel. */
export const FEN = z.int().min(0).max(1_000_000_000);

const FROM_MS = Date.UTC(2000, 0, 1);
const TO_MS = Date.UTC(2100, 0, 1);

/** RFC 3339 with its offset; read as a Date. */
export const MOMENT = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) >= FROM_MS && Date.parse(text) < TO_MS, 'between the years 2000 and 2100')
  .transform((text) => new Date(text));

/** Optional, and null counts as absent (contract section 5). */
export function absentable<S extends z.ZodType>(schema: S) {
  return schema.nullish().transform((value): z.output<S> | undefined => value ?? undefined);
}

/** A time in an answer: RFC 3339 UTC. */
export const TIME = z.iso.datetime();

/** A text for people in both languages. */
export const TEXT = z.object({ zh: z.string(), en: z.string() });
