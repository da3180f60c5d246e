interface OfShop {
  readonly shopId: string;
}

export interface Sharing<W> {
  /** Order among the rows of one shop, and of shops that have had equally much. */
  readonly compare: (a: W, b: W) => number;
  /** A shop of weight 2 gets twice the share of one of weight 1. */
  readonly weightOf: (shopId: string) => number;
  /** What each shop has had before; nothing by default. */
  readonly had?: ReadonlyMap<string, number>;
  /** Takes a row whose turn it is. false: it did not count, its shop is not a row further. */
  readonly take: (row: W) => boolean;
  /** Ends after so many rows that counted. */
  readonly atMost?: number;
}

/**
 * Goes through rows, in each shop by `compare`, shops in turns: next is always the shop that has had least for its
 * weight. A flood of one shop therefore delays the others by their number, not by the flood.
 * @param sorted rows already in the order of `compare`
 */
export function inTurn<W extends OfShop>(sorted: readonly W[], sharing: Sharing<W>): void {
  const atMost = sharing.atMost ?? Number.POSITIVE_INFINITY;
  const shops = new Map<string, { rows: W[]; at: number; had: number; weight: number }>();
  for (const row of sorted) {
    const shop = shops.get(row.shopId);
    if (shop) shop.rows.push(row);
    else {
      const had = sharing.had?.get(row.shopId) ?? 0;
      shops.set(row.shopId, { rows: [row], at: 0, had, weight: sharing.weightOf(row.shopId) });
    }
  }
  let open = [...shops.values()];
  let counted = 0;
  while (open.length > 0 && counted < atMost) {
    let next = open[0];
    for (const shop of open) {
      if (!next || shop === next) continue;
      const [a, b] = [shop.rows[shop.at], next.rows[next.at]];
      const less = (shop.had + 1) / shop.weight - (next.had + 1) / next.weight;
      if (less < 0 || (less === 0 && a && b && sharing.compare(a, b) < 0)) next = shop;
    }
    const row = next?.rows[next.at];
    if (!next || !row) return;
    next.at += 1;
    if (sharing.take(row)) {
      next.had += 1;
      counted += 1;
    }
    if (next.at === next.rows.length) open = open.filter((shop) => shop !== next);
  }
}
