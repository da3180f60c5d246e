/**
 * The couriers that carry the parcels of a day. `twin` stands for whoever is asked to stop one: the courier itself, or a
 * service that fronts it. `share`: how many parcels each carries beside the others.
 */
export const CARRIERS = {
  zto: { twin: 'zto', share: 6 },
  yto: { twin: 'yto', share: 3 },
  yunda: { twin: 'yunda', share: 3 },
  sto: { twin: 'sto', share: 2 },
  jtexpress: { twin: 'jtexpress', share: 2 },
  sf: { twin: 'sf', share: 1 },
  jd: { twin: 'jd', share: 1 },
  deppon: { twin: 'kuaidi100', share: 1 },
  ems: { twin: 'kuaidi100', share: 1 },
} as const satisfies Record<string, { twin: string; share: number }>;
export type Carrier = keyof typeof CARRIERS;
export const CARRIER_SLUGS = Object.keys(CARRIERS) as readonly Carrier[];

/** Who is asked to stop a parcel. */
export type Courier = (typeof CARRIERS)[Carrier]['twin'];
export const COURIER_SLUGS: readonly Courier[] = [...new Set(CARRIER_SLUGS.map((slug) => CARRIERS[slug].twin))];

/** The parcels' couriers that one twin stands for. */
export function carriersOf(courier: Courier): readonly Carrier[] {
  return CARRIER_SLUGS.filter((slug) => CARRIERS[slug].twin === courier);
}

/** Deals parcels to couriers one after the other, each to the one furthest below its share that can carry it. */
export class CarrierDealer {
  readonly #dealt = new Map<Carrier, number>();

  /** `all`: the couriers of the day. */
  constructor(readonly all: readonly Carrier[]) {}

  /** null: none of the day's couriers is allowed. */
  next(allowed: readonly Courier[]): Carrier | null {
    const load = (carrier: Carrier) => (this.#dealt.get(carrier) ?? 0) / CARRIERS[carrier].share;
    const fit = this.all.filter((carrier) => allowed.includes(CARRIERS[carrier].twin));
    const carrier = fit.toSorted((a, b) => load(a) - load(b))[0] ?? null;
    if (carrier !== null) this.#dealt.set(carrier, (this.#dealt.get(carrier) ?? 0) + 1);
    return carrier;
  }
}
