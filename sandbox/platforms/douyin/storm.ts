import type { LedgerEntry, PushEntry } from '../../frame/ledger-entry.js';
import { Random } from '../../frame/random.js';
import type { AfterSaleBook } from './after-sale.js';
import type { EmitSpec } from './push-spec.js';
import { type PlannedDelivery, planStorm } from './storm-plan.js';
import type { Webhook, Webhooks } from './webhooks.js';

/** A storm under way: fires each planned body when it is due. */
export class Storm {
  readonly #plan: readonly PlannedDelivery[];
  readonly #fired = new Map<number, string>();
  readonly #bodies = new Map<number, Webhook>();
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `startedAt` in unix milliseconds; the id also seeds the plan. */
  constructor(
    readonly emitId: number,
    readonly spec: EmitSpec,
    readonly startedAt: number,
    readonly hooks: Webhooks,
    readonly book: AfterSaleBook,
  ) {
    const { seed, clock } = hooks.context;
    this.#plan = planStorm(spec, new Random(seed + emitId * 7919), clock);
  }

  start(): void {
    this.#timer = setTimeout(() => this.#fireDue(), 0);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  restore(entry: PushEntry): void {
    const { item, source } = entry.facts;
    if (typeof item !== 'number' || typeof source !== 'number') return;
    this.#fired.set(item, entry.pushId);
    this.#bodies.set(source, { ...hookOf(entry) });
  }

  get size(): { events: number; deliveries: number } {
    const events = (this.spec.events ?? this.spec.afterSaleIds ?? []).length;
    return { events, deliveries: this.#plan.length };
  }

  progress() {
    const deliveries = [...this.#fired.values()].map((pushId) => this.hooks.deliveries.get(pushId));
    const acknowledged = deliveries.filter((delivery) => delivery !== undefined && delivery.ackedAt !== null).length;
    const givenUp = deliveries.filter((delivery) => delivery?.givenUp === true).length;
    const done = acknowledged + givenUp === this.#plan.length;
    return { emitId: this.emitId, ...this.size, sent: this.#fired.size, acknowledged, givenUp, done };
  }

  #fireDue(): void {
    const elapsed = this.hooks.context.clock.now() - this.startedAt;
    let planned = this.#plan[this.#next];
    while (planned !== undefined && planned.dueMs <= elapsed) {
      if (!this.#fired.has(planned.item)) this.#fire(planned);
      this.#next += 1;
      planned = this.#plan[this.#next];
    }
    if (planned !== undefined) this.#timer = setTimeout(() => this.#fireDue(), Math.max(1, planned.dueMs - elapsed));
  }

  /** A copy of a body that was made before is that body again, byte for byte. */
  #fire({ item, source, events }: PlannedDelivery): void {
    const hook = this.#bodies.get(source) ?? this.#compose(events);
    this.#bodies.set(source, hook);
    this.#fired.set(item, this.hooks.send(hook, this.spec, { emit: this.emitId, item, source }));
  }

  #compose(events: PlannedDelivery['events']): Webhook {
    const known = events.flatMap(({ afterSaleId, tag }) => {
      const afterSale = this.book.get(afterSaleId);
      return afterSale === undefined ? [] : [{ afterSale, tag }];
    });
    return this.hooks.compose(known, this.spec);
  }
}

function hookOf({ body, facts }: PushEntry): Webhook {
  return { body, eventIds: texts(facts.eventIds), tags: texts(facts.tags), afterSaleIds: texts(facts.afterSaleIds) };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The storm a ledger line belongs to, or undefined. */
export function stormOf(entry: LedgerEntry): { emitId: number; push: PushEntry } | undefined {
  if (entry.kind !== 'push' || typeof entry.facts.emit !== 'number') return undefined;
  return { emitId: entry.facts.emit, push: entry };
}
