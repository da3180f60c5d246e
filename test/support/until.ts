import { setTimeout as delay } from 'node:timers/promises';

export interface UntilOptions {
  /** Limit in ms; default 30 s. */
  timeoutMs?: number;
  /** How often to look, ms; default 20. */
  everyMs?: number;
  /** What is waited for, for the message when it does not come. */
  what: string;
}

/**
 * Waits until `condition` gives a truthy value and returns it. The only way tests wait. A condition that throws counts
 * as not yet true. Rejects after `timeoutMs`, naming `what`, with the last error as the cause.
 */
export async function until<T>(
  condition: () => T | Promise<T>,
  { timeoutMs = 30_000, everyMs = 20, what }: UntilOptions,
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const giveUpAt = Date.now() + timeoutMs;
  let lastError: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value as Exclude<T, false | null | undefined | 0 | ''>;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() >= giveUpAt) throw new Error(`waited ${timeoutMs} ms for: ${what}`, { cause: lastError });
    await delay(everyMs);
  }
}
