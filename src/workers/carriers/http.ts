import { Pool } from 'undici';
import { CarrierFault } from '../../domain/carrier/fault.js';
import type { CarrierRequest, CarrierResponse } from '../../domain/carrier/port.js';
import { exchangeOnce, type WireResponse } from './http-stage.js';

/** One call as it happened, raw. Holds keys and personal data: mask it (mask.ts) before it is kept. */
export interface Exchange {
  readonly request: CarrierRequest;
  readonly response: CarrierResponse | null;
  readonly fault: CarrierFault | null;
  /** When the request was handed to a socket, just before the write; null: no byte left us. */
  readonly writtenAt: Date | null;
  readonly tookMs: number;
}

export interface SenderOptions {
  /** Scheme and host; configuration has checked it. */
  readonly baseUrl: string;
  /** For the whole call: waiting for a connection, connecting, writing, reading. */
  readonly timeoutMs: number;
  /** At least the lane's concurrency, so that no send waits behind another. */
  readonly connections: number;
  /** Every call of the lane, for its metrics. Must not throw. */
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
}

export interface SendOptions {
  /** Stops waiting; what that means for the outcome depends on how far the request got. */
  readonly signal?: AbortSignal;
  /** This call's exchange, for its attempt row. Must not throw. */
  readonly onExchange?: (exchange: Exchange) => void;
  /** Called just before the write: where the limiter's promise is measured. If it throws, nothing is written. */
  readonly onWrite?: () => void;
}

/** A lane's way to its courier. */
export interface Sender {
  /**
   * Sends once and returns whatever HTTP answer came; no retry, no redirect, no reading of the status. Throws CarrierFault:
   * `not_sent` (or `bad_request`, if the request is not valid HTTP) before the request was handed to a socket; after
   * that `outcome_unknown` for a write and `unavailable` for a read.
   */
  send(request: CarrierRequest, options?: SendOptions): Promise<CarrierResponse>;
  /** Takes no more calls, lets those under way end (their deadlines bound it), closes the connections. */
  close(): Promise<void>;
}

/** Below what couriers' gateways keep idle connections for, so that we rarely write to one they are closing. */
const KEEP_ALIVE_MS = 4_000;
const MAX_RESPONSE_BYTES = 1024 * 1024;

/** What couriers' older gateways still declare; a superset of GBK and GB2312. */
const CHINESE = /charset\s*=\s*"?(?:gbk|gb2312|gb18030)\b/i;

/** The text of an answer: GBK where it is declared, else UTF-8, which JSON always is. */
function decode(bytes: Uint8Array, contentType = ''): string {
  return new TextDecoder(CHINESE.test(contentType) ? 'gb18030' : 'utf-8').decode(bytes);
}

function toResponse(wire: WireResponse, effect: CarrierRequest['effect']): CarrierResponse {
  const encoding = wire.headers['content-encoding'];
  if (encoding && encoding.toLowerCase() !== 'identity') {
    throw new CarrierFault(
      effect === 'write' ? 'outcome_unknown' : 'unavailable',
      'a compressed answer we never asked for',
    );
  }
  return { status: wire.status, headers: wire.headers, text: decode(wire.bytes, wire.headers['content-type']) };
}

/** One pool of connections to one courier account's host. */
export function createSender(options: SenderOptions): Sender {
  const pool = new Pool(new URL(options.baseUrl).origin, {
    connections: options.connections,
    pipelining: 1,
    connectTimeout: options.timeoutMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
    // The deadline of the call is the only clock: undici's own timers are coarse and know nothing of the whole.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const underWay = new Set<Promise<CarrierResponse>>();
  let closed = false;

  async function call(request: CarrierRequest, each: SendOptions): Promise<CarrierResponse> {
    const startedMs = Date.now();
    let writtenAt: Date | null = null;
    const report = (response: CarrierResponse | null, fault: CarrierFault | null): void => {
      const exchange = { request, response, fault, writtenAt, tookMs: Date.now() - startedMs };
      options.onExchange?.(exchange);
      each.onExchange?.(exchange);
    };
    try {
      if (closed) throw new CarrierFault('not_sent', 'the lane is shutting down');
      const limits = { timeoutMs: options.timeoutMs, signal: each.signal };
      const wire = await exchangeOnce(pool, request, limits, () => {
        each.onWrite?.();
        writtenAt = new Date();
      });
      const response = toResponse(wire, request.effect);
      report(response, null);
      return response;
    } catch (error) {
      if (error instanceof CarrierFault) report(null, error);
      throw error;
    }
  }

  return {
    send(request, each = {}) {
      const answer = call(request, each);
      underWay.add(answer);
      const done = (): void => void underWay.delete(answer);
      answer.then(done, done);
      return answer;
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
      await pool.destroy();
    },
  };
}
