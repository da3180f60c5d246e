import type { Intercept } from '../intercept/intercept.js';
import { afterSalesOf, lockAfterSale } from './after-sale-store.js';
import { insertMissing } from './collision.js';
import type { Sql } from './database.js';
import type { JudgeEnv } from './judgement.js';
import { linkParcel } from './parcel-link-store.js';
import { findParcel, lockParcel, type ParcelRow, wordsOf } from './parcel-store.js';
import { identify } from './request-store.js';

/** Scans and contents that were told about the old row are true of the parcel, whatever its courier is called. */
async function copyKnowledge(tx: Sql, from: ParcelRow, to: string, now: Date): Promise<void> {
  await insertMissing(() =>
    tx.run(
      `INSERT INTO sighting (parcel_id, at, seen_at, phase, raw_code, text, place, source)
       SELECT ?, s.at, s.seen_at, s.phase, s.raw_code, s.text, s.place, s.source FROM sighting s
       LEFT JOIN sighting n ON n.parcel_id = ? AND n.at = s.at AND n.phase = s.phase
       WHERE s.parcel_id = ? AND n.id IS NULL`,
      [to, to, from.id],
    ),
  );
  await tx.run(
    `UPDATE parcel n JOIN parcel o ON o.id = ? SET n.contents = COALESCE(n.contents, o.contents),
       n.contents_at = COALESCE(n.contents_at, o.contents_at), n.value_fen = COALESCE(n.value_fen, o.value_fen), n.judge_at = ?
     WHERE n.id = ?`,
    [from.id, now, to],
  );
}

async function isLinked(tx: Sql, parcelId: string, afterSaleId: string): Promise<boolean> {
  const found = await tx.rows(
    'SELECT 1 FROM parcel_after_sale WHERE parcel_id = ? AND after_sale_id = ? AND dropped_at IS NULL',
    [parcelId, afterSaleId],
  );
  return found.length > 0;
}

/**
 * A parcel whose courier was not mapped keeps the platform's words for it. If an alias maps them now, its after-sales
 * are linked to the parcel of that courier and number; the old row keeps them as travelled elsewhere (R65, R66).
 * Locks after-sales, then the parcel. Returns the parcel to judge: the new one, or the same one if nothing maps it.
 */
export async function remapParcel(
  tx: Sql,
  env: JudgeEnv,
  row: Pick<Intercept, 'parcelId'>,
  now: Date,
): Promise<string> {
  const unmapped = await tx.rows('SELECT 1 FROM parcel WHERE id = ? AND mapped = 0', [row.parcelId]);
  if (unmapped.length === 0) return row.parcelId;
  const linked = (await afterSalesOf(tx, [row.parcelId])).get(row.parcelId) ?? [];
  for (const a of [...linked].sort((x, y) => x.id.localeCompare(y.id))) await lockAfterSale(tx, a, now);
  const old = await lockParcel(tx, row.parcelId);
  if (!old) return row.parcelId;
  let target = row.parcelId;
  for (const a of linked) {
    const shop = env.settings.shops.get(a.shopId);
    if (!shop) continue;
    const who = identify(env, shop, { ...wordsOf(old.rawCarrier, a.origin), waybillNo: old.waybillNo });
    if (!who.mapped) continue;
    if (a.droppedAt !== null) {
      // Linked anew by an earlier replay, or travelling elsewhere for good (R65).
      const known = await findParcel(tx, who.carrier, who.waybillNo);
      if (known && (await isLinked(tx, known.id, a.id))) target = known.id;
      continue;
    }
    const link = { ...who, afterSaleId: a.id, valueFen: a.valueFen };
    const { parcelId } = await linkParcel(tx, link, now);
    await copyKnowledge(tx, old, parcelId, now);
    await tx.run('UPDATE parcel_after_sale SET dropped_at = ? WHERE parcel_id = ? AND after_sale_id = ?', [
      now,
      old.id,
      a.id,
    ]);
    target = parcelId;
  }
  return target;
}
