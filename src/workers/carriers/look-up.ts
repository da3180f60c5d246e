/**
 * The row of a courier's word in one of our tables; undefined for a word nobody documented. A word comes from outside:
 * `constructor` and the like, which every object has, are no rows.
 */
export function lookUp<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
