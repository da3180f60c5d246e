import type { Intercept } from '../intercept/intercept.js';
import type { Sql, SqlValue } from './database.js';
import { each } from './each.js';

export type AttemptKind = 'send' | 'query' | 'cancel';
export type AttemptOutcome =
  | 'accepted'
  | 'duplicate'
  | 'refused'
  | 'not_yet'
  | 'not_sent'
  | 'unknown'
  | 'absent'
  | 'answered'
  | 'failed';

/** What is kept of an exchange, masked and bounded by the caller. */
export interface AttemptRecord {
  readonly outcome: AttemptOutcome;
  readonly rawCode: string | null;
  readonly rawText: string | null;
  readonly httpStatus: number | null;
  readonly exchange: string | null;
}

/** What a claim needs to know of a row's earlier attempts. */
interface Earlier {
  readonly seq: number;
  readonly sends: number;
}

/** The last number and the sends whose bytes may have left, by intercept; one without attempts is missing. */
export async function attemptsBefore(tx: Sql, interceptIds: readonly string[]): Promise<Map<string, Earlier>> {
  const rows = await tx.rows<Earlier & { id: string }>(
    `SELECT intercept_id AS id, CAST(MAX(seq) AS SIGNED) AS seq, CAST(SUM(kind = 'send'
       AND outcome NOT IN ('not_sent', 'not_yet')) AS SIGNED) AS sends FROM attempt WHERE intercept_id IN (?)
     GROUP BY intercept_id`,
    [interceptIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

interface FinishedAttempt {
  readonly interceptId: string;
  readonly seq: number;
  readonly record: AttemptRecord;
}

/** How attempts ended, one of each intercept; one that was settled meanwhile stays as it is. */
export async function finishAttempts(tx: Sql, ended: readonly FinishedAttempt[], now: Date): Promise<void> {
  if (ended.length === 0) return;
  const by = (value: (one: FinishedAttempt) => SqlValue) =>
    each(
      'intercept_id',
      ended.map((one) => [one.interceptId, value(one)]),
    );
  const outcome = by(({ record }) => record.outcome);
  const rawCode = by(({ record }) => record.rawCode?.slice(0, 64) ?? null);
  const rawText = by(({ record }) => record.rawText?.slice(0, 500) ?? null);
  const httpStatus = by(({ record }) => record.httpStatus);
  const exchange = by(({ record }) => record.exchange);
  const seq = by((one) => one.seq);
  await tx.run(
    `UPDATE attempt SET finished_at = ?, raw_code = ${rawCode.sql}, raw_text = ${rawText.sql},
       http_status = ${httpStatus.sql}, exchange = ${exchange.sql}, outcome = ${outcome.sql}
     WHERE intercept_id IN (?) AND seq = ${seq.sql} AND (outcome IS NULL OR outcome = 'unknown')`,
    [
      now,
      ...[rawCode, rawText, httpStatus, exchange, outcome].flatMap((piece) => piece.values),
      ended.map((one) => one.interceptId),
      ...seq.values,
    ],
  );
}

/** Records a call that is no claim: a status query, a cancel. */
export async function recordCall(
  tx: Sql,
  row: Intercept,
  kind: Exclude<AttemptKind, 'send'>,
  record: AttemptRecord,
  startedAt: Date,
  now: Date,
): Promise<void> {
  const seq = ((await attemptsBefore(tx, [row.id])).get(row.id)?.seq ?? 0) + 1;
  await tx.run(
    'INSERT INTO attempt (intercept_id, seq, kind, epoch, request_id, started_at) VALUES (?, ?, ?, ?, ?, ?)',
    [row.id, seq, kind, row.epoch, row.requestId, startedAt],
  );
  await finishAttempts(tx, [{ interceptId: row.id, seq, record }], now);
}

/** The answer of a lost send became known: its attempt is settled, which frees the one place for an unresolved send. */
export async function settleLostSend(
  tx: Sql,
  interceptId: string,
  outcome: 'accepted' | 'refused' | 'absent',
): Promise<void> {
  await tx.run(`UPDATE attempt SET outcome = ? WHERE intercept_id = ? AND kind = 'send' AND outcome = 'unknown'`, [
    outcome,
    interceptId,
  ]);
}
