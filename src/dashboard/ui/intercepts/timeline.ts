import type { StoryAnswer } from '../http/answers.js';

type Of<K extends 'transitions' | 'attempts' | 'sightings' | 'fees' | 'said' | 'tasks' | 'messages'> =
  StoryAnswer[K][number];

interface Told<K extends string, T> {
  readonly kind: K;
  readonly key: string;
  readonly at: string;
  readonly of: T;
}

/** One step of what was decided about the money. */
interface RefundEntryFacts {
  readonly step: StoryAnswer['refunds'][number]['steps'][number];
  readonly operation: StoryAnswer['refunds'][number]['operation'];
  readonly amountFen: number | null;
}

/** One thing that happened, whichever list it came from. A task is told twice: when it was opened, and when it ended. */
export type Entry =
  | Told<'transition', Of<'transitions'>>
  | Told<'attempt', Of<'attempts'>>
  | Told<'sighting', Of<'sightings'>>
  | Told<'fee', Of<'fees'>>
  | Told<'said', Of<'said'>>
  | Told<'task', Of<'tasks'> & { readonly end: boolean }>
  | Told<'refund', RefundEntryFacts>
  | Told<'message', Of<'messages'>>;

/** At the same moment the cause comes before what followed from it. */
const ORDER = {
  said: 0,
  sighting: 1,
  attempt: 2,
  transition: 3,
  fee: 4,
  refund: 5,
  task: 6,
  message: 7,
} as const satisfies Record<Entry['kind'], number>;

type Lists = Pick<
  StoryAnswer,
  'transitions' | 'attempts' | 'sightings' | 'fees' | 'said' | 'tasks' | 'messages' | 'refunds'
>;

/** What was said, steps, calls to the courier, scans, fees, tasks and messages as one story, the newest first. */
export function timelineOf(detail: Lists): Entry[] {
  const entries: Entry[] = [
    ...detail.said.map((of, index) => ({ kind: 'said' as const, key: `p${index} ${of.at}`, at: of.at, of })),
    ...detail.transitions.map((of) => ({ kind: 'transition' as const, key: `t${of.version}`, at: of.at, of })),
    ...detail.attempts.map((of) => ({ kind: 'attempt' as const, key: `a${of.seq}`, at: of.startedAt, of })),
    ...detail.sightings.map((of, index) => ({ kind: 'sighting' as const, key: `s${index} ${of.at}`, at: of.at, of })),
    ...detail.fees.map((of) => ({ kind: 'fee' as const, key: `f${of.id}`, at: of.postedAt, of })),
    ...detail.tasks.flatMap((task): Entry[] => [
      { kind: 'task', key: `k${task.id}`, at: task.createdAt, of: { ...task, end: false } },
      ...(task.closedAt === null
        ? []
        : [{ kind: 'task' as const, key: `e${task.id}`, at: task.closedAt, of: { ...task, end: true } }]),
    ]),
    ...detail.refunds.flatMap(({ id, steps, operation, amountFen }) =>
      steps.map(
        (step): Entry => ({
          kind: 'refund',
          key: `r${id} ${step.version}`,
          at: step.at,
          of: { step, operation, amountFen },
        }),
      ),
    ),
    ...detail.messages.map((of) => ({ kind: 'message' as const, key: `m${of.id}`, at: of.createdAt, of })),
  ];
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || ORDER[b.kind] - ORDER[a.kind]);
}
