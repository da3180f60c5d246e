import session from 'express-session';
import type { Database } from '../../domain/store/database.js';
import { extendSession, readSession, removeSession, writeSession } from '../../domain/store/session-store.js';

type Done = (error?: unknown) => void;

/** Sessions of express-session in our own table (the ready-made store pins an unsafe mysql2). */
export class ExpressSessionStore extends session.Store {
  constructor(
    private readonly db: Database,
    private readonly idleMs: number,
    private readonly now: () => Date,
  ) {
    super();
  }

  override get(id: string, done: (error: unknown, data?: session.SessionData | null) => void): void {
    readSession(this.db, id, this.now()).then(
      (body) => done(null, body === null ? null : (JSON.parse(body) as session.SessionData)),
      (error: unknown) => done(error),
    );
  }

  override set(id: string, data: session.SessionData, done: Done = () => undefined): void {
    writeSession(this.db, id, JSON.stringify(data), this.expiry()).then(() => done(), done);
  }

  override touch(id: string, _data: session.SessionData, done: Done = () => undefined): void {
    extendSession(this.db, id, this.expiry()).then(() => done(), done);
  }

  override destroy(id: string, done: Done = () => undefined): void {
    removeSession(this.db, id).then(() => done(), done);
  }

  private expiry(): Date {
    return new Date(this.now().getTime() + this.idleMs);
  }
}
