interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

export interface GathererOptions {
  /** Calls a batch at the most. */
  readonly most: number;
  /** Batches at once at the most: those that wait for a lock do not keep the others waiting. */
  readonly sideBySide: number;
}

/** A batch that takes longer than this probably waits for a lock, ms: the next one starts beside it. */
const SLOW_MS = 100;

/**
 * Lets single calls share a batch: what is asked for in one turn of the event loop, and while a batch is under way, goes
 * together. On a quiet machine each call is a batch of one and goes at once; a second batch starts beside the first only
 * when it is full or the first is slow, since two that share the same calls cost nearly twice as much as one. `run`
 * answers in the order given; if it fails, all of its batch fail with it.
 */
export class Gatherer<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private running = 0;
  /** Of those that run, the ones that are not slow yet. */
  private brisk = 0;
  private scheduled = false;

  constructor(
    private readonly run: (items: readonly In[]) => Promise<readonly Out[]>,
    private readonly options: GathererOptions,
  ) {}

  add(item: In): Promise<Out> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.scheduled) return;
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        this.start();
      });
    });
  }

  private start(): void {
    const { most, sideBySide } = this.options;
    while (this.running < sideBySide && this.waiting.length > 0 && (this.brisk === 0 || this.waiting.length >= most)) {
      void this.settle(this.waiting.splice(0, most));
    }
  }

  private async settle(batch: readonly Waiting<In, Out>[]): Promise<void> {
    this.running += 1;
    const stopWatching = this.watch();
    try {
      const outs = await this.run(batch.map(({ item }) => item));
      if (outs.length !== batch.length) throw new Error(`${outs.length} answers to ${batch.length} calls`);
      for (const [at, out] of outs.entries()) batch[at]?.resolve(out);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.running -= 1;
      stopWatching();
      this.start();
    }
  }

  /** Counts a batch as brisk until it is slow or ends. */
  private watch(): () => void {
    let isBrisk = true;
    this.brisk += 1;
    const noLonger = () => {
      if (isBrisk) this.brisk -= 1;
      isBrisk = false;
    };
    const timer = setTimeout(() => {
      noLonger();
      this.start();
    }, SLOW_MS);
    return () => {
      clearTimeout(timer);
      noLonger();
    };
  }
}
