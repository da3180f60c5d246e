import { FINAL_STATES } from '../intercept/machine.js';
import {
  brokenBy,
  type History,
  type HistoryAttempt,
  type HistoryEntry,
  type HistoryStep,
  type Invariant,
} from '../invariants.js';
import type { Database, Sql, SqlValue } from './database.js';
import { GOODS_CHECKS } from './goods-checks.js';
import { MONEY_CHECKS } from './money-checks.js';
import { REFUND_CHECKS } from './refund-checks.js';
import { readTariffs } from './tariff-reader.js';

/** A broken invariant: how often, and some of the ids to look at. */
export interface Violation {
  readonly invariant: Invariant;
  readonly count: number;
  readonly sample: readonly string[];
}

const SAMPLE = 5;
const PAGE = 500;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const NO_OPEN_TASK = "NOT EXISTS (SELECT 1 FROM task t WHERE t.intercept_id = i.id AND t.state = 'open')";

interface SqlCheck {
  readonly invariant: Invariant;
  /** Selects the offenders as `subject`. */
  readonly sql: string;
  readonly values?: (now: Date) => SqlValue[];
}

const ago = (ms: number) => (now: Date) => [new Date(now.getTime() - ms)];

/** Invariants that one statement can see. Grace times cover a sweep that is just under way. */
const SQL_CHECKS: readonly SqlCheck[] = [
  {
    invariant: 'I2_one_live',
    sql: `SELECT CONCAT(carrier, '/', waybill_no) AS subject FROM intercept WHERE state NOT IN (?)
          GROUP BY carrier, waybill_no HAVING COUNT(*) > 1`,
    values: () => [FINAL_STATES],
  },
  {
    invariant: 'I5_fee_without_intercept',
    sql: `SELECT l.id AS subject FROM ledger_entry l LEFT JOIN intercept i ON i.id = l.intercept_id WHERE i.id IS NULL`,
  },
  {
    invariant: 'I6_append_only',
    sql: `SELECT wanted.name AS subject FROM
            (SELECT 'ledger_entry_no_delete' AS name UNION ALL SELECT 'ledger_entry_no_update'
             UNION ALL SELECT 'audit_no_delete' UNION ALL SELECT 'audit_no_update') wanted
          WHERE wanted.name NOT IN (SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE())
            -- An account with the least rights sees no trigger; it may not change these tables anyway (deploy/accounts.md).
            AND (EXISTS (SELECT 1 FROM information_schema.user_privileges WHERE privilege_type = 'TRIGGER')
              OR EXISTS (SELECT 1 FROM information_schema.schema_privileges
                         WHERE privilege_type = 'TRIGGER' AND DATABASE() LIKE table_schema))`,
  },
  {
    invariant: 'I12_before_send',
    sql: `SELECT i.id AS subject FROM intercept i
          WHERE i.state IN ('held', 'queued') AND i.deadline_at < ? AND ${NO_OPEN_TASK}`,
    values: ago(MINUTE_MS),
  },
  {
    invariant: 'I12_lease',
    sql: `SELECT i.id AS subject FROM intercept i
          WHERE i.state = 'submitting' AND COALESCE(i.lease_until, i.updated_at) < ?`,
    values: ago(MINUTE_MS),
  },
  {
    invariant: 'I12_uncertain',
    sql: `SELECT i.id AS subject FROM intercept i
          WHERE i.state = 'uncertain' AND ${NO_OPEN_TASK} AND (COALESCE(i.ask_since, i.updated_at) < ?
            OR (i.deadline_at < ? AND COALESCE(i.ask_since, i.updated_at) < ?))`,
    values: (now) => [...ago(60 * MINUTE_MS)(now), ...ago(5 * MINUTE_MS)(now), ...ago(15 * MINUTE_MS)(now)],
  },
  {
    invariant: 'I12_outcome',
    sql: `SELECT i.id AS subject FROM intercept i
          WHERE i.state IN ('accepted', 'intercepted') AND (i.outcome_due_at IS NULL OR i.outcome_due_at < ?) AND ${NO_OPEN_TASK}`,
    values: ago(5 * MINUTE_MS),
  },
  ...REFUND_CHECKS,
  ...MONEY_CHECKS,
  ...GOODS_CHECKS,
];

type Owned<T> = T & { readonly interceptId: string };
type Head = History['row'] & { readonly id: string };

const HEAD = 'SELECT id, state, version, epoch, request_id AS requestId, stated_fee_fen AS statedFeeFen FROM intercept';

/** Histories of some intercepts, with one statement a table. */
async function histories(sql: Sql, heads: readonly Head[]): Promise<Map<string, History>> {
  const ids = [heads.map((head) => head.id)];
  const steps = await sql.rows<Owned<HistoryStep>>(
    `SELECT intercept_id AS interceptId, version, epoch, from_state AS \`from\`, event, to_state AS \`to\`
     FROM transition WHERE intercept_id IN (?) ORDER BY intercept_id, version`,
    ids,
  );
  const attempts = await sql.rows<Owned<HistoryAttempt>>(
    `SELECT intercept_id AS interceptId, seq, kind, epoch, request_id AS requestId, outcome
     FROM attempt WHERE intercept_id IN (?) ORDER BY intercept_id, seq`,
    ids,
  );
  const entries = await sql.rows<Owned<HistoryEntry>>(
    `SELECT e.intercept_id AS interceptId, e.id, e.kind, e.carrier, e.amount_fen AS amountFen,
       DATE_FORMAT(e.tariff_from, '%Y-%m-%d') AS tariffFrom, e.tariff_conditions AS tariffConditions,
       e.posted_at AS postedAt, e.reverses_id AS reversesId, c.to_fen AS correctedToFen
     FROM ledger_entry e LEFT JOIN fee_correction c ON c.id = e.correction_id
     WHERE e.intercept_id IN (?) ORDER BY e.intercept_id, e.seq`,
    ids,
  );
  const of = <T>(rows: readonly Owned<T>[]) => {
    const byId = new Map<string, Owned<T>[]>();
    for (const row of rows) {
      const list = byId.get(row.interceptId);
      if (list) list.push(row);
      else byId.set(row.interceptId, [row]);
    }
    return (id: string) => byId.get(id) ?? [];
  };
  const [stepsOf, attemptsOf, entriesOf] = [of(steps), of(attempts), of(entries)];
  return new Map(
    heads.map((row) => [
      row.id,
      { row, steps: stepsOf(row.id), attempts: attemptsOf(row.id), entries: entriesOf(row.id) },
    ]),
  );
}

/** One intercept again, its row locked: whoever moves it holds that lock, so nothing is seen half written. */
function confirmed(db: Database, id: string): Promise<Invariant[]> {
  return db.transaction(async (tx) => {
    const heads = await tx.rows<Head>(`${HEAD} WHERE id = ? FOR UPDATE`, [id]);
    const history = heads.length > 0 ? (await histories(tx, heads)).get(id) : undefined;
    return history ? brokenBy(history, await readTariffs(tx)) : [];
  });
}

export interface VerifyOptions {
  readonly now: Date;
  /** Called after each page with the number of intercepts read so far. */
  readonly onProgress?: (read: number) => void;
}

/**
 * Checks every invariant over the whole database and returns the broken ones. It may run beside work: intercepts are
 * read a page at a time, and a suspect is read once more under its lock before it counts.
 */
export async function verifyInvariants(db: Database, options: VerifyOptions): Promise<Violation[]> {
  const found = new Map<Invariant, { count: number; sample: string[] }>();
  const note = (invariant: Invariant, subjects: readonly string[], count = subjects.length) => {
    const so = found.get(invariant) ?? { count: 0, sample: [] };
    found.set(invariant, { count: so.count + count, sample: [...so.sample, ...subjects].slice(0, SAMPLE) });
  };

  for (const { invariant, sql, values } of SQL_CHECKS) {
    const bound = values?.(options.now) ?? [];
    const sample = await db.rows<{ subject: string }>(`SELECT subject FROM (${sql}) offender LIMIT ${SAMPLE}`, bound);
    if (sample.length === 0) continue;
    const total = await db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM (${sql}) offender`, bound);
    note(
      invariant,
      sample.map((row) => row.subject),
      total[0]?.n ?? sample.length,
    );
  }

  const tariffs = await readTariffs(db);
  for (let last = '', read = 0; ; ) {
    const heads = await db.rows<Head>(`${HEAD} WHERE id > ? ORDER BY id LIMIT ${PAGE}`, [last]);
    if (heads.length === 0) break;
    for (const [id, history] of await histories(db, heads)) {
      if (brokenBy(history, tariffs).length === 0) continue;
      for (const invariant of await confirmed(db, id)) note(invariant, [id]);
    }
    last = heads.at(-1)?.id ?? last;
    read += heads.length;
    options.onProgress?.(read);
  }
  return [...found].map(([invariant, { count, sample }]) => ({ invariant, count, sample }));
}
