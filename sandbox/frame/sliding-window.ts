/** Arrival times of one endpoint, to answer "how many at most in any window". */
export class Arrivals {
  readonly #times: number[] = [];

  hit(at: number): void {
    this.#times.push(at);
  }

  get count(): number {
    return this.#times.length;
  }

  /** Largest number of arrivals in any half-open window of `windowMs`. */
  largest(windowMs: number): number {
    const times = [...this.#times].sort((a, b) => a - b);
    let first = 0;
    let most = 0;
    times.forEach((time, last) => {
      while (time - (times[first] ?? time) >= windowMs) first += 1;
      most = Math.max(most, last - first + 1);
    });
    return most;
  }
}

/** Lets at most `max` calls through in any sliding window of `perMs`; refused calls do not count. */
export class SlidingLimit {
  #times: number[] = [];

  constructor(
    readonly max: number,
    readonly perMs: number,
  ) {}

  allow(at: number): boolean {
    this.#times = this.#times.filter((time) => at - time < this.perMs);
    if (this.#times.length >= this.max) return false;
    this.#times.push(at);
    return true;
  }
}

/** A limit as the config switches it on; null: none. */
export interface LimitSetting {
  readonly max: number;
  readonly perMs: number;
}

/** One sliding limit an endpoint, all with the setting that is switched on at the moment. */
export class EndpointLimits {
  readonly #limits = new Map<string, SlidingLimit>();

  allow(endpoint: string, setting: LimitSetting | null, at: number): boolean {
    if (setting === null) return true;
    const { max, perMs } = setting;
    const known = this.#limits.get(endpoint);
    const limit = known?.max === max && known.perMs === perMs ? known : new SlidingLimit(max, perMs);
    this.#limits.set(endpoint, limit);
    return limit.allow(at);
  }
}
