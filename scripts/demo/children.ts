import { closeSync, openSync } from 'node:fs';
import { type GuardedProcess, startGuarded } from '../../src/embedded/guarded-process.js';
import { DemoFailed, logTail } from './demo-failed.js';

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
}

/**
 * The processes of a demo. Each writes to a log of its own and ends with the demo, however that ends; Ctrl-C in the
 * terminal reaches the demo alone, which then stops them in order.
 */
export class Children {
  readonly #running: { readonly child: Child; readonly process: GuardedProcess }[] = [];
  readonly #stopping = new Set<string>();
  #onDeath: (death: DemoFailed) => void = () => undefined;
  /** Rejects with DemoFailed as soon as one of them ends by itself. */
  readonly died: Promise<never>;

  constructor() {
    this.died = new Promise<never>((_, reject) => {
      this.#onDeath = reject;
    });
    // Whoever waits for it gets the rejection; if nobody does any more, it is no news.
    this.died.catch(() => undefined);
  }

  /** Starts `command` with this process's environment; its output replaces `logFile`. */
  async start(name: string, command: readonly string[], logFile: string): Promise<Child> {
    closeSync(openSync(logFile, 'w', 0o600));
    const guarded = await startGuarded({ command, logFile });
    const child = { name, pid: guarded.pid, logFile };
    this.#running.push({ child, process: guarded });
    void guarded.exited.then((code) => {
      if (this.#stopping.has(name)) return;
      this.#onDeath(new DemoFailed('childDied', { child: name, code, logFile }, logTail(logFile)));
    });
    return child;
  }

  /** Stops all, the last one started first. */
  async stopAll(): Promise<void> {
    for (const { child, process } of this.#running.toReversed()) {
      this.#stopping.add(child.name);
      await process.stop();
    }
  }
}
