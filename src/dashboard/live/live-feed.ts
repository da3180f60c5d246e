import type { CarrierBook } from '../../domain/carrier/book.js';
import { LIVE_KINDS, type LiveKind } from '../../domain/live-kinds.js';
import { Loop, type LoopReport } from '../../domain/loop.js';
import type { Scope } from '../../domain/people/scopes.js';
import type { Settings } from '../../domain/settings/settings.js';
import type { Sql } from '../../domain/store/database.js';
import { laneConfigs } from '../api/lane-configs.js';
import type { Caller } from '../auth/caller.js';
import { type Change, ChangeWatch } from './changes.js';
import { Listener } from './listener.js';

export interface LiveFeedDeps {
  readonly sql: Sql;
  readonly settings: () => Settings;
  readonly book: CarrierBook;
  readonly report: LoopReport;
}

/** Between two looks at MySQL, ms: one look serves all who listen to this process. */
const LOOK_EVERY_MS = 1_000;
/** Who logged out, was disabled or lost his token hears nothing any more after this, ms. */
const CHECK_EVERY_MS = 5_000;

/** Open streams of this process, and of one person or token: a browser keeps six connections to a host. */
const MOST_LISTENERS = 300;
const MOST_OF_ONE = 8;

/** What a caller may not read about, he is not told of either. */
const SCOPES = {
  intercepts: 'intercepts:read',
  tasks: 'intercepts:read',
  replays: 'intercepts:read',
  alerts: 'intercepts:read',
  lanes: 'config:read',
  settings: 'config:read',
} as const satisfies Record<LiveKind, Scope>;

/**
 * Tells open pages which kinds of things have changed, never what: they read that anew, with their own rights. MySQL is
 * looked at only while somebody listens.
 */
export class LiveFeed {
  private readonly listeners = new Set<Listener>();
  /** Those who have been told where everything stands. */
  private readonly known = new WeakSet<Listener>();
  private readonly watch: ChangeWatch;
  private readonly looks: Loop;
  private readonly checks: Loop;

  constructor(private readonly deps: LiveFeedDeps) {
    this.watch = new ChangeWatch(deps.sql, () => deps.settings().version);
    this.looks = new Loop('live', LOOK_EVERY_MS, () => this.look(), deps.report);
    this.checks = new Loop('live callers', CHECK_EVERY_MS, () => this.check(), deps.report);
  }

  /** A stream for this caller; null: there are too many already. */
  open(caller: Caller): Listener | null {
    const own = [...this.listeners].filter((one) => one.caller.id === caller.id);
    if (this.listeners.size >= MOST_LISTENERS || own.length >= MOST_OF_ONE) return null;
    const listener = new Listener(caller, (one) => this.listeners.delete(one));
    this.listeners.add(listener);
    this.looks.wake();
    return listener;
  }

  /** Ends every stream, so that the server can close. */
  async stop(): Promise<void> {
    for (const listener of this.listeners) listener.close();
    await Promise.all([this.looks.stop(), this.checks.stop()]);
  }

  private async look(): Promise<void> {
    if (this.listeners.size === 0) {
      this.watch.forget();
      return;
    }
    const here = [...this.listeners];
    const changes = await this.watch.look();
    for (const listener of here) {
      // Whoever has just come is told everything: what he shows may be older than this look.
      const news = changes !== null && this.known.has(listener) ? changes : null;
      const kinds = news?.filter((change) => this.concerns(change, listener)).map(({ kind }) => kind) ?? LIVE_KINDS;
      this.known.add(listener);
      listener.tell(kinds.filter((kind) => listener.caller.scopes.has(SCOPES[kind])));
    }
  }

  private concerns(change: Change, { caller }: Listener): boolean {
    if (caller.shops === null || change.shops === null) return true;
    const { subject } = change;
    if (subject === undefined) return change.shops.some((shop) => caller.shops?.includes(shop));
    const lanes = laneConfigs(this.deps.settings(), this.deps.book, caller.shops);
    return caller.shops.includes(subject) || lanes.some((lane) => lane.id === subject);
  }

  /** Knows everybody anew: rights change while a stream is open. */
  private async check(): Promise<void> {
    for (const listener of this.listeners) {
      const now = await listener.caller.again();
      if (now?.scopes.has('intercepts:read')) listener.caller = now;
      else listener.close();
    }
  }
}
