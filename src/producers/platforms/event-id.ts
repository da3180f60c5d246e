const WORD = /^[\x21-\x7e]{1,64}$/;

/**
 * Parts of a message as one key, null where one of them is no word. A part may be anything that JSON can hold: an object
 * with a `toString` of its own would make `String` throw, and this runs before the acknowledgement.
 */
export function composedId(...parts: readonly unknown[]): string | null {
  const words = parts.map((part) => (typeof part === 'number' ? String(part) : part));
  return words.every((word) => typeof word === 'string' && WORD.test(word)) ? words.join('/') : null;
}
