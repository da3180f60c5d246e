import { noteServerTime } from '../time/clock.js';
import { Problem, problemFrom } from './problem.js';

/** Longer than the server needs for anything, ms. */
const TIMEOUT_MS = 20_000;

/** Proves that a write comes from this page; given with the session. */
let csrfToken = '';

export function keepCsrfToken(token: string): void {
  csrfToken = token;
}

async function bodyOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function send(method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = new Headers({ Accept: 'application/json' });
  if (method !== 'GET') headers.set('X-CSRF-Token', csrfToken);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const init: RequestInit = { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS) };
  if (body !== undefined) init.body = JSON.stringify(body);
  let answer: Response;
  let content: unknown;
  try {
    answer = await fetch(path, init);
    content = await bodyOf(answer);
  } catch {
    throw new Problem(0, 'network', null);
  }
  noteServerTime(answer.headers.get('date'));
  if (!answer.ok) throw problemFrom(answer.status, answer.headers.get('retry-after'), content);
  return content;
}

/** The token belongs to a session; another tab may have begun a new one since. */
async function renewCsrfToken(): Promise<void> {
  const session = (await send('GET', '/api/auth/session')) as { csrfToken: string };
  keepCsrfToken(session.csrfToken);
}

/**
 * Calls our own server, which answers in the shape `T` of its schemas. Rejects with a `Problem` for every other answer
 * and when there is none.
 */
export async function call<T>(method: 'GET' | 'POST' | 'PATCH' | 'PUT', path: string, body?: unknown): Promise<T> {
  try {
    return (await send(method, path, body)) as T;
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'csrf_token_invalid') throw error;
    await renewCsrfToken();
    return (await send(method, path, body)) as T;
  }
}
