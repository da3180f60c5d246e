import type { Sql } from '../domain/store/database.js';
import { shopIds } from '../domain/store/settings-store.js';
import { type Io, noteLine } from './io.js';

/** A shop may be limited to before it is applied, but a slip of the pen would hide everything: it is said. */
export async function warnUnknownShops(io: Io, sql: Sql, shops: readonly string[] | null): Promise<void> {
  if (shops === null) return;
  const known = await shopIds(sql);
  const unknown = shops.filter((shop) => !known.includes(shop));
  if (unknown.length === 0) return;
  noteLine(io, {
    zh: `注意：还没有店铺 ${unknown.join(', ')}，请确认拼写，或稍后用 jiejian apply 添加。`,
    en: `Note: there is no shop ${unknown.join(', ')} yet. Check the spelling, or add it with jiejian apply.`,
  });
}
