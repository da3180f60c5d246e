import { SingleBar } from 'cli-progress';

const LINE_EVERY_MS = 5_000;

/** What is shown of a long wait. */
export interface Progress {
  update(value: number, note?: string): void;
  stop(): void;
}

/** A bar on a terminal, else a line every few seconds; both on stderr, so that stdout holds the result alone. */
export function startProgress(label: string, total: number, stream: NodeJS.WriteStream = process.stderr): Progress {
  return stream.isTTY ? bar(label, total, stream) : lines(label, total, stream);
}

function bar(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  const shown = new SingleBar({ format: `{bar} {value}/{total} ${label} {note}`, stream, hideCursor: true });
  shown.start(total, 0, { note: '' });
  return {
    update: (value, note = '') => shown.update(value, { note }),
    stop: () => shown.stop(),
  };
}

function lines(label: string, total: number, stream: NodeJS.WriteStream): Progress {
  let saidAt = Date.now();
  let last = '';
  const say = (line: string) => {
    if (line !== '') stream.write(`${line}\n`);
  };
  return {
    update(value, note = '') {
      last = `${value}/${total} ${label} ${note}`.trimEnd();
      if (Date.now() - saidAt < LINE_EVERY_MS) return;
      saidAt = Date.now();
      say(last);
      last = '';
    },
    stop: () => say(last),
  };
}
