import type { StepEffect, StepRefusal } from '../intercept/person-steps.js';
import { type Database, DatabaseUnavailable } from './database.js';
import { INTERCEPT_FROM, type InterceptFilter, searched } from './intercept-reader.js';
import type { JudgeEnv } from './judgement.js';
import { lastStepOf, type StepOrder, type StepResult, takeStep } from './person-step.js';

/** One call carries out no more than this: more is a replay's work, which runs by itself and can be stopped. */
export const MOST_ROWS = 500;
/** Transactions at once: each waits for its own locks only, and the rest of the system needs connections too. */
const SIDE_BY_SIDE = 4;

/** A row that is meant, at the version that was looked at. */
export interface RowAtVersion {
  readonly id: string;
  readonly version: number | null;
}

interface RowHead {
  readonly id: string;
  readonly waybillNo: string;
}

export type RowOutcome = RowHead &
  (
    | {
        readonly result: 'done';
        readonly effect: StepEffect;
        /** The intercept that stands for the parcel now: a retry of what had ended opens a new round. */
        readonly resultId: string;
        readonly reason: string;
        /** What is due at once (the stop took), or if the send succeeds; fen, by the tariff when it was judged last. */
        readonly feeFen: number;
      }
    | { readonly result: 'refused'; readonly why: StepRefusal | 'not_found' }
    | { readonly result: 'failed'; readonly why: string }
  );

/** Of the rows that a filter or a list of ids means: how many there are, and the newest as far as one call reaches. */
export async function rowsMeant(
  db: Database,
  filter: InterceptFilter & { readonly ids?: readonly string[] | undefined },
): Promise<{ readonly total: number; readonly rows: readonly (RowHead & { readonly version: number })[] }> {
  const where = searched(filter);
  if (filter.ids) where.andIn('i.id', filter.ids);
  const counted = await db.rows<{ n: number }>(`SELECT COUNT(*) AS n ${INTERCEPT_FROM} ${where.sql}`, where.values);
  const rows = await db.rows<RowHead & { version: number }>(
    `SELECT i.id, i.waybill_no AS waybillNo, i.version ${INTERCEPT_FROM} ${where.sql} ORDER BY i.id DESC LIMIT ${MOST_ROWS}`,
    where.values,
  );
  return { total: counted[0]?.n ?? 0, rows };
}

function effectOf(order: StepOrder, { before, row }: Extract<StepResult, { ok: true }>): StepEffect {
  if (order.step === 'ask') return 'asked';
  const stays = row.id === before.id && row.version === before.version && row.cancelReason !== null;
  return order.step === 'withdraw' && stays ? 'cancel_asked' : row.state;
}

const CHARGED: ReadonlySet<StepEffect> = new Set<StepEffect>(['queued', 'intercepted']);

function outcomeOf(head: RowHead, order: StepOrder, result: StepResult): RowOutcome {
  const { id, waybillNo } = head;
  if (!result.ok) return { id, waybillNo, result: 'refused', why: result.why };
  const effect = effectOf(order, result);
  const { row } = result;
  const feeFen = CHARGED.has(effect) ? (row.priceFen ?? 0) : 0;
  return { id, waybillNo, result: 'done', effect, resultId: row.id, reason: row.reason, feeFen };
}

/** Carries the answer of a transaction that is undone. */
class Undone extends Error {
  constructor(readonly outcome: RowOutcome) {
    super('undone');
  }
}

/** Some at a time; the answers in the order of the rows. */
async function each<T>(rows: readonly T[], work: (row: T) => Promise<RowOutcome>): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = [];
  let at = 0;
  const next = async () => {
    for (let here = at++; here < rows.length; here = at++) {
      const row = rows[here];
      if (row !== undefined) outcomes[here] = await work(row);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
  return outcomes;
}

export type BulkOrder = Omit<StepOrder, 'id' | 'version'>;

/** What the step would do to each row: really taken, row by row, and undone. Changes nothing. */
export function rehearse(
  db: Database,
  env: JudgeEnv,
  order: BulkOrder,
  rows: readonly (RowHead & RowAtVersion)[],
  now: Date,
): Promise<RowOutcome[]> {
  return each(rows, async (head) => {
    const one = { ...order, id: head.id, version: head.version };
    try {
      return await db.transaction(async (tx): Promise<RowOutcome> => {
        throw new Undone(outcomeOf(head, one, await takeStep(tx, env, one, now)));
      });
    } catch (error) {
      if (error instanceof Undone) return error.outcome;
      throw error;
    }
  });
}

/**
 * Takes the step on each row in a transaction of its own: a row that is refused, or that breaks us, holds up nobody. Only
 * rows that `seen` lets through are touched. Repeated, it finds them done and says so.
 */
export function carryOutMany(
  db: Database,
  env: JudgeEnv,
  order: BulkOrder,
  rows: readonly (RowHead & RowAtVersion)[],
  now: Date,
): Promise<RowOutcome[]> {
  return each(rows, async (head) => {
    const one = { ...order, id: head.id, version: head.version };
    try {
      return outcomeOf(head, one, await db.transaction((tx) => takeStep(tx, env, one, now)));
    } catch (error) {
      if (error instanceof DatabaseUnavailable) throw error;
      const why = error instanceof Error ? error.name.slice(0, 48) : 'error';
      return { id: head.id, waybillNo: head.waybillNo, result: 'failed', why };
    }
  });
}

/** The last step of each refused row, so that the second of two people reads what the first did. */
export async function lastStepsOf(db: Database, outcomes: readonly RowOutcome[]) {
  const refused = outcomes.filter((o) => o.result === 'refused');
  const steps = await Promise.all(refused.map(async ({ id }) => [id, await lastStepOf(db, id)] as const));
  return new Map(steps);
}
