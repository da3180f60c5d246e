import { z } from 'zod';
import { ALL_PERSON_STEPS, RESOLUTIONS } from '../../../domain/intercept/person-steps.js';
import { absentable, because, FEN, MOMENT, OWN_ID } from './fields.js';
import { INTERCEPT_MATCH } from './intercept-filter.js';

/** More in one body is a mistake; what one call really carries out is less, and said in words. */
const MOST_LISTED = 5_000;
const ID = z.string().regex(/^[0-9a-z]{26}$/);

const ORDER = {
  step: z.enum(ALL_PERSON_STEPS),
  outcome: absentable(z.enum(RESOLUTIONS)).meta({ description: 'with the step `resolve`: what is the case' }),
};

const NO_OUTCOME = { zh: '“resolve” 需要 outcome，其他步骤没有', en: 'is asked for by `resolve` and by no other step' };
const outcomeFits = ({ step, outcome }: { step: string; outcome?: string | undefined }) =>
  (step === 'resolve') === (outcome !== undefined);
const OUTCOME_FITS = { path: ['outcome'], ...because(NO_OUTCOME) };

const FILTER = z.strictObject({
  q: absentable(INTERCEPT_MATCH.q.unwrap()),
  state: absentable(INTERCEPT_MATCH.state.unwrap()),
  carrier: absentable(INTERCEPT_MATCH.carrier.unwrap()),
  shopId: absentable(OWN_ID),
  platform: absentable(OWN_ID),
  reason: absentable(INTERCEPT_MATCH.reason.unwrap()),
  minValueFen: absentable(FEN),
  maxValueFen: absentable(FEN),
  since: absentable(MOMENT),
  until: absentable(MOMENT),
  ids: absentable(z.array(ID).min(1).max(MOST_LISTED)),
});

/** Body of `POST /api/v1/bulk-steps/preview`: on which rows, by filter or by id. */
export const BULK_PREVIEW_ORDER = z
  .strictObject({ ...ORDER, filter: FILTER })
  .refine(outcomeFits, OUTCOME_FITS)
  .meta({ id: 'BulkPreviewOrder' });

/** Body of `POST /api/v1/bulk-steps`: exactly these rows, at the versions that the preview showed. */
export const BULK_ORDER = z
  .strictObject({
    ...ORDER,
    rows: z
      .array(z.strictObject({ id: ID, version: absentable(z.int().min(1)) }))
      .min(1)
      .max(MOST_LISTED),
    note: z.string().trim().min(1).max(2_000).meta({ description: 'why; kept in the audit' }),
    evidence: absentable(z.string().trim().max(2_000)),
  })
  .refine(outcomeFits, OUTCOME_FITS)
  .meta({ id: 'BulkOrder' });
