import { currentFacts } from '../aftersale/merge.js';
import { laneIdOf } from '../ids.js';
import type { DecidedStep, Decision } from '../intercept/decide.js';
import type { Intercept } from '../intercept/intercept.js';
import type { Judgement } from '../intercept/judge.js';
import { step } from '../intercept/machine.js';
import { askedFor } from '../refund/asked.js';
import type { CaseFacts, JudgeEnv } from './case-store.js';
import type { Sql } from './database.js';
import { assignEach, each } from './each.js';
import { type Changes, moveAll } from './intercept-store.js';
import { askOnce, closeQuestions } from './task-store.js';

/** The decision as it is kept with the row: inputs and every rule that failed, so that it can be explained and replayed. */
export function kept(facts: CaseFacts, judgement: Judgement): string {
  return JSON.stringify({
    failed: judgement.failed,
    inputs: facts.eligibility,
    asked: Object.fromEntries(facts.linked.map(({ id, facts: of }) => [id, askedFor(currentFacts(of))])),
    permission: facts.permission,
    deadline: facts.deadline,
    conditions: facts.conditions,
    policy: { id: facts.policy.id, version: facts.policy.version },
  });
}

/** What was decided about a row that is there. */
export interface Decided {
  readonly facts: CaseFacts;
  readonly row: Intercept;
  readonly decision: Exclude<Decision, { readonly do: 'open' }>;
}

/**
 * Carries decisions about different rows out, in the caller's transaction: what they have in common shares its statements.
 * Returns the rows as they are now, in no order.
 */
export async function carryOut(
  tx: Sql,
  { mayGoStraight }: Pick<JudgeEnv, 'mayGoStraight'>,
  decided: readonly Decided[],
  actor: string,
  now: Date,
): Promise<readonly Intercept[]> {
  // A question stays as it is while the courier is asked to let the parcel go.
  const answered = decided.filter(({ decision }) => decision.do !== 'ask_cancel');
  await closeQuestions(
    tx,
    answered.map(({ row, decision }) => ({ row, except: decision.do === 'ask_person' ? decision.reason : null })),
    now,
  );
  const rows: Intercept[] = [];
  for (const { row, decision } of decided) {
    if (decision.do === 'ask_cancel') rows.push(await askCancel(tx, row, decision.reason, now));
    if (decision.do === 'call_off_cancel') rows.push(await callOffCancel(tx, row, now));
    if (decision.do !== 'ask_person') continue;
    await askOnce(tx, row, decision.reason, now);
    rows.push(row);
  }
  const quiet = decided.filter(({ decision }) => decision.do === 'nothing');
  await noteReleases(tx, quiet);
  await renewProspects(tx, quiet);
  rows.push(...quiet.map(({ row }) => row));
  const stepping = decided.flatMap(({ facts, row, decision }): Stepping[] => {
    if (decision.do !== 'steps') return [];
    const { steps } = decision;
    const isStraight = becomesReady(row, steps) && goesStraight(facts, mayGoStraight);
    const marked = isStraight ? { dispatch: row.dispatch + 1, dispatched_at: now } : {};
    return [{ row, steps, changes: { ...changesOf(facts, decision.judgement), ...marked } }];
  });
  return [...rows, ...(await takeSteps(tx, stepping, actor, now))];
}

/** One step into the queue. */
function becomesReady(row: Intercept, [first, ...others]: readonly DecidedStep[]): boolean {
  if (first === undefined || others.length > 0) return false;
  const next = step(row.state, first.event);
  return next.ok && next.to === 'queued';
}

/** Has the row that these facts queue a place among those that go straight to Redis? */
export function goesStraight({ account, deadline }: CaseFacts, may: JudgeEnv['mayGoStraight']): boolean {
  return account !== null && (may?.(laneIdOf(account.carrier, account.id), deadline.at) ?? false);
}

async function askCancel(tx: Sql, row: Intercept, reason: string, now: Date): Promise<Intercept> {
  await tx.run('UPDATE intercept SET cancel_reason = ?, next_at = ?, updated_at = ? WHERE id = ? AND version = ?', [
    reason,
    now,
    now,
    row.id,
    row.version,
  ]);
  return row;
}

async function callOffCancel(tx: Sql, row: Intercept, now: Date): Promise<Intercept> {
  await tx.run('UPDATE intercept SET cancel_reason = NULL, updated_at = ? WHERE id = ? AND version = ?', [
    now,
    row.id,
    row.version,
  ]);
  return { ...row, cancelReason: null };
}

/** A person let it go again, and nothing else came of it. */
async function noteReleases(tx: Sql, quiet: readonly Decided[]): Promise<void> {
  for (const { facts, row } of quiet) {
    if (!facts.release) continue;
    await tx.run('UPDATE intercept SET released_by = ? WHERE id = ? AND version = ?', [
      facts.release.by,
      row.id,
      row.version,
    ]);
  }
}

/** What may change about a row that has not been sent, with no step and so no transition: its clock, its chance, its price. */
function prospects({ deadline, conditions }: CaseFacts) {
  return {
    deadline_at: deadline.at,
    deadline_source: deadline.source,
    stop_chance: conditions.chance,
    price_fen: conditions.feeFen,
  };
}

async function renewProspects(tx: Sql, quiet: readonly Decided[]): Promise<void> {
  const moved = quiet.filter(({ row, facts: { deadline, conditions } }) => {
    const asBefore =
      row.deadlineAt.getTime() === deadline.at.getTime() &&
      row.stopChance === conditions.chance &&
      row.priceFen === conditions.feeFen;
    return (row.state === 'held' || row.state === 'queued') && !asBefore;
  });
  if (moved.length === 0) return;
  const assigned = assignEach(
    'id',
    moved.map(({ row, facts }) => ({ id: row.id, columns: prospects(facts) })),
  );
  const version = each(
    'id',
    moved.map(({ row }) => [row.id, row.version]),
  );
  await tx.run(`UPDATE intercept SET ${assigned.sql} WHERE id IN (?) AND version = ${version.sql}`, [
    ...assigned.values,
    moved.map(({ row }) => row.id),
    ...version.values,
  ]);
}

/** What the steps of a judgement write beside the state; the road's steps write nothing. */
function changesOf(facts: CaseFacts, judgement: Judgement | null): Changes {
  if (judgement === null) return {};
  const { account, eligibility, release } = facts;
  return {
    ...prospects(facts),
    decision: kept(facts, judgement),
    value_fen: eligibility.parcel.valueFen,
    ...(release ? { released_by: release.by } : {}),
    ...(account ? { account_id: account.id, lane_id: laneIdOf(account.carrier, account.id) } : {}),
  };
}

interface Stepping {
  readonly row: Intercept;
  readonly steps: readonly DecidedStep[];
  readonly changes: Changes;
}

/** The first step of all, then the second of those that take two, and so on. */
async function takeSteps(
  tx: Sql,
  stepping: readonly Stepping[],
  actor: string,
  now: Date,
): Promise<readonly Intercept[]> {
  const rows = stepping.map(({ row }) => row);
  for (let n = 0; stepping.some(({ steps }) => n < steps.length); n += 1) {
    const wave = stepping.flatMap(({ steps, changes }, at) => {
      const [step, row] = [steps[n], rows[at]];
      return step && row ? [{ at, row, take: { ...step, actor }, changes }] : [];
    });
    for (const [k, row] of (await moveAll(tx, wave, now)).entries()) rows.splice(wave[k]?.at ?? rows.length, 1, row);
  }
  return rows;
}
