import { hkdfSync } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { Database } from '../../domain/store/database.js';
import { ExpressSessionStore } from './express-session-store.js';

declare module 'express-session' {
  interface SessionData {
    /** Who logged in. What he may do is read from the database with every request. */
    email: string;
    /** ms since 1970. */
    loggedInAt: number;
    /** What the browser called itself, to tell one's sessions apart. */
    agent: string;
  }
}

export interface SessionOptions {
  readonly db: Database;
  /** 32 bytes; keys for cookies are derived from it. */
  readonly secretKey: Uint8Array;
  /** Is the service reached over HTTPS (PUBLIC_URL)? */
  readonly https: boolean;
  readonly now: () => Date;
}

/** A session unused for this long ends (S14). */
export const IDLE_MS = 30 * 60_000;
/** And every session ends after this, used or not. */
const ABSOLUTE_MS = 12 * 3_600_000;

/** A key of its own for each use, so that one cookie can never be taken for the other. */
export function derivedKey(secretKey: Uint8Array, use: string): string {
  return Buffer.from(hkdfSync('sha256', secretKey, '', `jiejian ${use}`, 32)).toString('base64');
}

/** Name of the session's cookie: the `__Host-` prefix ties it to this host and to TLS. */
export function sessionCookieName(https: boolean): string {
  return https ? '__Host-jj' : 'jj';
}

/** PUBLIC_URL says that TLS ends in front of us; whether the proxy also says so in a header does not matter. */
const markSecure: RequestHandler = (req, _res, next) => {
  Object.defineProperty(req, 'secure', { value: true, configurable: true });
  next();
};

/** Loads the session, if the request names one, and ends it when its time is over. */
export function sessions(options: SessionOptions): RequestHandler[] {
  const load = session({
    name: sessionCookieName(options.https),
    secret: derivedKey(options.secretKey, 'session'),
    store: new ExpressSessionStore(options.db, IDLE_MS, options.now),
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { path: '/', httpOnly: true, sameSite: 'lax', secure: options.https, maxAge: IDLE_MS },
  });
  const endOld: RequestHandler = (req, _res, next) => {
    const { loggedInAt } = req.session;
    if (loggedInAt === undefined || !hasEnded(loggedInAt, options.now())) next();
    else req.session.regenerate(next);
  };
  return options.https ? [markSecure, load, endOld] : [load, endOld];
}

/** When a session ends, however much it is used. */
function hasEnded(loggedInAt: number | undefined, now: Date): boolean {
  return loggedInAt === undefined || now.getTime() - loggedInAt >= ABSOLUTE_MS;
}

/** Who is logged in by this request's session, read anew; null: nobody any more. Rejects while nobody can tell. */
export async function stillLoggedIn(req: Request, now: Date): Promise<string | null> {
  const stored = await new Promise<session.SessionData | null | undefined>((resolve, reject) => {
    req.sessionStore.get(req.sessionID, (error: unknown, data) => (error ? reject(error) : resolve(data)));
  });
  return stored && !hasEnded(stored.loggedInAt, now) ? stored.email : null;
}

const MOST_AGENT_LETTERS = 200;

/** A new id at login, so that an id planted beforehand is worth nothing (session fixation). */
export async function startSession(req: Request, email: string, now: Date): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error: unknown) => (error ? reject(error) : resolve()));
  });
  req.session.email = email;
  req.session.loggedInAt = now.getTime();
  req.session.agent = (req.get('user-agent') ?? '').slice(0, MOST_AGENT_LETTERS);
}

export async function endSession(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(error) : resolve()));
  });
}
