import { z } from 'zod';
import type { Scope } from '../../domain/people/scopes.js';
import type { Settings } from '../../domain/settings/settings.js';
import type { Database } from '../../domain/store/database.js';
import type { JudgeEnv } from '../../domain/store/judgement.js';
import type { InterceptRequest, RequestOutcome } from '../../domain/store/request-store.js';
import type { Caller } from '../auth/caller.js';
import type { LiveFeed } from '../live/live-feed.js';
import type { FieldError, ProblemCode, ProblemFacts } from '../problem.js';
import { check } from './field-errors.js';
import type { SetupDeps } from './setup-deps.js';

/** What Redis and MySQL disagree about in one queue: rows that have no job there, jobs that have no row. */
export interface QueueDrift {
  readonly queue: string;
  readonly withoutJob: number;
  readonly withoutRow: number;
}

/** What the handlers of the API are given; filled by main.ts. */
export interface ApiDeps {
  readonly db: Database;
  readonly settings: () => Settings;
  /** Takes a request for intercepts in; its shop exists. `actor` is `token:<name>` or `user:<email>`. */
  readonly request: (request: InterceptRequest, actor: string, now: Date) => Promise<RequestOutcome>;
  /** What judgements read beside the database. */
  readonly env: () => JudgeEnv;
  /** New work may be waiting. */
  readonly wake: () => void;
  readonly now: () => Date;
  /** The most by which one person alone may correct a fee, fen (R31). */
  readonly correctionLimitFen: number;
  readonly setup: SetupDeps;
  /** Tells open pages what has changed. */
  readonly live: Pick<LiveFeed, 'open'>;
  /** The queues of this process's Redis. */
  readonly redis: {
    readonly answers: () => Promise<boolean>;
    /** Compares these queues with MySQL and, unless `dryRun`, makes them match; those that agree are left out. */
    readonly rebuild: (queues: readonly string[], dryRun: boolean) => Promise<readonly QueueDrift[]>;
  };
}

/** What a route says: a body with its status, a text or bytes that are made while they are sent, or a problem. */
export type Answer =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | {
      readonly status: number;
      readonly stream: AsyncIterable<string | Uint8Array>;
      readonly headers: Readonly<Record<string, string>>;
    }
  | { readonly problem: ProblemCode; readonly errors?: readonly FieldError[]; readonly facts?: ProblemFacts };

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const problem = (code: ProblemCode, facts: ProblemFacts = {}): Answer => ({ problem: code, facts });

/** A request as it came, before its fields are checked. */
export interface RawInput {
  readonly deps: ApiDeps;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
}

export interface Input<Q, B> extends Omit<RawInput, 'query' | 'body'> {
  readonly query: Q;
  readonly body: B;
}

/** What a status of a route means, for the OpenAPI document; `mediaType` where it is not JSON. */
export type Answers = Readonly<
  Record<number, { readonly description: string; readonly schema: z.ZodType; readonly mediaType?: string }>
>;

interface Described {
  readonly method: 'get' | 'post' | 'put' | 'patch';
  /** Below `/api/v1`, with `:name` for parameters. */
  readonly path: string;
  readonly scope: Scope;
  readonly summary: string;
  readonly answers: Answers;
  /** Problems beside those every route can give. */
  readonly problems?: readonly ProblemCode[];
  /** Headers a caller may send. */
  readonly headers?: z.ZodObject;
  /** Requests a second for one caller; more is 429. */
  readonly perSecond?: number;
}

interface Spec<Q extends z.ZodObject, B extends z.ZodType> extends Described {
  readonly query?: Q;
  readonly body?: B;
  readonly handle: (input: Input<z.output<Q>, z.output<B>>) => Promise<Answer>;
}

/** One row of the route table: mounted, documented and tested from the same data. */
export interface Route extends Described {
  readonly query: z.ZodObject;
  readonly body: z.ZodType | null;
  /** Checks the fields, then handles. */
  readonly run: (raw: RawInput) => Promise<Answer>;
}

const NO_QUERY = z.strictObject({});

/** `?state=&q=x` is a form with an empty field: not filled in. */
function filledIn(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

/** Makes a row of the table; the handler sees checked fields with their types. */
export function route<Q extends z.ZodObject = typeof NO_QUERY, B extends z.ZodType = z.ZodUndefined>(
  spec: Spec<Q, B>,
): Route {
  const { handle, query: querySchema, body: bodySchema, ...described } = spec;
  return {
    ...described,
    query: querySchema ?? NO_QUERY,
    body: bodySchema ?? null,
    async run(raw) {
      const query = check((querySchema ?? NO_QUERY) as Q, filledIn(raw.query), 'query');
      if (!query.ok) return { problem: 'invalid_fields', errors: query.errors };
      const body = check((bodySchema ?? z.undefined()) as B, bodySchema ? (raw.body ?? null) : undefined, 'body');
      if (!body.ok) return { problem: 'invalid_fields', errors: body.errors };
      return handle({ ...raw, query: query.value, body: body.value });
    },
  };
}
