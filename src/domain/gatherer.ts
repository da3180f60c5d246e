interface Waiting<In, Out> {
  readonly item: In;
  readonly resolve: (out: Out) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets single calls share a batch: what is asked for in one turn of the event loop, and while all runners are busy, goes
 * together. Nobody waits for company: on a quiet machine each call is a batch of one. `run` answers in the order given;
 * if it fails, all of its batch fail with it.
 */
export class Gatherer<In, Out> {
  private waiting: Waiting<In, Out>[] = [];
  private running = 0;
  private scheduled = false;

  constructor(
    private readonly run: (items: readonly In[]) => Promise<readonly Out[]>,
    private readonly options: { readonly most: number; readonly sideBySide: number },
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
    while (this.running < this.options.sideBySide && this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.options.most);
      this.running += 1;
      void this.settle(batch);
    }
  }

  private async settle(batch: readonly Waiting<In, Out>[]): Promise<void> {
    try {
      const outs = await this.run(batch.map(({ item }) => item));
      if (outs.length !== batch.length) throw new Error(`${outs.length} answers to ${batch.length} calls`);
      for (const [at, out] of outs.entries()) batch[at]?.resolve(out);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      this.running -= 1;
      this.start();
    }
  }
}
