import type { PlatformAdapter } from '../domain/platform/port.js';
import type { PlatformSocket, SocketMessage } from '../domain/platform/socket.js';
import type { Settings, ShopSettings } from '../domain/settings/settings.js';
import type { Database } from '../domain/store/database.js';
import { type InboxEvent, platformSource, unknownSeller } from '../domain/store/inbox-store.js';
import { intakeFailed, intakeWorked } from '../domain/store/intake-state-store.js';
import { holdLease, releaseLease } from '../domain/store/lease-store.js';
import type { Stored } from './http/group-commit.js';
import { rowOf } from './inbox-row.js';
import { SocketConnection } from './socket-connection.js';

export interface SocketIntakeDeps {
  readonly db: Database;
  readonly settings: () => Settings;
  readonly platformOf: (shopId: string) => PlatformAdapter | null;
  readonly store: (rows: readonly InboxEvent[]) => Promise<Stored>;
  /** This process, among all: the holder of its leases. */
  readonly holder: string;
  readonly backoffMs: (tries: number) => number;
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

/** One app's messages over one connection, for all its shops. */
interface Group {
  readonly name: string;
  readonly platform: string;
  readonly socket: PlatformSocket;
  readonly shops: readonly ShopSettings[];
}

/** A connection lives as long as its lease, which is renewed at every `follow`; ms. */
const LEASE_MS = 10_000;

function groupsOf(settings: Settings, platformOf: SocketIntakeDeps['platformOf']): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const shop of settings.shops.values()) {
    const platform = shop.enabled && shop.intake !== 'poll' ? platformOf(shop.id) : null;
    if (!platform?.socket) continue;
    const name = `socket/${platform.manifest.slug}/${platform.socket.group}`;
    const known = groups.get(name);
    const shops = [...(known?.shops ?? []), shop];
    groups.set(name, { name, platform: shop.platform, socket: known?.socket ?? platform.socket, shops });
  }
  return groups;
}

/**
 * Intake over the connections that we open: one a group over all processes, by a lease in MySQL. The process that holds
 * it connects; when it dies, another does within seconds, and what was not confirmed is sent again by the platform.
 */
export class SocketIntake {
  private readonly open = new Map<string, { readonly connection: SocketConnection; readonly key: string }>();

  constructor(private readonly deps: SocketIntakeDeps) {}

  /** Brings the connections in line with the settings and the leases of this moment. */
  async follow(): Promise<void> {
    const { db, holder, settings } = this.deps;
    const groups = groupsOf(settings(), this.deps.platformOf);
    for (const [name, { connection, key }] of this.open) {
      const group = groups.get(name);
      if (group && this.keyOf(group) === key) continue;
      connection.stop();
      this.open.delete(name);
      if (!group) await releaseLease(db, name, holder);
    }
    for (const group of groups.values()) {
      const mine = await holdLease(db, group.name, holder, LEASE_MS);
      const known = this.open.get(group.name);
      if (mine && !known) this.open.set(group.name, { connection: this.connect(group), key: this.keyOf(group) });
      if (!mine && known) {
        known.connection.stop();
        this.open.delete(group.name);
      }
    }
  }

  async stop(): Promise<void> {
    for (const [name, { connection }] of this.open) {
      connection.stop();
      await releaseLease(this.deps.db, name, this.deps.holder).catch(() => undefined);
    }
    this.open.clear();
  }

  /** What makes a connection obsolete when it changes: keys and addresses; shops are looked up at every message. */
  private keyOf({ shops }: Group): string {
    const [first] = shops;
    return JSON.stringify(first?.credentials ?? null);
  }

  private connect({ name, platform, socket }: Group): SocketConnection {
    const { log, now, backoffMs } = this.deps;
    const shopsNow = () => groupsOf(this.deps.settings(), this.deps.platformOf).get(name)?.shops ?? [];
    return new SocketConnection({
      socket,
      backoffMs,
      now,
      store: (message) => this.deps.store([this.rowFor(platform, shopsNow(), message)]),
      onState: (state, why) => {
        log(`socket.${state}`, { group: name, why });
        this.note(shopsNow(), state, why).catch((error: unknown) =>
          log('socket.state_unwritten', { group: name, why: String(error) }),
        );
      },
    });
  }

  private rowFor(platform: string, shops: readonly ShopSettings[], message: SocketMessage): InboxEvent {
    const shop = shops.find((one) => one.platformShopId === message.platformShopId);
    // Kept all the same: it is dead with its reason, and can be replayed once its shop is configured.
    const source = platformSource(platform, shop?.id ?? unknownSeller(message.platformShopId));
    return rowOf(source, message.envelope, this.deps.now());
  }

  private async note(shops: readonly ShopSettings[], state: 'up' | 'down', why: string): Promise<void> {
    const now = this.deps.now();
    for (const { id } of shops) {
      if (state === 'up') await intakeWorked(this.deps.db, id, 'socket', { cursorAt: null, nextAt: null }, now);
      else await intakeFailed(this.deps.db, id, 'socket', why, null, now);
    }
  }
}
