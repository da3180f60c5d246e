import { parseLossless } from '../../domain/lossless.js';

/** The members of a JSON object, as a courier sent them: nothing about them is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** A JSON text with ids kept digit by digit; undefined if it is none, or is nested beyond reason. */
export function parseJson(text: string): unknown {
  try {
    return parseLossless(text);
  } catch {
    return undefined;
  }
}

/** A JSON object, else null. */
export function asFields(value: unknown): Fields | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}

/** A scalar as text, at most `max` characters; anything else as ''. */
export function asText(value: unknown, max = 500): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, max) : '';
}

/** Where a scan was made, from the names a courier gives for it; null if it gives none. */
export function asPlace(...names: readonly unknown[]): string | null {
  const given = names.map((name) => asText(name, 100)).filter(Boolean);
  return given.join(' ') || null;
}
