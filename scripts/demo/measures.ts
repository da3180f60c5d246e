import type { Expectation } from '../../sandbox/scenario.js';
import { takesOrders } from './couriers.js';

/** Lines of the twins' ledgers as far as they are read here; `at` in unix ms. */
export interface PushLine {
  readonly at: number;
  /** The after-sale of a platform's event. */
  readonly waybillNo?: string | undefined;
}
export interface CallLine {
  readonly at: number;
  readonly endpoint: string;
  readonly verdict: string;
  readonly waybillNo?: string | undefined;
}

export interface Distribution {
  readonly count: number;
  readonly p50: number | null;
  readonly p99: number | null;
}

/** The nearest rank of a share of 0 to 1; null of nothing. */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/**
 * Time to send, ms: from the first event of an after-sale leaving the platform to the first order for its parcel
 * arriving at the courier, both as the twins wrote them down. Parcels that nobody had picked up at first are left out:
 * they wait for the courier, not for us.
 */
export function timeToSend(
  expected: readonly Expectation[],
  pushes: readonly PushLine[],
  calls: readonly CallLine[],
): Distribution {
  const told = firstBy(pushes);
  const ordered = firstBy(calls.filter(({ endpoint }) => takesOrders(endpoint)));
  const times = expected.flatMap((one) => {
    const from = told.get(one.afterSaleId);
    const to = ordered.get(one.waybillNo ?? '');
    return one.class === 'picked_up_later' || from === undefined || to === undefined ? [] : [to - from];
  });
  return { count: times.length, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

function firstBy(lines: readonly { readonly at: number; readonly waybillNo?: string | undefined }[]) {
  const first = new Map<string, number>();
  for (const { at, waybillNo } of lines) {
    if (waybillNo !== undefined) first.set(waybillNo, Math.min(at, first.get(waybillNo) ?? at));
  }
  return first;
}

/** How many items each name has. */
export function countBy<T>(items: readonly T[], name: (item: T) => string): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(name(item), (counts.get(name(item)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })));
}
