import type { Courier } from '../../sandbox/scenario-couriers.js';
import { type ByCourier, courierFacts } from './couriers.js';

/** What a courier's twin did: the parcels it stopped, and those it was asked to stop and did not. */
export interface Done {
  readonly stopped: readonly string[];
  readonly failed: readonly string[];
}

export interface DemoCharge {
  readonly waybillNo: string;
  readonly fen: number;
}

/** One mistake of a bill: planted by the demo, or found by the match. */
export interface BillError {
  readonly courier: Courier;
  readonly class: string;
  readonly waybillNo: string;
  readonly chargedFen: number;
  readonly dueFen: number;
}

export interface BillPlan {
  readonly bills: ByCourier<readonly DemoCharge[]>;
  /** Three; fewer only in a day with too few stops to get wrong. */
  readonly planted: readonly BillError[];
}

const names = (done: ByCourier<Done>) => Object.keys(done) as Courier[];

/** By how much the wrong amount is wrong, fen. */
const TOO_MUCH_FEN = 50;

/**
 * A bill for each courier over what its twin stopped, with three mistakes among all of them: a stop charged twice, another
 * at a wrong amount, and a failed one charged all the same (in a day where none failed: one that nobody asked for).
 */
export function planBills(done: ByCourier<Done>): BillPlan {
  const planted: BillError[] = [];
  const extra = new Map<Courier, DemoCharge[]>();
  const dearer = new Set<string>();
  const plant = (courier: Courier, name: string, waybillNo: string, chargedFen: number, dueFen: number) =>
    planted.push({ courier, class: name, waybillNo, chargedFen, dueFen });
  const add = (courier: Courier, charge: DemoCharge) => extra.set(courier, [...(extra.get(courier) ?? []), charge]);

  const stops = names(done).flatMap((courier) =>
    (done[courier]?.stopped ?? []).map((waybillNo) => ({ courier, waybillNo, fen: courierFacts(courier).feeFen })),
  );
  const [twice] = stops;
  if (twice) {
    add(twice.courier, twice);
    plant(twice.courier, 'charged_twice', twice.waybillNo, twice.fen, 0);
  }
  // The last one, so that the mistakes are in different bills.
  const wrong = stops.length > 1 ? stops.at(-1) : undefined;
  if (wrong) {
    dearer.add(wrong.waybillNo);
    plant(wrong.courier, 'wrong_amount', wrong.waybillNo, wrong.fen + TOO_MUCH_FEN, wrong.fen);
  }
  const failing = names(done).find((courier) => (done[courier]?.failed.length ?? 0) > 0);
  const [at = failing] = names(done);
  const courier = failing ?? at;
  if (courier) {
    const waybillNo = (failing && done[failing]?.failed[0]) ?? '79990000000001';
    const fen = courierFacts(courier).feeFen;
    add(courier, { waybillNo, fen });
    plant(courier, failing ? 'charged_though_failed' : 'unknown_to_us', waybillNo, fen, 0);
  }
  const charges = (slug: Courier): DemoCharge[] => [
    ...stops
      .filter((stop) => stop.courier === slug)
      .map(({ waybillNo, fen }) => ({ waybillNo, fen: dearer.has(waybillNo) ? fen + TOO_MUCH_FEN : fen })),
    ...(extra.get(slug) ?? []),
  ];
  return { bills: Object.fromEntries(names(done).map((slug) => [slug, charges(slug)])), planted };
}
