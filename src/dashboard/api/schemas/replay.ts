import { z } from 'zod';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { REPLAY_CLASSES } from '../../../domain/replay/classify.js';
import { TEXT, TIME } from './fields.js';

/** What a replay comes to: the answer of its preview, and the head of every replay. */
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
  perSecond: z.int().nullable(),
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

export const REPLAY_ITEM = z
  .object({
    seq: z.int(),
    interceptId: z.string(),
    carrier: z.string(),
    waybillNo: z.string(),
    outcome: z.string().nullable().meta({ description: 'null: it waits for its turn' }),
    reason: z.string().nullable().meta({ description: 'of the row as it was then, or why the step was refused' }),
    reasonText: TEXT.nullable(),
    resultId: z.string().nullable().meta({ description: 'the intercept that stands for the parcel' }),
    state: z.enum(INTERCEPT_STATES).meta({ description: 'where that one is now' }),
    doneAt: TIME.nullable(),
  })
  .meta({ id: 'ReplayItem' });

export type ReplayItemAnswer = z.output<typeof REPLAY_ITEM>;
export type ReplayAnswer = z.output<typeof REPLAY>;
export type ReplayPreviewAnswer = z.output<typeof REPLAY_PREVIEW>;
