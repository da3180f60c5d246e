/** A seeded generator (mulberry32): the same seed gives the same day again. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** A whole number in [min, max]. */
  int(min: number, max: number): number {
    return min + Math.floor(this.next() * (max - min + 1));
  }

  /** `length` decimal digits as text; the first one is not 0. */
  digits(length: number): string {
    let text = String(this.int(1, 9));
    while (text.length < length) text += String(this.int(0, 9));
    return text;
  }

  pick<T>(values: readonly T[]): T {
    const value = values[this.int(0, values.length - 1)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  }

  /** A new list in another order (Fisher-Yates). */
  shuffled<T>(values: readonly T[]): T[] {
    const list = [...values];
    for (let i = list.length - 1; i > 0; i -= 1) {
      const j = this.int(0, i);
      const [a, b] = [list[i], list[j]];
      if (a === undefined || b === undefined) continue;
      list[i] = b;
      list[j] = a;
    }
    return list;
  }
}
