import type { Dispatcher, Pool } from 'undici';
import { CarrierFault, type FaultKind } from '../../domain/carrier/fault.js';
import type { CarrierRequest } from '../../domain/carrier/port.js';

/** What came over the wire, not yet decoded. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array;
}

export interface Limits {
  /** From the call to the last byte of the answer, waiting for a connection included, ms. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Told in the same tick in which the request is handed to a socket, just before the write. If it throws, nothing is written. */
export type OnWrite = () => void;

/** What a failure means, in words for people. Everything else is "connection failed". */
const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name does not resolve',
  EAI_AGAIN: 'the host name does not resolve for the moment',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was reset',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_SOCKET: 'the connection was closed',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the answer broke off',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'the answer is larger than allowed',
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the answer are larger than allowed',
  UND_ERR_INVALID_ARG: 'our request is not valid HTTP',
  UND_ERR_NOT_SUPPORTED: 'our request is not valid HTTP',
  DEADLINE: 'no whole answer within the time limit',
  ABORTED: 'we stopped waiting',
};

/** Our own mistake: the request could never be written, and never will be. */
const MALFORMED = new Set(['UND_ERR_INVALID_ARG', 'UND_ERR_NOT_SUPPORTED']);

class GaveUp extends Error {
  constructor(readonly code: 'DEADLINE' | 'ABORTED') {
    super(WORDS[code]);
  }
}

function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** The kind of a failure at the level of HTTP: decided by whether the request had been handed to a socket, and by nothing else. */
function kindOf(written: boolean, effect: CarrierRequest['effect'], code: string): FaultKind {
  if (!written) return MALFORMED.has(code) ? 'bad_request' : 'not_sent';
  return effect === 'write' ? 'outcome_unknown' : 'unavailable';
}

function faultOf(written: boolean, effect: CarrierRequest['effect'], error: unknown): CarrierFault {
  const code = codeOf(error);
  const stage = written ? 'after sending' : 'before a byte was sent';
  const words = `${WORDS[code] ?? 'the connection failed'}, ${stage}`;
  return new CarrierFault(kindOf(written, effect, code), words, { cause: error });
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

/**
 * One request, at most one write. Owns the question "may bytes have left?": undici calls `onRequestStart` on the
 * connected socket, in the tick of the write and directly before it (lib/dispatcher/client-h1.js, writeH1), and writes
 * nothing if it throws. So a request we gave up on while it waited for a connection can still be stopped there, and a
 * second start of the same request (undici's own repeat) is refused.
 * Rejects with CarrierFault only.
 */
export function exchangeOnce(
  pool: Pick<Pool, 'dispatch'>,
  request: CarrierRequest,
  limits: Limits,
  onWrite: OnWrite,
): Promise<WireResponse> {
  return new Promise((resolve, reject) => {
    let written = false;
    let settled = false;
    let controller: Dispatcher.DispatchController | null = null;
    let head: Omit<WireResponse, 'bytes'> | null = null;
    const chunks: Uint8Array[] = [];

    const settle = (): void => {
      settled = true;
      clearTimeout(timer);
      limits.signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: unknown): void => {
      if (settled) return;
      settle();
      reject(faultOf(written, request.effect, error));
    };
    const giveUp = (error: GaveUp): void => {
      fail(error);
      controller?.abort(error);
    };
    const onAbort = (): void => giveUp(new GaveUp('ABORTED'));
    const timer = setTimeout(() => giveUp(new GaveUp('DEADLINE')), limits.timeoutMs);
    limits.signal?.addEventListener('abort', onAbort, { once: true });
    if (limits.signal?.aborted) return onAbort();

    pool.dispatch(
      { method: request.method, path: request.path, headers: request.headers, body: request.body || null },
      {
        onRequestStart(control) {
          if (settled || written) throw new Error('given up, or written once already: not written');
          controller = control;
          onWrite();
          written = true;
        },
        onResponseStart(_control, status, headers) {
          if (status >= 200) head = { status, headers: flat(headers) };
        },
        onResponseData(_control, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          if (settled) return;
          if (!head) return fail(new Error('an answer without a head'));
          settle();
          resolve({ ...head, bytes: Buffer.concat(chunks) });
        },
        onResponseError(_control, error) {
          fail(error);
        },
      },
    );
  });
}
