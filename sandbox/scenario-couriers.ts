/**
 * The couriers of a day as a platform names them, and the share of the parcels each carries. Code and name are what
 * Douyin Shop writes into an after-sale; `yunda` as a code is an assumption, its name is what counts.
 */
export const COURIERS = {
  zto: { companyCode: 'zhongtong', companyName: '中通快递', share: 2 },
  yto: { companyCode: 'yuantong', companyName: '圆通速递', share: 1 },
  yunda: { companyCode: 'yunda', companyName: '韵达快递', share: 1 },
} as const satisfies Record<string, { companyCode: string; companyName: string; share: number }>;
export type Courier = keyof typeof COURIERS;

export const COURIER_SLUGS = Object.keys(COURIERS) as readonly Courier[];

/** Deals parcels to couriers one after the other, each to the one furthest below its share that can carry it. */
export class CourierDealer {
  readonly #dealt = new Map<Courier, number>();

  next(allowed: readonly Courier[]): Courier {
    const load = (courier: Courier) => (this.#dealt.get(courier) ?? 0) / COURIERS[courier].share;
    const courier = [...allowed].sort((a, b) => load(a) - load(b))[0] ?? 'zto';
    this.#dealt.set(courier, (this.#dealt.get(courier) ?? 0) + 1);
    return courier;
  }
}
