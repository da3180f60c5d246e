/** One run; true: there is more to do, and it is run again at once. */
export type LoopWork = () => Promise<boolean> | Promise<void>;

/** What a loop tells about itself. */
export type LoopReport = (loop: string, error: unknown) => void;

/** Between a run and the next one it was woken for, ms: what comes meanwhile is done together, and idle loops lose nothing. */
const BREATH_MS = 5;

/**
 * Work that runs when it is woken and every so often besides, one run at a time, and never dies of an error: it reports
 * it, waits a little longer each time and goes on. A run that returns true has more to do and is run again at once.
 */
export class Loop {
  private woken = false;
  private stopped = false;
  private wakeUp: () => void = () => undefined;
  private readonly done: Promise<void>;

  constructor(
    readonly name: string,
    private readonly everyMs: number,
    private readonly work: LoopWork,
    private readonly report: LoopReport,
  ) {
    this.done = this.run();
  }

  /** Runs the work as soon as the present run, if any, has ended. */
  wake(): void {
    this.woken = true;
    this.wakeUp();
  }

  /** Ends after the present run. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeUp();
    await this.done;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopped) {
      this.woken = false;
      let more = false;
      try {
        more = (await this.work()) === true;
        failures = 0;
      } catch (error) {
        failures += 1;
        this.report(this.name, error);
      }
      if (this.stopped) return;
      if (failures > 0) await this.rest(Math.min(2_000, 100 * 2 ** Math.min(failures, 5)), false);
      else if (!more) {
        await this.rest(Math.min(BREATH_MS, this.everyMs), false);
        await this.rest(this.everyMs, true);
      }
    }
  }

  private async rest(ms: number, wakeable: boolean): Promise<void> {
    if (this.stopped || (wakeable && this.woken)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wakeUp = () => {
        if (!wakeable && !this.stopped) return;
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = () => undefined;
  }
}
