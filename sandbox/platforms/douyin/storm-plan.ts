import type { Clock } from '../../frame/clock.js';
import type { Random } from '../../frame/random.js';
import type { EmitSpec, StormEvent } from './push-spec.js';

/** Events further apart than this do not share an HTTP body. */
const BATCH_SPAN_MS = 200;
const LATEST_COPY_MS = 2000;

/** One HTTP body to come. Copies of one body share `source`. */
export interface PlannedDelivery {
  readonly item: number;
  readonly source: number;
  /** From the start of the storm, real milliseconds. */
  readonly dueMs: number;
  readonly events: readonly StormEvent[];
}

interface Due {
  readonly event: StormEvent;
  readonly dueMs: number;
}

/** The whole storm beforehand, from the seed alone, so that a restarted twin goes on with the rest of the same storm. */
export function planStorm(spec: EmitSpec, random: Random, clock: Clock): readonly PlannedDelivery[] {
  const due = dueEvents(spec, clock)
    .map(({ event, dueMs }) => ({ event, dueMs: dueMs + heldBackMs(spec, random, clock) }))
    .sort((a, b) => a.dueMs - b.dueMs);
  const bodies = inBatches(due, spec.batch).map((batch, index) => ({
    source: index,
    dueMs: batch.at(-1)?.dueMs ?? 0,
    events: batch.map(({ event }) => event),
  }));
  const copies = bodies
    .filter(() => random.chance(spec.duplicates))
    .map((body) => ({ ...body, dueMs: body.dueMs + clock.scaled(random.int(0, LATEST_COPY_MS)) }));
  return [...bodies, ...copies].sort((a, b) => a.dueMs - b.dueMs).map((body, item) => ({ ...body, item }));
}

/** Events without `afterMs` come at the asked rate; the others follow the first event of their after-sale. */
function dueEvents(spec: EmitSpec, clock: Clock): readonly Due[] {
  const events = spec.events ?? (spec.afterSaleIds ?? []).map((afterSaleId) => ({ afterSaleId, tag: spec.tag }));
  const firstDue = new Map<string, number>();
  let placed = 0;
  return events.map((event: StormEvent) => {
    const first = firstDue.get(event.afterSaleId);
    if (event.afterMs !== undefined) return { event, dueMs: (first ?? 0) + clock.scaled(event.afterMs) };
    const dueMs = (placed / spec.ratePerSecond) * 1000;
    placed += 1;
    if (first === undefined) firstDue.set(event.afterSaleId, dueMs);
    return { event, dueMs };
  });
}

function heldBackMs({ reorder, reorderMs }: EmitSpec, random: Random, clock: Clock): number {
  return random.chance(reorder) ? clock.scaled(random.next() * reorderMs) : 0;
}

function inBatches(due: readonly Due[], size: number): readonly (readonly Due[])[] {
  const batches: Due[][] = [];
  for (const one of due) {
    const open = batches.at(-1);
    const fits = open !== undefined && open.length < size && one.dueMs - (open[0]?.dueMs ?? 0) <= BATCH_SPAN_MS;
    if (fits) open.push(one);
    else batches.push([one]);
  }
  return batches;
}
