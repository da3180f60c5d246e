import type { Sighting } from '../tracking/sighting.js';
import type { Sql } from './database.js';
import { addSightings } from './parcel-store.js';
import { type OrderWord, takeWords } from './take-words.js';

/** A courier's push about one parcel, understood. */
export interface ScanMessage {
  readonly kind: 'scan';
  /** Its courier; several where the service that tells it does not say which of those it fronts (only one may fit). */
  readonly carriers: readonly string[];
  readonly waybillNo: string;
  readonly sightings: readonly Sighting[];
  /** What the push says of the order itself. */
  readonly order: Omit<OrderWord, 'parcelId'> | null;
}

/**
 * Takes in a page's pushes with a few statements for all of them. A push about a parcel nobody asked about is none of our
 * business. Returns the parcels to judge.
 */
export async function takeScans(tx: Sql, messages: readonly ScanMessage[], now: Date): Promise<string[]> {
  const parcels = await findParcels(tx, messages);
  const idOf = (m: ScanMessage) => {
    const fits = m.carriers.flatMap((carrier) => parcels.get(`${carrier}\n${m.waybillNo}`) ?? []);
    return fits.length === 1 ? fits[0] : undefined;
  };
  const ids = [...new Set(messages.map(idOf).filter((id) => id !== undefined))].sort();
  if (ids.length === 0) return [];
  const scans = messages.flatMap((m) => {
    const parcelId = idOf(m);
    return parcelId === undefined ? [] : m.sightings.map((sighting) => ({ parcelId, sighting }));
  });
  const added = await addSightings(tx, scans, now, now);
  const told = messages.flatMap((m) => {
    const parcelId = idOf(m);
    return m.order === null || parcelId === undefined ? [] : [{ parcelId, ...m.order }];
  });
  const moved = await takeWords(tx, told, now);
  return [...new Set([...added.map((a) => a.parcelId), ...moved])];
}

async function findParcels(tx: Sql, messages: readonly ScanMessage[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const carrier of [...new Set(messages.flatMap((m) => m.carriers))].sort()) {
    const numbers = messages.filter((m) => m.carriers.includes(carrier)).map((m) => m.waybillNo);
    const rows = await tx.rows<{ id: string; waybillNo: string }>(
      'SELECT id, waybill_no AS waybillNo FROM parcel WHERE carrier = ? AND waybill_no IN (?)',
      [carrier, numbers],
    );
    for (const row of rows) found.set(`${carrier}\n${row.waybillNo}`, row.id);
  }
  return found;
}
