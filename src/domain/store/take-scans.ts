import type { CarrierManifest, StatusAnswer } from '../carrier/port.js';
import type { Sighting } from '../tracking/sighting.js';
import type { Sql } from './database.js';
import { insertSightings, keyOfScan } from './parcel-store.js';
import { takeWords } from './take-words.js';

/** A courier's push about one parcel, understood. */
export interface ScanMessage {
  readonly kind: 'scan';
  readonly carrier: string;
  readonly waybillNo: string;
  readonly sightings: readonly Sighting[];
  /** What the push says of the order itself. */
  readonly order: { readonly answer: StatusAnswer; readonly manifest: CarrierManifest } | null;
}

/**
 * Takes in a page's pushes with a few statements for all of them. A push about a parcel nobody asked about is none of our
 * business. Returns the parcels to judge.
 */
export async function takeScans(tx: Sql, messages: readonly ScanMessage[], now: Date): Promise<string[]> {
  const parcels = await findParcels(tx, messages);
  const idOf = (m: ScanMessage) => parcels.get(`${m.carrier}\n${m.waybillNo}`);
  const ids = [...new Set(messages.map(idOf).filter((id) => id !== undefined))].sort();
  if (ids.length === 0) return [];
  const known = await tx.rows<{ parcelId: string } & Pick<Sighting, 'at' | 'phase'>>(
    'SELECT parcel_id AS parcelId, at, phase FROM sighting WHERE parcel_id IN (?)',
    [ids],
  );
  const keys = new Set(known.map((s) => `${s.parcelId}/${keyOfScan(s)}`));
  const fresh = messages.flatMap((m) => {
    const parcelId = idOf(m);
    return parcelId === undefined ? [] : m.sightings.map((s) => ({ parcelId, sighting: s }));
  });
  const added = fresh.filter(({ parcelId, sighting }) => !keys.has(`${parcelId}/${keyOfScan(sighting)}`));
  await insertSightings(tx, added, now);
  const told = messages.flatMap((m) => {
    const parcelId = idOf(m);
    return m.order === null || parcelId === undefined ? [] : [{ parcelId, ...m.order }];
  });
  const moved = await takeWords(tx, told, now);
  return [...new Set([...added.map((a) => a.parcelId), ...moved])];
}

async function findParcels(tx: Sql, messages: readonly ScanMessage[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const carrier of [...new Set(messages.map((m) => m.carrier))].sort()) {
    const numbers = messages.filter((m) => m.carrier === carrier).map((m) => m.waybillNo);
    const rows = await tx.rows<{ id: string; waybillNo: string }>(
      'SELECT id, waybill_no AS waybillNo FROM parcel WHERE carrier = ? AND waybill_no IN (?)',
      [carrier, numbers],
    );
    for (const row of rows) found.set(`${carrier}\n${row.waybillNo}`, row.id);
  }
  return found;
}
