import { z } from 'zod';
import { REPLAY_CLASSES } from '../../../domain/replay/classify.js';
import { absentable, OWN_ID, TIME } from './fields.js';
import { INTERCEPT_FILTER } from './intercept-filter.js';

/** More than a page of ids is a filter. */
const MOST_IDS = 5_000;

const FILTER = z.strictObject({
  ids: absentable(z.array(z.string().regex(/^[0-9a-z]{26}$/)).max(MOST_IDS)),
  state: absentable(INTERCEPT_FILTER.shape.state.unwrap()),
  carrier: absentable(INTERCEPT_FILTER.shape.carrier.unwrap()),
  shopId: absentable(OWN_ID),
  reason: absentable(INTERCEPT_FILTER.shape.reason.unwrap()),
  since: absentable(INTERCEPT_FILTER.shape.since.unwrap()),
  until: absentable(INTERCEPT_FILTER.shape.until.unwrap()),
});

/** Body of `POST /api/v1/replays` (contract section 6). */
export const REPLAY_ORDER = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    filter: FILTER,
    dryRun: z.boolean().default(false).meta({ description: 'true: only say what it would come to' }),
  })
  .meta({ id: 'ReplayOrder' });

/** Its answer, and the head of every replay. */
export const REPLAY_PREVIEW = z
  .object({
    id: z.string(),
    total: z.int(),
    preview: z.record(z.enum(REPLAY_CLASSES), z.int()),
    feeEstimateFen: z.int().meta({ description: 'if every intercept that will be sent succeeds' }),
  })
  .meta({ id: 'ReplayPreview' });

export const REPLAY = REPLAY_PREVIEW.extend({
  name: z.string(),
  actor: z.string(),
  state: z.enum(['previewed', 'running', 'done', 'aborted']),
  toDo: z.int().meta({ description: 'intercepts it lets go; the rest of `total` is left alone' }),
  done: z.int().meta({ description: 'of these, how many have an outcome' }),
  failed: z.int(),
  outcomes: z.record(z.string(), z.int()).meta({
    description:
      'done by outcome: released, waiting, ended, unchanged, superseded, failed, or the class for which it was left alone',
  }),
  createdAt: TIME,
  finishedAt: TIME.nullable(),
}).meta({ id: 'Replay' });

export type ReplayAnswer = z.output<typeof REPLAY>;
