import type { InterceptDetailAnswer } from '../http/answers.js';

type Of<K extends 'transitions' | 'attempts' | 'sightings' | 'fees'> = InterceptDetailAnswer[K][number];

/** One thing that happened, whichever list it came from. */
export type Entry =
  | { readonly kind: 'transition'; readonly key: string; readonly at: string; readonly of: Of<'transitions'> }
  | { readonly kind: 'attempt'; readonly key: string; readonly at: string; readonly of: Of<'attempts'> }
  | { readonly kind: 'sighting'; readonly key: string; readonly at: string; readonly of: Of<'sightings'> }
  | { readonly kind: 'fee'; readonly key: string; readonly at: string; readonly of: Of<'fees'> };

/** At the same moment the call comes before the step it caused, and the step before its fee. */
const ORDER = { sighting: 0, attempt: 1, transition: 2, fee: 3 } as const satisfies Record<Entry['kind'], number>;

/** Steps, calls to the courier, scans and fees as one story, the newest first. */
export function timelineOf(detail: InterceptDetailAnswer): Entry[] {
  const entries: Entry[] = [
    ...detail.transitions.map((of) => ({ kind: 'transition' as const, key: `t${of.version}`, at: of.at, of })),
    ...detail.attempts.map((of) => ({ kind: 'attempt' as const, key: `a${of.seq}`, at: of.startedAt, of })),
    ...detail.sightings.map((of, index) => ({ kind: 'sighting' as const, key: `s${index} ${of.at}`, at: of.at, of })),
    ...detail.fees.map((of) => ({ kind: 'fee' as const, key: `f${of.id}`, at: of.postedAt, of })),
  ];
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || ORDER[b.kind] - ORDER[a.kind]);
}
