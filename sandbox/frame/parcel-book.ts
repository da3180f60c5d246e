import { z } from 'zod';
import type { Clock } from './clock.js';
import { ControlError, type ControlRoute } from './control.js';
import { type InterceptOrder, type OrderState, orderState, type Parcel, scansUntil, whereabouts } from './parcel.js';
import { PARCEL_SPEC, SCAN_FACTS } from './parcel-spec.js';

const PARCELS = z.array(PARCEL_SPEC);

/** The parcels a courier's twin knows, with their part of the control API. */
export class ParcelBook {
  readonly #parcels = new Map<string, Parcel>();
  /** Called after every change of a parcel. */
  onChange: (parcel: Parcel) => void = () => {};

  /** `wordOf` is the courier's own word for an order's state. */
  constructor(
    readonly clock: Clock,
    readonly wordOf: (state: OrderState) => string,
  ) {}

  get(waybillNo: string): Parcel | undefined {
    return this.#parcels.get(waybillNo);
  }

  get all(): Iterable<Parcel> {
    return this.#parcels.values();
  }

  get size(): number {
    return this.#parcels.size;
  }

  accept(parcel: Parcel, order: InterceptOrder): void {
    parcel.orders.push(order);
    this.onChange(parcel);
  }

  cancel(parcel: Parcel, order: InterceptOrder, at: number): void {
    order.cancelledAt = at;
    this.onChange(parcel);
  }

  /** The state of the newest order in the frame's words; undefined: none was ever accepted. */
  stateOf(parcel: Parcel, now: number): OrderState | undefined {
    const order = parcel.orders.at(-1);
    return order && orderState(parcel, order, now, this.clock);
  }

  /** Parcels whose newest order is in one of these states now. */
  count(now: number, states: readonly OrderState[]): number {
    return [...this.all].filter((parcel) => {
      const state = this.stateOf(parcel, now);
      return state !== undefined && states.includes(state);
    }).length;
  }

  routes(): readonly ControlRoute[] {
    return [
      {
        method: 'POST',
        path: '/_twin/parcels',
        effect: 'change',
        handle: ({ body, at }) => ({ status: 201, body: { created: this.#create(body, at) } }),
      },
      {
        method: 'GET',
        path: '/_twin/parcels',
        effect: 'read',
        handle: ({ query, at }) => {
          const wanted = query.get('status');
          const parcels = [...this.all].map((parcel) => this.#brief(parcel, at));
          return {
            status: 200,
            body: { parcels: parcels.filter(({ status }) => wanted === null || status === wanted) },
          };
        },
      },
      {
        method: 'GET',
        path: '/_twin/parcels/:waybillNo',
        effect: 'read',
        handle: ({ params, at }) => ({ status: 200, body: this.#full(this.#known(params.waybillNo), at) }),
      },
      {
        method: 'POST',
        path: '/_twin/parcels/:waybillNo/scan',
        effect: 'change',
        handle: ({ params, body, at }) => {
          const parcel = this.#known(params.waybillNo);
          parcel.byHand.push({ ...SCAN_FACTS.parse(body), key: `hand-${parcel.byHand.length}`, at });
          this.onChange(parcel);
          return { status: 201, body: this.#full(parcel, at) };
        },
      },
    ];
  }

  #create(body: unknown, at: number): number {
    const specs = PARCELS.parse(body);
    for (const spec of specs) {
      const parcel: Parcel = { spec, createdAt: at, byHand: [], orders: [], refusedByScript: 0 };
      this.#parcels.set(spec.waybillNo, parcel);
      this.onChange(parcel);
    }
    return specs.length;
  }

  #known(waybillNo: string | undefined): Parcel {
    const parcel = this.#parcels.get(waybillNo ?? '');
    if (parcel === undefined) throw new ControlError(404, `no parcel ${waybillNo ?? ''}`);
    return parcel;
  }

  #brief(parcel: Parcel, now: number) {
    const state = this.stateOf(parcel, now);
    return {
      waybillNo: parcel.spec.waybillNo,
      whereabouts: whereabouts(scansUntil(parcel, now, this.clock)),
      status: state === undefined ? null : this.wordOf(state),
      accepted: parcel.orders.length,
    };
  }

  #full(parcel: Parcel, now: number) {
    const scans = scansUntil(parcel, now, this.clock);
    const intercepts = parcel.orders.map(({ bodyHash: _hash, ...order }) => order);
    return { ...this.#brief(parcel, now), scans, intercepts };
  }
}
