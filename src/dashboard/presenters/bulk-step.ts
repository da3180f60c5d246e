import { STEP_REFUSALS, type StepRefusal } from '../../domain/intercept/person-steps.js';
import type { RowOutcome } from '../../domain/store/bulk-step-store.js';
import type { TransitionView } from '../../domain/store/history-reader.js';
import type { BulkAnswer } from '../api/schemas/bulk-answer.js';
import { PROBLEMS } from '../problem.js';
import { presentLastStep } from './step.js';
import { reasonText } from './words.js';

function refusalText(why: StepRefusal | 'not_found') {
  const { zh, en } = why === 'not_found' ? PROBLEMS.not_found : STEP_REFUSALS[why];
  return { zh, en };
}

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** What a step on many rows came to, or would come to. */
export function presentBulk(
  outcomes: readonly RowOutcome[],
  versions: ReadonlyMap<string, number | null>,
  lastSteps: ReadonlyMap<string, TransitionView | null>,
): BulkAnswer {
  const rows = outcomes.map((row): BulkAnswer['rows'][number] => {
    const { id, waybillNo, result } = row;
    const none = { effect: null, resultId: null, reason: null, reasonText: null, why: null, whyText: null };
    const head = { id, waybillNo, version: versions.get(id) ?? null, result, ...none, lastStep: null };
    if (row.result === 'failed') return { ...head, why: row.why };
    if (row.result === 'refused') {
      const last = lastSteps.get(id);
      return { ...head, why: row.why, whyText: refusalText(row.why), lastStep: last ? presentLastStep(last) : null };
    }
    const { effect, resultId, reason } = row;
    return { ...head, effect, resultId, reason, reasonText: reasonText(reason) };
  });
  const count = (result: RowOutcome['result']) => rows.filter((row) => row.result === result).length;
  return {
    total: rows.length,
    done: count('done'),
    refused: count('refused'),
    failed: count('failed'),
    effects: tally(rows.flatMap(({ effect }) => effect ?? [])),
    refusals: tally(rows.flatMap(({ result, why }) => (result === 'refused' && why !== null ? [why] : []))),
    feeFen: outcomes.reduce((sum, row) => sum + (row.result === 'done' ? row.feeFen : 0), 0),
    rows,
  };
}
