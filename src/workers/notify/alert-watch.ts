import type { CarrierBook } from '../../domain/carrier/book.js';
import { laneIdOf } from '../../domain/ids.js';
import type { AlertKind } from '../../domain/notify/alerts.js';
import { laneAccounts } from '../../domain/settings/lanes.js';
import type { Settings } from '../../domain/settings/settings.js';
import {
  endAlert,
  lanesDown,
  type RaisedAlert,
  raiseAlert,
  raisedAlerts,
  shopsWithoutAuth,
} from '../../domain/store/alert-store.js';
import type { Database, Sql } from '../../domain/store/database.js';
import { type IntakeDoor, intakeStates } from '../../domain/store/intake-state-store.js';

export interface AlertWatchDeps {
  readonly db: Database;
  readonly settings: () => Settings;
  readonly book: CarrierBook;
  /** The doors that a shop's intake uses now; given by run-notify.ts, since platforms belong to the producers. */
  readonly doorsOf: (shopId: string) => readonly IntakeDoor[];
  readonly now: () => Date;
  readonly log: (event: string, fields: Record<string, unknown>) => void;
}

type Condition = Pick<RaisedAlert, 'kind' | 'subject'>;
const keyOf = ({ kind, subject }: Condition) => `${kind}/${subject}`;

/** An intake that fails for longer than this is told of: a restart of the platform's gateway is shorter, ms (R77). */
const INTAKE_STOPPED_MS = 2 * 60_000;

/** Shops of which a door in use has been failing for too long. What a door left behind that nobody uses any more is no news. */
async function stoppedIntakes(sql: Sql, doorsOf: AlertWatchDeps['doorsOf'], now: Date): Promise<string[]> {
  const since = now.getTime() - INTAKE_STOPPED_MS;
  const failing = (await intakeStates(sql)).filter(({ failedSince }) => failedSince && failedSince.getTime() <= since);
  const shops = failing.filter(({ shopId, door }) => doorsOf(shopId).includes(door)).map(({ shopId }) => shopId);
  return [...new Set(shops)];
}

/** What is wrong now, of all that is enabled. */
async function conditions(
  { db: sql, book, doorsOf, now }: AlertWatchDeps,
  settings: Settings,
  raised: readonly RaisedAlert[],
): Promise<Condition[]> {
  const lanes = new Set(laneAccounts(settings, book).map((account) => laneIdOf(account.carrier, account.id)));
  const kindOf = (reason: string | null): AlertKind => (reason === 'credentials' ? 'credentials_refused' : 'lane_down');
  return [
    ...(await lanesDown(sql))
      .filter((lane) => lanes.has(lane.id))
      .map((lane) => ({ kind: kindOf(lane.reason), subject: lane.id })),
    ...(await shopsWithoutAuth(sql))
      .filter((shop) => settings.shops.get(shop)?.enabled === true)
      .map((subject) => ({ kind: 'auth_expired' as const, subject })),
    ...(await stoppedIntakes(sql, doorsOf, now())).map((subject) => ({ kind: 'intake_stopped' as const, subject })),
    ...[...settings.policies.values()]
      .filter(({ braked }) => braked)
      .map(({ id }) => ({ kind: 'policy_brake' as const, subject: id })),
    // Raised by whoever got the 410; over when somebody enables the target again.
    ...raised.filter(({ kind, subject }) => kind === 'endpoint_gone' && !settings.targets.get(subject)?.enabled),
    // Raised and ended by the hourly check.
    ...raised.filter(({ kind }) => kind === 'invariant_broken'),
  ];
}

/**
 * Compares what is wrong with what has been told, and tells the difference: one alert a change, one when it is over, by
 * however many processes. It looks at states, not at events, so a process that dies at the wrong moment loses none, and
 * a breaker that tries again every half minute is one alert.
 */
export async function watchAlerts(deps: AlertWatchDeps): Promise<void> {
  const { db, settings, now, log } = deps;
  const raised = await raisedAlerts(db);
  const wrong = await conditions(deps, settings(), raised);
  const told = new Set(raised.map(keyOf));
  const stands = new Set(wrong.map(keyOf));
  for (const { kind, subject } of wrong) {
    if (told.has(keyOf({ kind, subject }))) continue;
    if (await raiseAlert(db, kind, subject, now())) log('alert.raised', { alert: kind, subject });
  }
  for (const alert of raised) {
    if (stands.has(keyOf(alert))) continue;
    if (await endAlert(db, alert, now())) log('alert.recovered', { alert: alert.kind, subject: alert.subject });
  }
}
