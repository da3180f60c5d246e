import type { ParcelPhase } from '../../../domain/tracking/sighting.js';

interface ScanRow {
  readonly zh: string;
  readonly phase: ParcelPhase;
}

/**
 * The courier's words for a scan. A word that nobody explained has no row and is `unknown`, which blocks (R70).
 * TODO: the courier's list, like `GOT: { zh: '已揽收', phase: 'picked_up' }`.
 */
export const SCANS: Readonly<Record<string, ScanRow>> = {};
