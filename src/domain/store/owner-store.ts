import type { Sql } from './database.js';

/**
 * Whose a parcel's tasks are: of each after-sale in it whom the seller's own system names (`ownerRef`), else whom its shop
 * does (`taskOwner`), else nobody in particular, which is the empty name (R78). Never none.
 */
export async function taskOwners(sql: Sql, parcelId: string): Promise<readonly string[]> {
  const rows = await sql.rows<{ owner: string }>(
    `SELECT DISTINCT COALESCE(NULLIF(JSON_UNQUOTE(JSON_EXTRACT(a.facts, '$.ownerRef.value')), 'null'),
       NULLIF(JSON_UNQUOTE(JSON_EXTRACT(s.body, '$.taskOwner')), 'null'), '') AS owner
     FROM parcel_after_sale l JOIN after_sale a ON a.id = l.after_sale_id LEFT JOIN shop s ON s.id = a.shop_id
     WHERE l.parcel_id = ? AND l.dropped_at IS NULL`,
    [parcelId],
  );
  return rows.length === 0 ? [''] : rows.map(({ owner }) => owner);
}
