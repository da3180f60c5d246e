import { writeSync } from 'node:fs';

/**
 * Places where the fault suite may break a process: the edges between two phases, where a crash finds half of the work
 * done. Every transaction is two of them by itself, `<caller>.commit` before its commit and `<caller>.committed` after
 * it, named after the function that called `transaction`; so a new phase has its places without anybody's doing.
 * These are the edges that are no commit.
 */
export const EDGES = {
  'straight.marked': 'rows that go straight to Redis are committed, their jobs are not there yet',
  'redis.added': 'the jobs are in Redis',
  'courier.order': 'connected to the courier, in the tick of the first byte of an order',
  'courier.read': 'the same of a question',
  'courier.answered': 'the courier has answered, nothing of it is recorded',
  'refund.order': 'the one call of a refund is claimed, no byte of it has left',
  'refund.answered': 'the platform has answered it, nothing of that is recorded',
} as const;

/** How long `busy` blocks the event loop: longer than a lease and than BullMQ's lock, ms. */
const BUSY_MS = 10_000;
const ERROR_OUTPUT = 2;

const ACTIONS = {
  /** As a power cut. */
  kill: () => process.kill(process.pid, 'SIGKILL'),
  /** As a machine that was suspended: goes on when somebody says so. */
  stop: () => process.kill(process.pid, 'SIGSTOP'),
  /** As a bug. */
  throw: (name: string) => {
    throw new Error(`failpoint ${name}`);
  },
  /** As a loop that never yields. */
  busy: () => {
    const until = performance.now() + BUSY_MS;
    while (performance.now() < until);
  },
} as const;

type Action = keyof typeof ACTIONS;
const isAction = (word: string): word is Action => Object.hasOwn(ACTIONS, word);

interface Armed {
  readonly action: Action;
  /** Hits to let pass before it acts. */
  left: number;
}

/** `name=action` or `name=action@3` (the third time), several with commas. Throws on what it does not understand. */
export function parseFailpoints(text: string): Map<string, Armed> {
  const armed = new Map<string, Armed>();
  for (const part of text.split(',').filter((word) => word !== '')) {
    const [, name, action = '', nth = '1'] = /^([\w.]+)=([a-z]+)(?:@(\d+))?$/.exec(part) ?? [];
    if (name === undefined || !isAction(action)) throw new RangeError(`not a failpoint: ${part}`);
    armed.set(name, { action, left: Number(nth) - 1 });
  }
  return armed;
}

/** Only a test can arm them; in every other process this is null and a failpoint one comparison. */
const armed = process.env.NODE_ENV === 'test' ? parseFailpoints(process.env.JIEJIAN_FAILPOINTS ?? '') : null;

/** Acts once if a test has armed this name, and says so on stderr first; else does nothing. */
export function failpoint(name: string): void {
  const point = armed?.get(name);
  if (point === undefined) return;
  point.left -= 1;
  if (point.left >= 0) return;
  armed?.delete(name);
  writeSync(ERROR_OUTPUT, `failpoint ${name} ${point.action}\n`);
  ACTIONS[point.action](name);
}

/** The name of the function that called the caller's caller; empty unless a test has armed something. */
export function phaseOfCaller(): string {
  if (armed === null || armed.size === 0) return '';
  const caller = new Error().stack?.split('\n')[3] ?? '';
  return /at (?:async )?(?:[\w$]+\.)*([\w$]+) /.exec(caller)?.[1] ?? '';
}
