import type { RateLimit } from '../domain/settings/settings.js';

/** Claims run ahead of the limiter by this much of its rate (design.md "Limits"). */
const AHEAD_MS = 500;

/**
 * Keeps the claims of one lane in one process close to the slots they wait for: a row is not `submitting`, and out of the
 * reach of a withdrawal or a nearer deadline, long before its turn. Without a limit nothing is held back.
 */
export class Ahead {
  private inside = 0;
  private closed = false;
  private waiting: (() => void)[] = [];

  constructor(private readonly limit: () => RateLimit | null) {}

  /**
   * Waits until one more claim may be made; what it returns says that its slot came or that it needs none. null: the lane
   * was closed, and nothing may be claimed.
   */
  async enter(): Promise<(() => void) | null> {
    while (!this.closed && this.inside >= this.most()) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.closed) return null;
    this.inside += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.inside -= 1;
      this.callUp(this.most() - this.inside);
    };
  }

  /** Sends away all who wait: the lane's worker is about to stop. */
  close(): void {
    this.closed = true;
    this.callUp(this.waiting.length);
  }

  private callUp(count: number): void {
    for (const resolve of this.waiting.splice(0, Math.max(0, count))) resolve();
  }

  private most(): number {
    const limit = this.limit();
    return limit ? Math.max(1, Math.ceil((limit.max / limit.perMs) * AHEAD_MS)) : Number.POSITIVE_INFINITY;
  }
}
