import { EXIT } from './io.js';

const NAMES = ['SIGTERM', 'SIGINT'] as const;
/** `npm run` passes Ctrl-C on to a process that the terminal has told already: one press, two signals. */
const SAME_PRESS_MS = 1_000;

/** A signal came before there was anything to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Listens for SIGTERM and SIGINT until `release`. */
export class Signals {
  /** Resolves with the first signal. A second one, when it is not the same press, ends the process on the spot. */
  readonly first: Promise<NodeJS.Signals>;
  private raise: (signal: NodeJS.Signals) => void = () => undefined;
  private firstAt: number | undefined;

  constructor() {
    this.first = new Promise((resolve) => {
      this.raise = resolve;
    });
    for (const name of NAMES) process.on(name, this.onSignal);
  }

  private readonly onSignal = (signal: NodeJS.Signals): void => {
    this.firstAt ??= Date.now();
    this.raise(signal);
    if (Date.now() - this.firstAt > SAME_PRESS_MS) process.exit(EXIT.failed);
  };

  /** Waits, ms. Throws Interrupted when a signal came before or comes meanwhile. */
  async pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([over, this.first]);
    clearTimeout(timer);
    if (this.firstAt !== undefined) throw new Interrupted();
  }

  release(): void {
    for (const name of NAMES) process.off(name, this.onSignal);
  }
}
