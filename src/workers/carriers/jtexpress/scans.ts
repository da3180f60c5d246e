import type { ParcelPhase } from '../../../domain/tracking/sighting.js';
import { lookUp } from '../look-up.js';

interface ScanRow {
  readonly zh: string;
  readonly phase: ParcelPhase;
}

/** The nodes of J&T's track by their number. */
export const SCAN_NODES: Readonly<Record<string, ScanRow>> = {
  '1': { zh: '快件揽收', phase: 'picked_up' },
  // No longer in use.
  '2': { zh: '入仓', phase: 'unknown' },
  '3': { zh: '发件', phase: 'moving' },
  // A hub or the last branch, not said: it may still be stopped, and J&T answers if not.
  '4': { zh: '到件', phase: 'moving' },
  // Out of or into which house, nobody explains.
  '5': { zh: '出仓', phase: 'unknown' },
  '6': { zh: '入库', phase: 'unknown' },
  // With an agent, not yet with the buyer: past stopping, not delivered.
  '7': { zh: '代理点收入', phase: 'out_for_delivery' },
  // Taken out by the buyer or by the messenger: not said.
  '8': { zh: '快件取出', phase: 'unknown' },
  '9': { zh: '出库(派件)', phase: 'out_for_delivery' },
  '10': { zh: '快件签收', phase: 'delivered' },
  '11': { zh: '问题件', phase: 'unknown' },
  '12': { zh: '安检', phase: 'moving' },
  '13': { zh: '其他', phase: 'unknown' },
  '14': { zh: '退件扫描', phase: 'returning' },
};

/** Whether `scanType` holds the number or the name is not said: both are read. */
const BY_NAME: Readonly<Record<string, ScanRow>> = Object.fromEntries(
  Object.values(SCAN_NODES).map((row) => [row.zh, row]),
);

/** Where a parcel is after a scan: by our table, then by what the account says of words that are in none. */
export function phaseOf(scanType: string, taught: Readonly<Record<string, ParcelPhase>>): ParcelPhase {
  const row = lookUp(SCAN_NODES, scanType) ?? lookUp(BY_NAME, scanType);
  return row?.phase ?? lookUp(taught, scanType) ?? 'unknown';
}

/**
 * What an account may say of a value of `interceptResult`. J&T cannot be asked what became of an order, so that what is
 * taught here is believed: `stopped` and `returning` book the fee, `failed` ends the intercept. `returning` is recorded
 * as a return scan too.
 */
export const RESULT_MEANINGS = ['pending', 'stopped', 'returning', 'failed', 'cancelled'] as const;
