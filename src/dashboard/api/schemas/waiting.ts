import { z } from 'zod';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { ALL_PERSON_STEPS } from '../../../domain/intercept/person-steps.js';
import { TEXT, TIME } from './fields.js';

export const WAITING = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: 'a kind of task; `review`, `unknown`: a row that no task stands for' }),
    kindText: TEXT,
    taskId: z.string().nullable(),
    interceptId: z.string(),
    shopId: z.string(),
    carrier: z.string(),
    waybillNo: z.string(),
    state: z.enum(INTERCEPT_STATES),
    version: z.int(),
    reason: z.string(),
    reasonText: TEXT,
    nextStep: TEXT,
    phoneScript: TEXT.nullable(),
    steps: z
      .array(z.enum(ALL_PERSON_STEPS))
      .meta({ description: 'what is worth offering in its state, the safest first' }),
    owner: z.string(),
    dueAt: TIME,
    since: TIME,
    deadlineAt: TIME,
  })
  .meta({ id: 'Waiting' });

/** One page, and how much there is in all for the same filter. */
export const WAITING_PAGE = z
  .object({
    items: z.array(WAITING),
    nextCursor: z.string().nullable(),
    total: z.int(),
    overdue: z.int(),
    kinds: z.record(z.string(), z.int()),
    owners: z.record(z.string(), z.int()).meta({ description: 'by owner; the empty name is nobody' }),
  })
  .meta({ id: 'WaitingPage' });

const COUNTS = z.record(z.string(), z.int());

export const DIGEST = z
  .object({
    since: TIME,
    until: TIME,
    cameIn: z.object({ intercepts: z.int(), byState: COUNTS, tasks: COUNTS }),
    done: z.object({
      reached: COUNTS,
      steps: z.array(z.object({ actor: z.string(), event: z.string(), n: z.int() })),
      tasks: z.array(z.object({ actor: z.string(), n: z.int() })),
    }),
    open: z.object({
      total: z.int(),
      overdue: z.int(),
      byKind: COUNTS,
      dueWithinHour: z.int(),
      first: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          interceptId: z.string(),
          waybillNo: z.string(),
          reason: z.string(),
          reasonText: TEXT,
          dueAt: TIME,
        }),
      ),
    }),
    text: TEXT.meta({ description: 'the same in words, to paste into a chat; nobody’s phone or address' }),
  })
  .meta({ id: 'Digest' });

export const TASKS_DONE = z
  .object({
    done: z.int(),
    items: z.array(
      z.object({
        id: z.string(),
        result: z.enum(['done', 'before', 'not_found']),
        by: z.string().nullable().meta({ description: '`before`: who was first; null: its condition went away' }),
        at: TIME.nullable(),
      }),
    ),
  })
  .meta({ id: 'TasksDone' });

export type WaitingAnswer = z.output<typeof WAITING>;
export type WaitingPageAnswer = z.output<typeof WAITING_PAGE>;
export type DigestAnswer = z.output<typeof DIGEST>;
export type TasksDoneAnswer = z.output<typeof TASKS_DONE>;
