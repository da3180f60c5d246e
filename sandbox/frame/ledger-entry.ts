/** What a twin did with one call. */
export type Verdict =
  | 'accepted'
  | 'repeated'
  | 'answered'
  | 'refused'
  | 'bad_signature'
  | 'bad_request'
  | 'throttled'
  | 'not_acted';

export interface CallEntry {
  readonly kind: 'call';
  readonly endpoint: string;
  readonly verdict: Verdict;
  readonly bodyHash: string;
  readonly waybillNo?: string | undefined;
  readonly requestId?: string | undefined;
  readonly bizNo?: string | undefined;
  readonly code?: string | undefined;
  /** Id of the fault that hit the call. */
  readonly fault?: number | undefined;
  /** What the twin needs to do this again after a restart. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined;
}

export interface ControlEntry {
  readonly kind: 'control';
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface PushEntry {
  readonly kind: 'push';
  readonly pushId: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly retry: RetryPlan;
  readonly waybillNo?: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface PushAnswerEntry {
  readonly kind: 'push_answer';
  readonly pushId: string;
  readonly attempt: number;
  readonly accepted: boolean;
  /** From the first byte to the whole answer. */
  readonly ms: number;
  readonly status?: number | undefined;
  readonly answer?: string | undefined;
  readonly error?: string | undefined;
}

/** A change the twin made by itself, to be made again after a restart. */
export interface StateEntry {
  readonly kind: 'state';
  readonly subject: string;
  readonly change: Readonly<Record<string, unknown>>;
}

/** When a push is sent again. The gap before attempt n+1 is min(firstMs × factor^(n-1), maxMs), scaled. */
export interface RetryPlan {
  readonly firstMs: number;
  readonly factor: number;
  readonly maxMs: number;
  /** null: until it is acknowledged. */
  readonly maxAttempts: number | null;
  readonly timeoutMs: number;
}

export type NewEntry = { readonly at: number } & (CallEntry | ControlEntry | PushEntry | PushAnswerEntry | StateEntry);
export type LedgerEntry = NewEntry & { readonly seq: number };
