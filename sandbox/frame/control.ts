import { z } from 'zod';
import { isRecord } from './wire-json.js';

export interface ControlRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** When it was first asked: on replay the time of the ledger line. */
  readonly at: number;
}

export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** A control call of a twin. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** `/_twin/parcels/:waybillNo` */
  readonly path: string;
  /** read: nothing to log. change: logged and replayed at a restart. send: logged, not replayed (its pushes are lines). */
  readonly effect: 'read' | 'change' | 'send';
  handle(request: ControlRequest): ControlAnswer;
}

/** A control call that cannot be done, with its HTTP status. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** The route for a path with its `:params`, or undefined. */
export function matchRoute(
  routes: readonly ControlRoute[],
  method: string,
  path: string,
): { route: ControlRoute; params: Record<string, string> } | undefined {
  for (const route of routes) {
    const params = route.method === method ? paramsOf(route.path, path) : undefined;
    if (params !== undefined) return { route, params };
  }
  return undefined;
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    const value = given[i] ?? '';
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value);
    else if (part !== value) return undefined;
  }
  return params;
}

/** A failure as a control answer; anything that is not the caller's fault is thrown on. */
export function controlFailure(cause: unknown): ControlAnswer {
  if (cause instanceof ControlError) return { status: cause.status, body: { error: cause.message } };
  if (cause instanceof z.ZodError) return { status: 400, body: { error: z.prettifyError(cause) } };
  if (cause instanceof URIError) return { status: 400, body: { error: 'the path is not well encoded' } };
  throw cause;
}

/** Switches kept as one object behind a strict zod schema; only the named ones change. */
export class SwitchBoard<S extends z.ZodObject> {
  #values: z.output<S>;
  /** Called after every change. */
  onChange: () => void = () => {};

  constructor(readonly schema: S) {
    this.#values = schema.parse({});
  }

  get values(): z.output<S> {
    return this.#values;
  }

  read(): Readonly<Record<string, unknown>> {
    return this.#values;
  }

  change(body: unknown): void {
    this.#values = this.schema.parse(isRecord(body) ? { ...this.#values, ...body } : body);
    this.onChange();
  }
}
