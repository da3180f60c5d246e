import { PARCEL_PHASES, type ParcelPhase, type Sighting } from './sighting.js';

/**
 * What the scans together say of a parcel:
 * `unseen` nobody has scanned it · `moving` it may still be stopped · `at_branch`, `out_for_delivery` too late for most ·
 * `delivered` · `returning`, `returned` it is on its way back or back · `lost` · `unclear` the newest scan is unknown to us.
 */
export const WHEREABOUTS = [
  'unseen',
  'moving',
  'at_branch',
  'out_for_delivery',
  'delivered',
  'returning',
  'returned',
  'lost',
  'unclear',
] as const;
export type Whereabouts = (typeof WHEREABOUTS)[number];

const OF_PHASE: Record<ParcelPhase, Whereabouts> = {
  announced: 'unseen',
  picked_up: 'moving',
  moving: 'moving',
  at_branch: 'at_branch',
  out_for_delivery: 'out_for_delivery',
  delivered: 'delivered',
  returning: 'returning',
  returned: 'returned',
  lost: 'lost',
  unknown: 'unclear',
};

/**
 * The verdict over all scans, in whatever order they arrived.
 * A return scan wins over every later "out for delivery" and "signed": signed after a return scan is `returned` (R68).
 */
export function whereaboutsOf(sightings: readonly Pick<Sighting, 'at' | 'phase'>[]): Whereabouts {
  // A label printed again says nothing of where the parcel is, once somebody has seen it (R70). Scans of one moment are
  // taken in the order of a parcel's life: couriers' clocks have seconds, some only minutes.
  const rank = (s: Pick<Sighting, 'phase'>) => PARCEL_PHASES.indexOf(s.phase);
  const byTime = sightings
    .filter((s) => s.phase !== 'announced')
    .sort((a, b) => a.at.getTime() - b.at.getTime() || rank(a) - rank(b));
  const firstReturn = byTime.find((s) => s.phase === 'returning' || s.phase === 'returned');
  if (firstReturn) {
    const back = byTime.some(
      (s) => s.phase === 'returned' || (s.phase === 'delivered' && s.at.getTime() >= firstReturn.at.getTime()),
    );
    return back ? 'returned' : 'returning';
  }
  const newest = byTime.at(-1);
  return newest ? OF_PHASE[newest.phase] : 'unseen';
}

/** When the parcel was first really scanned by the courier: the start of the forecast (design.md "Two clocks"). */
export function firstScanAt(sightings: readonly Pick<Sighting, 'at' | 'phase'>[]): Date | null {
  const scans = sightings.filter((s) => s.phase !== 'announced').map((s) => s.at.getTime());
  return scans.length > 0 ? new Date(Math.min(...scans)) : null;
}
