import { SingleBar } from 'cli-progress';
import type { Text } from '../domain/text.js';
import { type Io, noteLine } from './io.js';

/** Where there is no terminal, a line this often, ms. */
const LINE_EVERY_MS = 3_000;

export interface Progress {
  readonly at: (count: number) => void;
  readonly done: () => void;
}

/**
 * How far a long piece of work of unknown length has come: a counter in place on a terminal, else a line every three
 * seconds, so that short work says nothing. On stderr: the answer alone is on stdout.
 */
export function countingProgress(io: Io, what: Text): Progress {
  const label = what[io.language];
  if (io.stderr.isTTY) {
    const bar = new SingleBar({
      stream: io.stderr,
      format: `${label}: {value}`,
      clearOnComplete: true,
      hideCursor: true,
    });
    bar.start(0, 0);
    return { at: (count) => bar.update(count), done: () => bar.stop() };
  }
  return lineProgress(io, (count) => `${label}: ${count}`);
}

function lineProgress(io: Io, line: (count: number) => string): Progress {
  let saidAt = Date.now();
  return {
    at: (count) => {
      if (Date.now() - saidAt < LINE_EVERY_MS) return;
      saidAt = Date.now();
      noteLine(io, line(count));
    },
    done: () => undefined,
  };
}

/** How much of a known amount of work is done: a bar on a terminal, else a line every three seconds. On stderr. */
export function barProgress(io: Io, what: Text, total: number): Progress {
  const label = what[io.language];
  if (io.stderr.isTTY) {
    const bar = new SingleBar({
      stream: io.stderr,
      format: `${label} {bar} {value}/{total}`,
      clearOnComplete: true,
      hideCursor: true,
    });
    bar.start(total, 0);
    return { at: (count) => bar.update(count), done: () => bar.stop() };
  }
  return lineProgress(io, (count) => `${label}: ${count}/${total}`);
}
