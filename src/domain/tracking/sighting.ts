/**
 * Where a parcel was seen. The order of the phases is the order of a parcel's life;
 * `unknown` is what we say of a scan nobody has explained to us: it blocks, it never passes for "moving" (R70).
 */
export const PARCEL_PHASES = [
  'announced',
  'picked_up',
  'moving',
  'at_branch',
  'out_for_delivery',
  'delivered',
  'returning',
  'returned',
  'lost',
  'unknown',
] as const;
export type ParcelPhase = (typeof PARCEL_PHASES)[number];

export type SightingSource = 'push' | 'poll' | 'platform' | 'request' | 'person';

/** One scan. `at` is when the courier saw the parcel, `seenAt` when we learnt of it. */
export interface Sighting {
  readonly at: Date;
  readonly phase: ParcelPhase;
  readonly rawCode: string;
  readonly text: string;
  readonly place: string | null;
  readonly source: SightingSource;
}

/** What one look at the track gave (R67): only `empty` says "no trace"; `failed` and `not_asked` say nothing. */
export type LookResult = 'found' | 'empty' | 'failed' | 'not_asked';
