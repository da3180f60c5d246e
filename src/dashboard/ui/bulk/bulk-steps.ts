import type { PersonStep, Resolution } from '../../../domain/intercept/person-steps.js';

interface BulkStep {
  readonly step: PersonStep;
  readonly outcome?: Resolution;
  readonly danger: boolean;
  /** Does it send, so that fees may follow? */
  readonly sends: boolean;
}

/** What can be done with many intercepts at once, as calls of `POST /api/v1/bulk-steps`. */
export const BULK_STEPS = {
  withdraw: { step: 'withdraw', danger: true, sends: false },
  retry: { step: 'retry', danger: false, sends: true },
  ask: { step: 'ask', danger: false, sends: false },
  asked_outside: { step: 'resolve', outcome: 'asked_outside', danger: false, sends: false },
  give_up: { step: 'resolve', outcome: 'give_up', danger: true, sends: false },
} as const satisfies Record<string, BulkStep>;

export type BulkName = keyof typeof BULK_STEPS;
export const BULK_NAMES = Object.keys(BULK_STEPS) as BulkName[];

/** The part of a body that says which step. */
export function stepOf(name: BulkName): { readonly step: PersonStep; readonly outcome?: Resolution } {
  const row: BulkStep = BULK_STEPS[name];
  return { step: row.step, ...(row.outcome === undefined ? {} : { outcome: row.outcome }) };
}

/** Which intercepts: those ticked, or all that the filters match. */
export type Target = { readonly ids: readonly string[] } | { readonly match: Readonly<Record<string, string>> };

/** The target as the API's filter; amounts are numbers there. */
export function filterOf(target: Target): object {
  if ('ids' in target) return { ids: target.ids };
  const { minValueFen, maxValueFen, ...rest } = target.match;
  return {
    ...rest,
    ...(minValueFen === undefined ? {} : { minValueFen: Number(minValueFen) }),
    ...(maxValueFen === undefined ? {} : { maxValueFen: Number(maxValueFen) }),
  };
}
