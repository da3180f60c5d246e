import type { AfterSaleFacts } from '../../domain/aftersale/after-sale.js';
import { parseChinaTime } from '../../domain/china-time.js';
import { parseLossless } from '../../domain/lossless.js';
import { UnreadableEvent } from '../../domain/platform/port.js';

/** A parsed JSON object. Ids are already safe in it: `parseLossless` keeps long digits as text. */
export type Fields = Readonly<Record<string, unknown>>;

/** 2000 to 2100: a time outside would win (or lose) every merge for ever, so it is a fault, not a time. */
const EARLIEST_MS = Date.UTC(2000, 0);
const LATEST_MS = Date.UTC(2100, 0);
/** Ten thousand million yuan: more is not an amount. */
const MOST_FEN = 1_000_000_000_000;

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** How Go writes "no time". */
const GO_ZERO_TIME = /^0001-01-01T/;

/** Parses JSON without harm to ids. Throws UnreadableEvent that names the place and never the content. */
export function parseJson(text: string, what: string): unknown {
  try {
    return parseLossless(text);
  } catch (error) {
    const place = error instanceof SyntaxError ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    const why = error instanceof RangeError ? 'is nested too deeply' : 'is not valid JSON';
    throw new UnreadableEvent(`${what} ${why}${place === undefined ? '' : ` at position ${place}`}`);
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object that must be there. */
export function fieldsAt(value: unknown, what: string): Fields {
  if (!isFields(value)) throw new UnreadableEvent(`${what} is not an object`);
  return value;
}

/** A list that may be missing; null counts as missing, as Go writes empty lists so. */
export function listAt(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new UnreadableEvent(`${what} is not a list`);
  return value;
}

function isMissing(value: unknown): value is undefined | null | '' {
  return value === undefined || value === null || value === '';
}

/** An integer that is digits in the message, as text; sent as a number or as text. Undefined where missing. */
function digits(value: unknown, what: string): string | undefined {
  if (isMissing(value)) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return value;
  throw new UnreadableEvent(`${what} is not a whole number`);
}

/** An id, byte for byte; 0 is how the platform writes "none". */
export function idAt(fields: Fields, key: string): string | undefined {
  const id = digits(fields[key], key);
  return id === undefined || /^0+$/.test(id) ? undefined : id;
}

/** An id that must be there. */
export function requiredIdAt(fields: Fields, key: string): string {
  const id = idAt(fields, key);
  if (id === undefined) throw new UnreadableEvent(`${key} is missing`);
  return id;
}

/** An enum's number as text, for the tables in codes.ts. */
export function codeAt(fields: Fields, key: string): string | undefined {
  return digits(fields[key], key);
}

/** An amount in fen. A missing one is unknown, never 0 (R60). */
export function fenAt(fields: Fields, key: string): number | undefined {
  const text = digits(fields[key], key);
  if (text === undefined) return undefined;
  const fen = Number(text);
  if (fen > MOST_FEN) throw new UnreadableEvent(`${key} is too large to be an amount`);
  return fen;
}

function momentOf(ms: number, key: string): number | undefined {
  if (ms === 0) return undefined;
  if (!(ms >= EARLIEST_MS && ms < LATEST_MS)) throw new UnreadableEvent(`${key} is not a time between 2000 and 2100`);
  return ms;
}

/** A time as ms since 1970, from unix seconds (number or text) or RFC 3339 text; 0 and Go's zero time mean "none". */
export function timeAt(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  if (isMissing(value)) return undefined;
  const isText = typeof value === 'string' && RFC3339.test(value);
  if (isText && GO_ZERO_TIME.test(value)) return undefined;
  return momentOf(isText ? Date.parse(value) : Number(digits(value, key)) * 1000, key);
}

/** A time as ms since 1970, from unix milliseconds (number or text); 0 means "none". */
export function msAt(fields: Fields, key: string): number | undefined {
  const text = digits(fields[key], key);
  return text === undefined ? undefined : momentOf(Number(text), key);
}

/** A time as ms since 1970, from `yyyy-MM-dd HH:mm:ss` in China. */
export function chinaTimeAt(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  if (isMissing(value)) return undefined;
  const at = typeof value === 'string' ? parseChinaTime(value) : null;
  if (at === null) throw new UnreadableEvent(`${key} is not a time like 2026-11-28 08:00:00`);
  return momentOf(at.getTime(), key);
}

const YUAN = /^(\d{1,10})(?:\.(\d{1,2})0*)?$/;

/**
 * An amount in yuan, as text (`"100.00"`) or as a number (`0.1`), exactly as fen: digits are moved, nothing is multiplied,
 * so no amount is ever a fen off. A missing one is unknown, never 0 (R60); parts of a fen and signs are refused.
 */
export function yuanAt(fields: Fields, key: string): number | undefined {
  const value = fields[key];
  if (isMissing(value)) return undefined;
  const parts = typeof value === 'string' || typeof value === 'number' ? YUAN.exec(String(value).trim()) : null;
  if (parts === null) throw new UnreadableEvent(`${key} is not an amount in yuan`);
  const fen = Number(`${parts[1]}${(parts[2] ?? '').padEnd(2, '0')}`);
  if (fen > MOST_FEN) throw new UnreadableEvent(`${key} is too large to be an amount`);
  return fen;
}

/** Text, trimmed; a whole number is taken as its digits. Empty is missing. */
export function textAt(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  if (isMissing(value)) return undefined;
  if (typeof value === 'number') return digits(value, key);
  if (typeof value !== 'string') throw new UnreadableEvent(`${key} is not text`);
  return value.trim() || undefined;
}

/** The facts that are there, without the ones that are not: absent means "this source does not say". */
export function stated(facts: { readonly [K in keyof AfterSaleFacts]: AfterSaleFacts[K] | undefined }): AfterSaleFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
