import { AFTER_SALE_STATUSES, type AfterSaleFacts, type AfterSaleStatus, type DatedFacts } from './after-sale.js';

/**
 * After-sales arrive in any order, more than once, or with gaps. Each fact is kept with the platform's time of it and
 * the newest wins, so merging is commutative, associative and idempotent: the same events give the same result however
 * they come (I14). A late "applied" can therefore never revive a withdrawn one (case 30).
 */
export type MergedFacts = {
  readonly [K in keyof AfterSaleFacts]?: { readonly atMs: number; readonly value: AfterSaleFacts[K] };
};

type Entry = { readonly atMs: number; readonly value: unknown };

/** Ties within the platform's one-second clock: the status further along in its life wins, else a fixed order. */
function newer(key: string, a: Entry, b: Entry): Entry {
  if (a.atMs !== b.atMs) return a.atMs > b.atMs ? a : b;
  if (key === 'status') {
    const rank = (e: Entry) => AFTER_SALE_STATUSES.indexOf(e.value as AfterSaleStatus);
    return rank(a) >= rank(b) ? a : b;
  }
  return JSON.stringify(a.value) >= JSON.stringify(b.value) ? a : b;
}

/** Adds one source's facts to what is known. `undefined` facts say nothing and change nothing. */
export function mergeFacts(known: MergedFacts, update: DatedFacts): MergedFacts {
  const merged: Record<string, Entry> = { ...(known as Record<string, Entry>) };
  for (const [key, value] of Object.entries(update.facts)) {
    if (value === undefined) continue;
    const entry: Entry = { atMs: update.atMs, value };
    const before = merged[key];
    merged[key] = before ? newer(key, before, entry) : entry;
  }
  return merged as MergedFacts;
}

/** The facts alone, as rules read them. */
export function currentFacts(merged: MergedFacts): AfterSaleFacts {
  return Object.fromEntries(Object.entries(merged).map(([key, entry]) => [key, entry?.value])) as AfterSaleFacts;
}
