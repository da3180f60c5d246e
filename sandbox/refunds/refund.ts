import { z } from 'zod';

const TEXT_ID = z.string().regex(/^[\x21-\x7e]{1,64}$/, 'ids are 1 to 64 printable characters, as text');
const FEN = z.int().nonnegative();

const REFUND_TYPES = ['refund_only', 'return_refund', 'before_shipment', 'exchange'] as const;
const REFUND_STATUSES = ['open', 'agreed', 'refused', 'paid', 'closed'] as const;

/** One refund as the control API of every platform twin takes it; the twin says it in its platform's own words. */
const REFUND = z.strictObject({
  /** The platform's number of the shop. */
  shopId: TEXT_ID,
  refundId: TEXT_ID,
  orderId: TEXT_ID,
  type: z.enum(REFUND_TYPES).default('refund_only'),
  status: z.enum(REFUND_STATUSES).default('open'),
  /** What the buyer asks back, fen, freight included. */
  refundFen: FEN,
  /** What the buyer paid for the goods of this refund, fen, freight included. */
  paidFen: FEN,
  postFen: FEN.default(0),
  /** Who carries it in the platform's own words, and the waybill. Empty: not shipped. */
  parcels: z
    .array(z.strictObject({ companyCode: z.string(), companyName: z.string(), waybillNo: z.string() }))
    .default([]),
  /** Goods of other orders in the same parcels, which only some platforms tell. */
  otherGoods: z.array(z.string()).default([]),
  reason: z.string().default('不想要了'),
  arbitration: z.enum(['none', 'applied', 'ended', 'cancelled']).default('none'),
  /** The platform's own clock, from its creation; null: it has none. */
  deadlineAfterMs: z.number().positive().nullable().default(null),
});
/** The same with the defaults left out. */
export type RefundInput = z.input<typeof REFUND>;
export const REFUNDS = z.array(REFUND);
const CHANGE = REFUND.omit({ refundId: true }).partial();

export type Refund = z.output<typeof REFUND> & {
  readonly appliedAtMs: number;
  /** The platform's version: it only rises, by at least a second. */
  readonly updatedAtMs: number;
};

/** What happens to a refund, and what each brings with it. */
export const REFUND_EVENTS = {
  created: { status: 'open' },
  modified: { status: 'open' },
  agreed: { status: 'agreed' },
  refused: { status: 'refused' },
  paid: { status: 'paid' },
  closed: { status: 'closed' },
  arbitrated: { arbitration: 'applied' },
} as const satisfies Record<string, Partial<Refund>>;
export type RefundEvent = keyof typeof REFUND_EVENTS;
export const REFUND_EVENT_NAMES = Object.keys(REFUND_EVENTS) as readonly RefundEvent[];

/** The refunds a platform twin knows. */
export class RefundBook {
  readonly #refunds = new Map<string, Refund>();

  get(refundId: string): Refund | undefined {
    return this.#refunds.get(refundId);
  }

  get size(): number {
    return this.#refunds.size;
  }

  get all(): Iterable<Refund> {
    return this.#refunds.values();
  }

  /** The refunds of a shop whose last change lies in [fromMs, toMs), oldest change first: what a list call pages over. */
  changedBetween(shopId: string, fromMs: number, toMs: number): readonly Refund[] {
    return [...this.#refunds.values()]
      .filter((refund) => refund.shopId === shopId && refund.updatedAtMs >= fromMs && refund.updatedAtMs < toMs)
      .sort((a, b) => a.updatedAtMs - b.updatedAtMs || (a.refundId < b.refundId ? -1 : 1));
  }

  /** Throws a ZodError. `at` in unix milliseconds. */
  create(body: unknown, at: number): number {
    const given = REFUNDS.parse(body);
    for (const refund of given) this.#refunds.set(refund.refundId, { ...refund, appliedAtMs: at, updatedAtMs: at });
    return given.length;
  }

  /** Changes the fields that the body itself has, not defaults, and raises the version. */
  change(known: Refund, body: object, at: number): Refund {
    const parsed = CHANGE.parse(body);
    const named = Object.fromEntries(Object.entries(parsed).filter(([field]) => field in body));
    const updatedAtMs = Math.max(at, known.updatedAtMs + 1_000);
    const changed = { ...known, ...named, updatedAtMs };
    this.#refunds.set(known.refundId, changed);
    return changed;
  }
}
