import { presentIntercept } from '../../dist/src/dashboard/presenters/intercept.js';
import { presentTask } from '../../dist/src/dashboard/presenters/task.js';
import { createSecrets } from '../../dist/src/domain/secrets/secrets.js';
import { Database } from '../../dist/src/domain/store/database.js';
import { loadSettings } from '../../dist/src/domain/store/settings-store.js';
import { Notifier } from '../../dist/src/workers/notify/notifier.js';

/** A process of its own that delivers webhooks until it is killed. Arguments: database URL, secret key, lease in ms. */
const [url, secretKey, leaseMs] = process.argv.slice(2);
const db = await Database.open({ url });
const settings = await loadSettings(db, createSecrets(secretKey));
new Notifier({
  db,
  settings: () => settings,
  show: { intercept: (row) => presentIntercept(row, null), task: presentTask },
  now: () => new Date(),
  log: () => undefined,
  report: (_loop, error) => process.stderr.write(`${error}\n`),
  leaseMs: Number(leaseMs),
});
