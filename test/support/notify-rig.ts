import { randomBytes } from 'node:crypto';
import { presentIntercept } from '../../src/dashboard/presenters/intercept.js';
import { presentTask } from '../../src/dashboard/presenters/task.js';
import { createSecrets } from '../../src/domain/secrets/secrets.js';
import { type SettingsWatch, watchSettings } from '../../src/domain/settings/watch.js';
import { Database } from '../../src/domain/store/database.js';
import { ensureLanes } from '../../src/domain/store/lane-store.js';
import { applySettings, configVersion, loadSettings, storedReferences } from '../../src/domain/store/settings-store.js';
import { doorsInUse } from '../../src/intake-doors.js';
import { platformBySlug } from '../../src/producers/platforms/index.js';
import { watchAlerts } from '../../src/workers/notify/alert-watch.js';
import { Notifier, type NotifierDeps } from '../../src/workers/notify/notifier.js';
import { freshDatabase } from './database.js';
import { REAL_BOOK } from './picture.js';
import { aFile, parsed } from './settings-file.js';
import { until } from './until.js';

export interface OutboxRow {
  readonly id: number;
  readonly messageId: string;
  readonly target: string;
  readonly topic: string;
  readonly subject: string;
  readonly state: string;
  readonly tries: number;
  readonly status: number | null;
  readonly error: string | null;
}

const SHOW: NotifierDeps['show'] = { intercept: (row) => presentIntercept(row, null), task: presentTask };

/** A system that tells the outside: its own database, configured as users do, any number of notifiers, a movable clock. */
export class NotifyRig {
  private laterMs = 0;
  private readonly running: Notifier[] = [];

  private constructor(
    readonly url: string,
    readonly db: Database,
    readonly secretKey: string,
    private readonly watch: SettingsWatch,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<NotifyRig> {
    const fresh = await freshDatabase();
    const db = await Database.open({ url: fresh.url });
    await db.migrate();
    await ensureLanes(db, [{ carrier: 'zto', id: 'zto-main' }]);
    const secretKey = randomBytes(32).toString('base64');
    const secrets = createSecrets(secretKey);
    const watch = await watchSettings({
      load: () => loadSettings(db, secrets),
      version: () => configVersion(db),
      everyMs: 50,
      onChange: () => undefined,
      onError: () => undefined,
    });
    return new NotifyRig(fresh.url, db, secretKey, watch, fresh.drop);
  }

  readonly now = (): Date => new Date(Date.now() + this.laterMs);

  /** Everything goes on as if so much time had passed. */
  skip(ms: number): void {
    this.laterMs += ms;
    for (const notifier of this.running) notifier.wake();
  }

  /** Applies a file with these sections, all other rows disabled, and waits until it is followed. */
  async apply(sections: {
    readonly endpoints?: object[];
    readonly notifications?: object[];
    readonly shops?: object[];
  }): Promise<void> {
    const secrets = createSecrets(this.secretKey);
    const stored = await storedReferences(this.db, secrets, true);
    const options = { prune: true, now: new Date(), actor: 'cli:test' };
    await applySettings(this.db, secrets, parsed(aFile(sections), { stored }), options);
    const version = await configVersion(this.db);
    await until(() => this.watch.current().version === version, { what: 'the configuration to be followed' });
  }

  start(over: Partial<NotifierDeps> = {}): Notifier {
    const notifier = new Notifier({
      db: this.db,
      settings: () => this.watch.current(),
      show: SHOW,
      now: this.now,
      log: () => undefined,
      report: () => undefined,
      timeoutMs: 1_000,
      ...over,
    });
    this.running.push(notifier);
    return notifier;
  }

  private platformOf(shopId: string) {
    const shop = this.watch.current().shops.get(shopId);
    const plugin = shop && platformBySlug(shop.platform);
    return plugin ? plugin.create(plugin.manifest.credentials.parse(shop.credentials)) : null;
  }

  watchAlerts(): Promise<void> {
    return watchAlerts({
      db: this.db,
      book: REAL_BOOK,
      settings: () => this.watch.current(),
      doorsOf: doorsInUse({ settings: () => this.watch.current(), platformOf: (id) => this.platformOf(id) }),
      now: this.now,
      log: () => undefined,
    });
  }

  outbox(): Promise<OutboxRow[]> {
    return this.db.rows<OutboxRow>(
      `SELECT id, message_id AS messageId, target_id AS target, topic, subject_id AS subject, state, tries,
         http_status AS status, last_error AS error FROM outbox ORDER BY id`,
    );
  }

  /** Ends the notifiers of a test and forgets what they were to send. */
  async rest(): Promise<void> {
    await Promise.all(this.running.splice(0).map((notifier) => notifier.stop()));
    this.laterMs = 0;
    await this.db.run('DELETE FROM outbox');
    await this.db.run('DELETE FROM alert');
  }

  async close(): Promise<void> {
    await this.rest();
    this.watch.stop();
    await this.db.close();
    await this.drop();
  }
}
