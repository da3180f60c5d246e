import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ControlAnswer, type ControlRoute, controlFailure, matchRoute } from './control.js';
import { FAULT_KINDS, type FaultBook } from './faults.js';
import { answerWithoutActing, sendAnswer } from './misbehave.js';
import { BodyTooLarge, bodyHash, readRawBody } from './raw-body.js';
import type { Call, Outcome, Twin, TwinContext } from './twin.js';

const WIRE_LIMIT_BYTES = 1_048_576;
const CONTROL_LIMIT_BYTES = 134_217_728;

export interface Served {
  readonly twin: Twin;
  readonly context: TwinContext;
  readonly faults: FaultBook;
  readonly routes: readonly ControlRoute[];
  /** The ledger refused a line: nobody may be answered any more. */
  readonly onBroken: (cause: unknown) => void;
}

/** The HTTP side of a twin: `/_twin` is the control API, every other path is the wire. */
export function serveTwin(served: Served): Server {
  const server = createServer((request, response) => {
    const url = parseUrl(request);
    if (url === undefined) return refuse(response, 400);
    const work = url.pathname === '/_twin' || url.pathname.startsWith('/_twin/') ? control : wire;
    work(served, request, response, url).catch((cause: unknown) => {
      if (cause instanceof BodyTooLarge) refuse(response, 413);
      else if (request.destroyed && !request.complete) response.destroy();
      else served.onBroken(cause);
    });
  });
  server.keepAliveTimeout = 15_000;
  server.on('upgrade', (request, socket, head) => {
    if (served.twin.upgrade) served.twin.upgrade(request, socket, head);
    else socket.destroy();
  });
  return server;
}

async function wire(served: Served, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const { twin, context, faults } = served;
  const raw = await readRawBody(request, WIRE_LIMIT_BYTES);
  const endpoint = twin.endpointOf?.({ raw }) ?? url.pathname.slice(1);
  const { headers, method = 'GET' } = request;
  const call: Call = {
    endpoint,
    method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    raw,
    at: context.clock.now(),
  };
  context.arrivals(endpoint).hit(call.at);
  const fault = faults.take(endpoint, twin.subjectOf(call));
  if (fault?.kind === 'act_late') await sleep(fault.delayMs);
  const acts = fault === undefined || FAULT_KINDS[fault.kind].acts;
  const now = context.clock.now();
  const outcome = acts ? twin.handle({ ...call, at: now }) : answerWithoutActing(fault, twin, call);
  await written(served, call, now, outcome, fault?.id);
  await sendAnswer(response, outcome, fault);
}

function written(
  { context }: Served,
  call: Call,
  at: number,
  outcome: Outcome,
  fault: number | undefined,
): Promise<void> {
  const { endpoint, raw } = call;
  return context.ledger.append({ at, kind: 'call', endpoint, ...outcome.line, bodyHash: bodyHash(raw), fault });
}

async function control(served: Served, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const raw = await readRawBody(request, CONTROL_LIMIT_BYTES);
  const { method = 'GET' } = request;
  const answer = await controlAnswer(served, method, url, raw);
  response.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(answer.body));
}

async function controlAnswer(served: Served, method: string, url: URL, raw: Buffer): Promise<ControlAnswer> {
  const { ledger, clock } = served.context;
  try {
    const found = matchRoute(served.routes, method, url.pathname);
    if (found === undefined) return { status: 404, body: { error: `no control call ${method} ${url.pathname}` } };
    const { route, params } = found;
    const body = parseBody(raw);
    if (body === NOT_JSON) return { status: 400, body: { error: 'the body is not JSON' } };
    const at = clock.now();
    const answer = route.handle({ params, query: url.searchParams, body, at });
    if (route.effect === 'read') await ledger.settled();
    else await ledger.append({ at, kind: 'control', method, path: url.pathname, body });
    return answer;
  } catch (cause) {
    return controlFailure(cause);
  }
}

const NOT_JSON = Symbol('not JSON');

function parseBody(raw: Buffer): unknown {
  if (raw.length === 0) return undefined;
  try {
    return JSON.parse(raw.toString('utf8'));
  } catch {
    return NOT_JSON;
  }
}

function parseUrl(request: IncomingMessage): URL | undefined {
  const target = `http://twin${request.url ?? '/'}`;
  return URL.canParse(target) ? new URL(target) : undefined;
}

function refuse(response: ServerResponse, status: number): void {
  if (!response.headersSent) response.writeHead(status, { connection: 'close' });
  response.end();
}
