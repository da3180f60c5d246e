import { Deliveries } from '../frame/deliveries.js';
import type { LedgerEntry, RetryPlan } from '../frame/ledger-entry.js';
import type { TwinContext } from '../frame/twin.js';
import type { Door, Made } from './door.js';
import type { EmitSpec } from './emission-plan.js';
import type { Refund } from './refund.js';

export interface PushWay {
  /** The receiver's documented way of saying "got it". */
  readonly acknowledges: (status: number, body: string) => boolean;
  /** The platform's schedule, or a guess where it documents none (its README says which). */
  readonly retry: RetryPlan;
}

/** A platform that POSTs to us. */
export class PushDoor implements Door {
  readonly #deliveries: Deliveries;

  constructor(
    context: TwinContext,
    readonly way: PushWay,
  ) {
    this.#deliveries = new Deliveries(context.ledger, context.clock, way.acknowledges);
  }

  tell(made: Made, refund: Refund, spec: EmitSpec, facts: Readonly<Record<string, unknown>>): string {
    const pushId = `push-${this.#deliveries.size + 1}`;
    const url = new URL(spec.targetUrl ?? 'http://127.0.0.1:9/');
    for (const [name, value] of Object.entries(made.query ?? {})) url.searchParams.set(name, value);
    this.#deliveries.send({
      pushId,
      url: url.toString(),
      headers: made.headers,
      body: made.body,
      retry: this.way.retry,
      waybillNo: refund.refundId,
      facts: { ...facts, eventIds: [made.eventId] },
    });
    return pushId;
  }

  state(messageId: string): 'open' | 'acknowledged' | 'given_up' {
    const delivery = this.#deliveries.get(messageId);
    if (delivery !== undefined && delivery.ackedAt !== null) return 'acknowledged';
    return delivery?.givenUp === true ? 'given_up' : 'open';
  }

  restore(entry: LedgerEntry): void {
    this.#deliveries.restore(entry);
  }

  counts() {
    return this.#deliveries.counts();
  }

  start(): void {
    this.#deliveries.start();
  }

  stop(): void {
    this.#deliveries.stop();
  }
}
