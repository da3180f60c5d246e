import type { z } from 'zod';
import type { LedgerEntry } from '../../sandbox/frame/ledger-entry.js';

const CALL_TIMEOUT_MS = 60_000;
/** More lines than any demo writes: the default page is smaller. */
const WHOLE_LEDGER = 100_000_000;

/** One twin, through its control API. */
export class Twin {
  constructor(readonly baseUrl: string) {}

  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>> {
    return schema.parse(await this.#call('GET', path));
  }

  async post<S extends z.ZodType>(path: string, body: unknown, schema: S): Promise<z.output<S>> {
    return schema.parse(await this.#call('POST', path, body));
  }

  /** Every line of one kind, oldest first. */
  async ledger<K extends LedgerEntry['kind']>(kind: K): Promise<readonly Extract<LedgerEntry, { kind: K }>[]> {
    const answer = await this.#call('GET', `/ledger?kind=${kind}&limit=${WHOLE_LEDGER}`);
    return (answer as { entries: Extract<LedgerEntry, { kind: K }>[] }).entries;
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.baseUrl}/_twin${path}`, {
      method,
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok)
      throw new Error(`the twin answered ${response.status} to ${method} ${path}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}
