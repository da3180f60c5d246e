import { parse } from 'lossless-json';

/** Integers that a double holds exactly have at most 15 digits for sure; anything longer stays text. */
const EXACT_DIGITS = 15;

/**
 * JSON without harm to ids: `7000893114000949517` stays those digits, as text. `JSON.parse` would round it and point at
 * another parcel (I23). Numbers up to 15 digits are numbers. Throws SyntaxError.
 */
export function parseLossless(text: string): unknown {
  return parse(text, undefined, (digits) =>
    /^-?\d+$/.test(digits) && digits.replace('-', '').length > EXACT_DIGITS ? digits : Number(digits),
  );
}
