import type { LedgerEntry } from '../frame/ledger-entry.js';
import { Random } from '../frame/random.js';
import type { TwinContext } from '../frame/twin.js';
import type { Door, Made, Occasion } from './door.js';
import { type EmitSpec, type PlannedMessage, planEmission } from './emission-plan.js';
import { REFUND_EVENTS, type Refund, type RefundBook } from './refund.js';

export interface EmissionParts {
  readonly context: TwinContext;
  readonly book: RefundBook;
  readonly door: Door;
  /** Says one event in the platform's own words, signed. */
  readonly make: (occasion: Occasion) => Made;
}

/** A day of refunds under way: brings each refund into its state when it is due, and tells of it through the door. */
export class Emission {
  readonly #plan: readonly PlannedMessage[];
  readonly #told = new Map<number, string>();
  readonly #made = new Map<number, Made>();
  #next = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `startedAt` in unix milliseconds; the id also seeds the plan. */
  constructor(
    readonly emitId: number,
    readonly spec: EmitSpec,
    readonly startedAt: number,
    readonly parts: EmissionParts,
  ) {
    const { seed, clock } = parts.context;
    this.#plan = planEmission(spec, new Random(seed + emitId * 7919), clock);
  }

  start(): void {
    this.#timer = setTimeout(() => this.#tellDue(), 0);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** A ledger line of this emission: that message has been told. */
  restore(entry: LedgerEntry): void {
    if (entry.kind !== 'push') return;
    const { item, source, eventIds } = entry.facts;
    if (typeof item !== 'number' || typeof source !== 'number') return;
    this.#told.set(item, entry.pushId);
    const eventId = Array.isArray(eventIds) ? String(eventIds[0]) : '';
    this.#made.set(source, { eventId, body: entry.body, headers: entry.headers });
  }

  get size(): { events: number; deliveries: number } {
    return { events: this.spec.events.length, deliveries: this.#plan.length };
  }

  progress() {
    const states = [...this.#told.values()].map((id) => this.parts.door.state(id));
    const count = (state: string) => states.filter((one) => one === state).length;
    const [acknowledged, givenUp] = [count('acknowledged'), count('given_up')];
    const done = acknowledged + givenUp === this.#plan.length;
    return { emitId: this.emitId, ...this.size, sent: this.#told.size, acknowledged, givenUp, done };
  }

  #tellDue(): void {
    const elapsed = this.parts.context.clock.now() - this.startedAt;
    let planned = this.#plan[this.#next];
    while (planned !== undefined && planned.dueMs <= elapsed) {
      if (!this.#told.has(planned.item)) this.#tell(planned);
      this.#next += 1;
      planned = this.#plan[this.#next];
    }
    if (planned !== undefined) this.#timer = setTimeout(() => this.#tellDue(), Math.max(1, planned.dueMs - elapsed));
  }

  #tell({ item, source, refundId, event }: PlannedMessage): void {
    const { context, book, door, make } = this.parts;
    const at = context.clock.now();
    const known = book.get(refundId);
    if (known === undefined) return;
    const told = this.#made.get(source);
    // A copy is the message again, byte for byte, and changes nothing.
    const refund = told ? known : this.#bring(known, event, at);
    const made = told ?? make({ refund, event, at, spec: this.spec });
    this.#made.set(source, made);
    this.#told.set(item, door.tell(made, refund, this.spec, { emit: this.emitId, item, source }));
  }

  #bring(known: Refund, event: keyof typeof REFUND_EVENTS, at: number): Refund {
    const change = REFUND_EVENTS[event];
    const now: Readonly<Record<string, unknown>> = { ...known };
    const holds = Object.entries(change).every(([field, value]) => now[field] === value);
    // The first event tells of the refund as it was made: nothing has changed.
    if (holds && event === 'created') return known;
    const changed = this.parts.book.change(known, change, at);
    void this.parts.context.ledger.append({ at, kind: 'state', subject: known.refundId, change });
    return changed;
  }
}
