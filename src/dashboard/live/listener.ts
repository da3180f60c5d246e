import type { LiveKind } from '../../domain/live-kinds.js';
import type { Caller } from '../auth/caller.js';

/** Silence longer than this looks like a dead connection to proxies, ms. */
const HEART_BEAT_MS = 15_000;

/** How soon the browser comes back after a lost connection, ms. */
const HELLO = 'retry: 3000\n\n';
const HEART_BEAT = ': still here\n\n';

const DONE: IteratorResult<string> = { done: true, value: undefined };

/** One open stream: what it is to be told waits here until the connection takes it. Server-sent events, as text. */
export class Listener implements AsyncIterableIterator<string> {
  private readonly waiting = new Set<LiveKind>();
  private wake: () => void = () => undefined;
  private greeted = false;
  private closed = false;

  constructor(
    /** Who listens, as he was known at the last check. */
    public caller: Caller,
    private readonly onClose: (listener: Listener) => void,
  ) {}

  /** A kind that is told before the last one was taken is told once. */
  tell(kinds: Iterable<LiveKind>): void {
    for (const kind of kinds) this.waiting.add(kind);
    if (this.waiting.size > 0) this.wake();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.onClose(this);
    this.wake();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<string>> {
    if (!this.greeted) {
      this.greeted = true;
      return { done: false, value: HELLO };
    }
    if (this.waiting.size === 0 && !this.closed) await this.rest();
    if (this.closed) return DONE;
    if (this.waiting.size === 0) return { done: false, value: HEART_BEAT };
    const kinds = JSON.stringify([...this.waiting]);
    this.waiting.clear();
    return { done: false, value: `event: change\ndata: ${kinds}\n\n` };
  }

  /** The reader has left. */
  async return(): Promise<IteratorResult<string>> {
    this.close();
    return DONE;
  }

  private async rest(): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, HEART_BEAT_MS);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => undefined;
  }
}
