import { ControlError, type ControlRoute } from '../frame/control.js';
import type { LedgerEntry } from '../frame/ledger-entry.js';
import { isRecord } from '../frame/wire-json.js';
import { Emission, type EmissionParts } from './emission.js';
import { EMIT } from './emission-plan.js';
import type { Refund } from './refund.js';

/**
 * What every platform twin can be told and asked under `/_twin`, whatever its wire: refunds to know, events to tell.
 * `POST /refunds [refund, …]` → `{created}` · `GET`, `PATCH /refunds/:refundId` · `POST /emit` → `{emitId, events, deliveries}` ·
 * `GET /emit/:emitId` → `{…, sent, acknowledged, givenUp, done}`.
 */
export class RefundDesk {
  readonly #emissions = new Map<number, Emission>();
  #running = false;

  constructor(readonly parts: EmissionParts) {}

  get routes(): readonly ControlRoute[] {
    const { book } = this.parts;
    return [
      {
        method: 'POST',
        path: '/_twin/refunds',
        effect: 'change',
        handle: ({ body, at }) => ({ status: 201, body: { created: book.create(body, at) } }),
      },
      {
        method: 'GET',
        path: '/_twin/refunds/:refundId',
        effect: 'read',
        handle: ({ params }) => ({ status: 200, body: this.#known(params.refundId) }),
      },
      {
        method: 'PATCH',
        path: '/_twin/refunds/:refundId',
        effect: 'change',
        handle: ({ params, body, at }) => {
          if (!isRecord(body)) throw new ControlError(400, 'the body is not an object');
          return { status: 200, body: book.change(this.#known(params.refundId), body, at) };
        },
      },
      {
        method: 'POST',
        path: '/_twin/emit',
        effect: 'change',
        handle: ({ body, at }) => {
          const spec = EMIT.parse(body);
          for (const { refundId } of spec.events) this.#known(refundId);
          const emission = new Emission(this.#emissions.size + 1, spec, at, this.parts);
          this.#emissions.set(emission.emitId, emission);
          if (this.#running) emission.start();
          return { status: 202, body: { emitId: emission.emitId, ...emission.size } };
        },
      },
      {
        method: 'GET',
        path: '/_twin/emit/:emitId',
        effect: 'read',
        handle: ({ params }) => {
          const emission = this.#emissions.get(Number(params.emitId));
          if (emission === undefined) throw new ControlError(404, `no emission ${params.emitId ?? ''}`);
          return { status: 200, body: emission.progress() };
        },
      },
    ];
  }

  /** Does again what a ledger line says was done before a restart. */
  restore(entry: LedgerEntry): void {
    const { book, door } = this.parts;
    door.restore(entry);
    if (entry.kind === 'push' && typeof entry.facts.emit === 'number')
      this.#emissions.get(entry.facts.emit)?.restore(entry);
    const known = entry.kind === 'state' ? book.get(entry.subject) : undefined;
    if (known !== undefined && entry.kind === 'state') book.change(known, entry.change, entry.at);
  }

  start(): void {
    this.#running = true;
    this.parts.door.start();
    for (const emission of this.#emissions.values()) emission.start();
  }

  stop(): void {
    this.#running = false;
    this.parts.door.stop();
    for (const emission of this.#emissions.values()) emission.stop();
  }

  #known(refundId: string | undefined): Refund {
    const refund = this.parts.book.get(refundId ?? '');
    if (refund === undefined) throw new ControlError(404, `no refund ${refundId ?? ''}`);
    return refund;
  }
}
