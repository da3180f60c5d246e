import { Pool } from 'undici';
import { AddressRefused, allowedAddresses, guardedLookup, type Resolve } from './address-guard.js';

/** What came of one POST: the receiver's answer, or why there is none. */
export type PostResult =
  | {
      readonly answered: true;
      readonly status: number;
      /** What the receiver asked us to wait, ms. */
      readonly retryAfterMs: number | null;
      /** The beginning of the answer. */
      readonly text: string;
    }
  | { readonly answered: false; readonly why: string };

/** Connections to one target. */
export interface Post {
  /** `query` is added to that of the URL. */
  send(
    headers: Readonly<Record<string, string>>,
    body: string,
    query?: Readonly<Record<string, string>>,
  ): Promise<PostResult>;
  /** Lets what is under way end; its deadline bounds it. */
  close(): Promise<void>;
}

export interface PostOptions {
  /** For the whole of a POST: looking up, connecting, writing, reading, ms. */
  readonly timeoutMs: number;
  readonly connections: number;
  readonly resolve: Resolve;
}

const MOST_BYTES = 16 * 1024;
const KEEP_ALIVE_MS = 4_000;
const LONGEST_WAIT_MS = 86_400_000;

/** `Retry-After` in ms: seconds or a date (RFC 9110), a day at most; null when absent or nonsense. */
export function retryAfterMs(value: string | undefined, now: Date): number | null {
  if (value === undefined) return null;
  const text = value.trim();
  const isDate = /^[A-Z]/i.test(text);
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : isDate ? Date.parse(text) - now.getTime() : Number.NaN;
  return Number.isNaN(ms) ? null : Math.min(LONGEST_WAIT_MS, Math.max(0, ms));
}

function pathOf({ pathname, search, searchParams }: URL, query: Readonly<Record<string, string>>): string {
  const more = new URLSearchParams(query).toString();
  if (more === '') return `${pathname}${search}`;
  return `${pathname}${search}${searchParams.size > 0 ? '&' : '?'}${more}`;
}

/** Words for a failure. They are kept and shown, so they hold no URL: a bot's URL is its key. */
function wordsOf(error: unknown): string {
  if (error instanceof AddressRefused) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '' ? 'the connection failed' : `the connection failed (${code})`;
}

/** The beginning of a body, as far as it comes in time: the status has been said, the rest is for the record. */
async function beginningOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= MOST_BYTES) break;
    }
  } catch {
    // It broke off, or the time was over.
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString('utf8');
}

/** Opens the way to one URL: addresses checked and kept for the connection, no redirect, no retry, one deadline. */
export function openPost(target: string, options: PostOptions): Post {
  const url = new URL(target);
  const { timeoutMs, resolve } = options;
  const pool = new Pool(url.origin, {
    connections: options.connections,
    pipelining: 1,
    connect: { lookup: guardedLookup(url, resolve), timeout: timeoutMs },
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // The deadline of the whole is the only clock.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    async send(headers, body, query = {}) {
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        // A host given as an address is never looked up, so it is checked here.
        if (/^[[\d]/.test(url.hostname)) await allowedAddresses(url, resolve);
        const answer = await pool.request({
          method: 'POST',
          path: pathOf(url, query),
          headers,
          body,
          signal,
        });
        const text = await beginningOf(answer.body);
        const wait = answer.headers['retry-after'];
        return {
          answered: true,
          status: answer.statusCode,
          retryAfterMs: retryAfterMs(Array.isArray(wait) ? wait[0] : wait, new Date()),
          text,
        };
      } catch (error) {
        return { answered: false, why: signal.aborted ? `no answer within ${timeoutMs} ms` : wordsOf(error) };
      }
    },
    close: () => pool.close(),
  };
}
