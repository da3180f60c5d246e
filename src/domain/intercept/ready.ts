import type { Intercept } from './intercept.js';

/** What judgements made ready for a lane. */
export interface Ready {
  /** Marked as handed to Redis in the transaction that queued them: their jobs are to be added after its commit. */
  readonly straight: readonly Intercept[];
  /** Others are due, to be sent or to be asked about, and wait for a filling of their lane. */
  readonly waits: boolean;
}

/** Of rows as judgements of the moment `now` left them, those that are ready. */
export function readyOf(judged: Iterable<Intercept>, now: Date): Ready {
  const due = [...judged].filter(({ nextAt }) => nextAt !== null && nextAt <= now);
  return {
    straight: due.filter((row) => row.state === 'queued' && row.dispatchedAt?.getTime() === now.getTime()),
    waits: due.some((row) => row.dispatchedAt === null),
  };
}

/** Of several transactions together. */
export function readyOfAll(all: readonly Ready[]): Ready {
  return { straight: all.flatMap(({ straight }) => straight), waits: all.some(({ waits }) => waits) };
}
