import type { Policy } from './policies.js';
import type { StormRow } from './storm.js';

/** What became of a storm. */
export interface StormResult {
  readonly policy: string;
  readonly rows: number;
  readonly inTime: number;
  readonly valueFen: number;
  /** The share of each shop's rows that were in time. */
  readonly shareByShop: Readonly<Record<string, number>>;
}

/** One storm over one lane in simulated time: a turn every `gapMs`, until nothing is left that could be in time. */
export function simulate(policy: Policy, rows: readonly StormRow[], gapMs: number): StormResult {
  const endMs = Math.max(0, ...rows.map((row) => row.deadlineMs));
  const asked = new Map<string, number>();
  const sent = new Map<string, number>();
  const add = (to: Map<string, number>, shop: string) => to.set(shop, (to.get(shop) ?? 0) + 1);
  let arrived = 0;
  let inTime = 0;
  let valueFen = 0;
  for (let turn = 0; turn * gapMs <= endMs; turn += 1) {
    const nowMs = turn * gapMs;
    for (let row = rows[arrived]; row && row.arriveMs <= nowMs; row = rows[arrived]) {
      policy.arrive(row);
      add(asked, row.shopId);
      arrived += 1;
    }
    const row = policy.next(nowMs);
    if (!row || row.deadlineMs < nowMs) continue;
    inTime += 1;
    valueFen += row.valueFen ?? 0;
    add(sent, row.shopId);
  }
  const shareByShop = Object.fromEntries([...asked].map(([shop, n]) => [shop, (sent.get(shop) ?? 0) / n]));
  return { policy: policy.name, rows: rows.length, inTime, valueFen, shareByShop };
}
