interface Kept<T> {
  readonly value: Promise<T>;
  readonly until: number;
}

/** Keys that are kept; the oldest goes first. */
const MOST_KEYS = 200;

/**
 * What is costly to read is read once for all who ask within `forMs`, and by those who ask at the same time. A reading
 * that fails is forgotten at once. Whoever shows the value shows the time of its reading.
 */
export class Remembered<T> {
  private readonly kept = new Map<string, Kept<T>>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  get(key: string, forMs: number, read: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key);
    if (known && known.until > this.now()) return known.value;
    const value = read();
    this.kept.delete(key);
    this.kept.set(key, { value, until: this.now() + forMs });
    value.catch(() => this.kept.delete(key));
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEYS && oldest !== undefined) this.kept.delete(oldest);
    return value;
  }
}
