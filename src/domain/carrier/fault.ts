/**
 * How a call to a courier failed, named by what may have happened at the other end.
 * The worker decides from `kind` alone (workers/verdict.ts); adapters throw nothing else.
 *
 * - `not_sent`        no byte left us: DNS, refused, TLS, aborted in our own queue. Safe to send again.
 * - `throttled`       the courier said "too fast" and did nothing. Safe to send again, later.
 * - `unavailable`     the courier said it is out of service and did nothing, or a read got no answer. Safe to ask again.
 * - `outcome_unknown` bytes may have left and no trustworthy answer came back. Ask, never resend blindly.
 * - `credentials`     the courier does not accept our keys: the lane stops until a person mends them.
 * - `bad_request`     the courier read our request and calls it malformed: our bug, a person looks.
 * - `contract_broken` the answer to a read is not what the courier documents.
 */
export const FAULT_KINDS = [
  'not_sent',
  'throttled',
  'unavailable',
  'outcome_unknown',
  'credentials',
  'bad_request',
  'contract_broken',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export interface FaultDetail {
  /** The courier's own code, where it gave one. */
  readonly rawCode?: string | undefined;
  /** From `Retry-After` or the courier's text, ms. */
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

/** The only error an adapter or its HTTP client may throw. `message` is for people and holds no secret. */
export class CarrierFault extends Error {
  readonly kind: FaultKind;
  readonly rawCode: string | null;
  readonly retryAfterMs: number | null;

  constructor(kind: FaultKind, message: string, detail: FaultDetail = {}) {
    super(message, detail.cause === undefined ? undefined : { cause: detail.cause });
    this.name = 'CarrierFault';
    this.kind = kind;
    this.rawCode = detail.rawCode ?? null;
    this.retryAfterMs = detail.retryAfterMs ?? null;
  }
}
