import { ALERTS, type AlertKind, alertText, isAlertKind } from '../notify/alerts.js';
import { type Database, isDuplicate, type Sql } from './database.js';
import { tell } from './outbox-store.js';

export interface RaisedAlert {
  readonly kind: AlertKind;
  /** A lane, a shop or a target. */
  readonly subject: string;
  readonly since: Date;
}

/** Alerts that are raised now. */
export async function raisedAlerts(sql: Sql): Promise<RaisedAlert[]> {
  const rows = await sql.rows<{ kind: string; subject: string; since: Date }>(
    'SELECT kind, subject_id AS subject, since FROM alert ORDER BY since, kind, subject_id',
  );
  return rows.flatMap(({ kind, ...rest }) => (isAlertKind(kind) ? [{ kind, ...rest }] : []));
}

/** Lanes whose breaker is not closed, and why it opened. Half open is not closed: nothing has proved it well. */
export function lanesDown(sql: Sql): Promise<{ id: string; reason: string | null }[]> {
  return sql.rows(`SELECT id, breaker_reason AS reason FROM lane WHERE breaker <> 'closed' ORDER BY id`);
}

/** Shops with an after-sale that waits for a read which the platform refuses. */
export async function shopsWithoutAuth(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ shopId: string }>(
    // Left to itself the server walks an index that has the shop in it, all of it.
    `SELECT DISTINCT shop_id AS shopId FROM after_sale FORCE INDEX (after_sale_enrich)
     WHERE enrich_at IS NOT NULL AND reason = 'auth_expired'`,
  );
  return rows.map((row) => row.shopId);
}

/** Raises an alert and tells of it. false: it was raised already, by whomever. */
export async function raiseAlert(db: Database, kind: AlertKind, subject: string, now: Date): Promise<boolean> {
  try {
    await db.transaction(async (tx) => {
      await tx.run('INSERT INTO alert (kind, subject_id, since) VALUES (?, ?, ?)', [kind, subject, now]);
      await tellOf(tx, { kind, subject, since: now }, 'raised', now);
    });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

/** Ends an alert and tells of it. false: somebody else has. */
export function endAlert(db: Database, alert: RaisedAlert, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const ended = await tx.run('DELETE FROM alert WHERE kind = ? AND subject_id = ?', [alert.kind, alert.subject]);
    if (ended === 1) await tellOf(tx, alert, 'recovered', now);
    return ended === 1;
  });
}

function tellOf(tx: Sql, alert: RaisedAlert, state: 'raised' | 'recovered', now: Date): Promise<void> {
  const { kind, subject, since } = alert;
  const data = { alert: kind, subject, state, since: since.toISOString(), text: alertText(kind, state, subject) };
  return tell(tx, { type: ALERTS[kind][state], subjectId: subject, data }, now);
}
