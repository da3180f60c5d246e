import { SingleBar } from 'cli-progress';

const LINE_EVERY_MS = 5_000;

/** What is shown of a long wait. */
export interface Progress {
  update(value: number, note?: string): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** Shows one wait after the other: a bar on a terminal, else a line every few seconds. */
export class ProgressDisplay {
  #current: Progress = SILENT;
  #closed = false;

  constructor(readonly stream: NodeJS.WriteStream) {}

  start(label: string, total: number): Progress {
    if (this.#closed) return SILENT;
    const shown = this.stream.isTTY ? bar(label, total, this.stream) : lines(label, total, this.stream);
    this.#current = shown;
    return {
      update: (value, note) => {
        if (this.#current === shown) shown.update(value, note);
      },
      stop: () => {
        if (this.#current === shown) this.#end();
      },
    };
  }

  /** Ends what is shown; nothing is shown any more, whoever is still counting. */
  close(): void {
    this.#closed = true;
    this.#end();
  }

  #end(): void {
    this.#current.stop();
    this.#current = SILENT;
  }
}

function bar(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const shown = new SingleBar({ format: `{bar} {value}/{total} ${label} {note}`, stream });
  shown.start(total, 0, { note: '' });
  return {
    update: (value, note = '') => shown.update(value, { note }),
    stop: () => shown.stop(),
  };
}

function lines(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  let saidAt = Date.now();
  let last = '';
  const say = () => {
    if (last !== '') stream.write(`${last}\n`);
    last = '';
  };
  return {
    update(value, note = '') {
      last = `${value}/${total} ${label} ${note}`.trimEnd();
      if (Date.now() - saidAt < LINE_EVERY_MS) return;
      saidAt = Date.now();
      say();
    },
    stop: say,
  };
}
