import type { Whose } from '../tasks/whose.js';
import type { Sql } from './database.js';
import type { Where } from './where.js';

/** Whom the seller's own system names (`ownerRef`), else whom the shop does (`taskOwner`), else nobody: the empty name. */
const OWNER = `COALESCE(NULLIF(JSON_UNQUOTE(JSON_EXTRACT(a.facts, '$.ownerRef.value')), 'null'),
  NULLIF(JSON_UNQUOTE(JSON_EXTRACT(s.body, '$.taskOwner')), 'null'), '')`;
const LINKED = `FROM parcel_after_sale l JOIN after_sale a ON a.id = l.after_sale_id LEFT JOIN shop s ON s.id = a.shop_id
  WHERE l.dropped_at IS NULL`;

/** Whose a parcel's tasks are, of each after-sale in it (R78). Never none. */
export async function taskOwners(sql: Sql, parcelId: string): Promise<readonly string[]> {
  const rows = await sql.rows<{ owner: string }>(`SELECT DISTINCT ${OWNER} AS owner ${LINKED} AND l.parcel_id = ?`, [
    parcelId,
  ]);
  return rows.length === 0 ? [''] : rows.map(({ owner }) => owner);
}

/** Adds: `intercept i` holds goods of theirs. Somebody else's may be in the same parcel. */
export function andParcelsOf(where: Where, whose: Whose | null): Where {
  if (whose === null) return where;
  return whose.but
    ? where.and(`EXISTS (SELECT 1 ${LINKED} AND l.parcel_id = i.parcel_id AND ${OWNER} NOT IN (?))`, whose.owners)
    : where.and(`EXISTS (SELECT 1 ${LINKED} AND l.parcel_id = i.parcel_id AND ${OWNER} IN (?))`, whose.owners);
}

/** Adds: task `k` is theirs. */
export function andTasksOf(where: Where, whose: Whose | null): Where {
  if (whose === null) return where;
  return where.and(whose.but ? 'k.owner NOT IN (?)' : 'k.owner IN (?)', whose.owners);
}
