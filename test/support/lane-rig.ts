import type { CarrierAdapter, CarrierManifest } from '../../src/domain/carrier/port.js';
import type { Database } from '../../src/domain/store/database.js';
import { type LaneState, laneStates } from '../../src/domain/store/lane-store.js';
import { Ahead } from '../../src/workers/ahead.js';
import { LaneBreaker } from '../../src/workers/breaker.js';
import { carrierBySlug } from '../../src/workers/carriers/index.js';
import { Desk } from '../../src/workers/desk.js';
import type { Lane, WorkerDeps } from '../../src/workers/lane.js';
import type { Slots } from '../../src/workers/limiter.js';
import { LANE } from './migrated-database.js';
import { anAccount, aPicture, REAL_BOOK } from './picture.js';

/** A courier that says what the test wants: the port's other side, not a part of ours. */
export type Said = Partial<Pick<CarrierAdapter, 'create' | 'cancel' | 'status' | 'track'>> & {
  readonly manifest?: Partial<CarrierManifest>;
};

export interface LaneRig {
  readonly deps: WorkerDeps;
  readonly lane: Lane;
  /** What the courier was asked, in order. */
  readonly asked: readonly string[];
  /** The present of everything in the rig; a test moves it on. */
  at(): Date;
  moveTo(at: Date): void;
  /** Reads the lane's row again, as a worker does every half second. */
  refresh(): Promise<void>;
}

const FREE: Slots = { take: async () => true, slowDown: async () => undefined, warm: async () => undefined };

/** One lane at work on a database, with a scripted courier and a clock that the test moves. */
export function laneRig(db: Database, said: Said, over: Partial<Lane> = {}, safeMode = false): LaneRig {
  const plugin = carrierBySlug('zto');
  if (!plugin) throw new Error('no courier is plugged in');
  const account = anAccount();
  const good = plugin.create(plugin.manifest.credentials.parse(account.credentials));
  const asked: string[] = [];
  const noted = <A extends unknown[], R>(name: string, call: (...args: A) => R) => {
    return (...args: A): R => {
      asked.push(name);
      return call(...args);
    };
  };
  const adapter: CarrierAdapter = {
    ...good,
    manifest: { ...good.manifest, ...said.manifest },
    create: noted('create', said.create ?? good.create),
    cancel: noted('cancel', said.cancel ?? good.cancel),
    status: noted('status', said.status ?? good.status),
    track: noted('track', said.track ?? good.track),
  };
  let clock = new Date();
  let state: LaneState | null = null;
  const settings = () => aPicture({ accounts: [account] });
  const deps: WorkerDeps = {
    db,
    desk: new Desk(
      db,
      () => ({ settings: settings(), book: REAL_BOOK }),
      () => clock,
    ),
    settings,
    book: REAL_BOOK,
    now: () => clock,
    safeMode,
    wake: () => undefined,
    laneOf: () => null,
    log: () => undefined,
  };
  const breaker = new LaneBreaker(LANE, { db, state: () => state, now: () => clock, onChange: () => undefined });
  const lane: Lane = {
    id: LANE,
    account,
    adapter,
    timeoutMs: 1_000,
    orders: FREE,
    ahead: new Ahead(() => null),
    reads: FREE,
    breaker,
    openCall: () => ({
      context: { send: () => Promise.reject(new Error('nothing is sent here')) },
      exchange: () => null,
    }),
    paused: () => state?.paused ?? false,
    ...over,
  };
  return {
    deps,
    lane,
    asked,
    at: () => clock,
    moveTo: (at) => {
      clock = at;
    },
    async refresh() {
      state = (await laneStates(db)).find((s) => s.id === LANE) ?? null;
    },
  };
}
