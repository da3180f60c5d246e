import { z } from 'zod';

const ID = z.string().regex(/^[1-9]\d{0,18}$/, 'ids are whole numbers of at most 19 digits, as text');
const FEN = z.int().nonnegative();

const LINE = z.strictObject({
  skuOrderId: ID,
  paidFen: FEN,
  postFen: FEN.default(0),
  quantity: z.int().positive().default(1),
  /** How many pieces of this line are under an after-sale: 0 for a sibling that never asked (R62). */
  afterSaleCount: z.int().nonnegative().default(0),
  productName: z.string().default('测试商品'),
  orderStatus: z.int().optional(),
  isGift: z.boolean().default(false),
});
export type OrderLine = z.output<typeof LINE>;

/** What the platform answers when this parcel is to be intercepted, and what becomes of it. */
export const INTERCEPTION = z.strictObject({
  refuseWith: z.strictObject({ code: z.int(), reason: z.string() }).optional(),
  costFen: FEN.default(300),
  settlementMode: z.int().min(0).max(1).default(0),
  otherProducts: z
    .array(z.strictObject({ orderId: ID, productName: z.string(), productSpec: z.string().default('') }))
    .default([]),
  /** From the order until it is on its way back (order_logistics_state 3); null: it never is. */
  returnsAfterMs: z.number().nonnegative().nullable().default(null),
});

/** One after-sale as the control API takes it. Money in fen, times in unix seconds. */
export const AFTER_SALE = z.strictObject({
  shopId: ID,
  afterSaleId: ID,
  orderId: ID,
  skuOrderId: ID,
  type: z.int(),
  status: z.int(),
  refundAmountFen: FEN,
  paidFen: FEN,
  postFen: FEN.default(0),
  partType: z.int().min(0).max(1).default(0),
  parcels: z
    .array(
      z.strictObject({
        trackingNo: z.string(),
        companyCode: z.string(),
        companyName: z.string(),
        logisticsState: z.int().default(0),
        intercept: INTERCEPTION.optional(),
      }),
    )
    .default([]),
  /** What afterSale.List finds it by; absent: what becomes of its parcels says. */
  orderLogisticsState: z.int().min(1).max(4).optional(),
  refundStatus: z.int().default(1),
  gotPkg: z.int().min(0).max(1).default(0),
  applyTime: z.int().optional(),
  statusDeadline: z.int().optional(),
  platformDiscountFen: FEN.default(0),
  kolDiscountFen: FEN.default(0),
  shopDiscountFen: FEN.default(0),
  oversea: z.boolean().default(false),
  orderStatus: z.int().optional(),
  reason: z.string().default('不想要了'),
  reasonCode: z.int().default(1),
  arbitrate: z.strictObject({ arbitrateId: z.string(), status: z.int(), conclusion: z.int().default(0) }).optional(),
  lines: z.array(LINE).default([]),
});
/** The same with the defaults left out: what POST and PATCH may carry. */
export type AfterSaleInput = z.input<typeof AFTER_SALE>;

export const AFTER_SALES = z.array(AFTER_SALE);
/** Any subset but the id. */
const AFTER_SALE_CHANGE = AFTER_SALE.omit({ afterSaleId: true }).partial();

export type AfterSale = z.output<typeof AFTER_SALE> & { readonly applyTime: number; readonly updateTime: number };

/** The after-sales the twin knows. `updateTime` only rises: it is the platform's version. */
export class AfterSaleBook {
  readonly #afterSales = new Map<string, AfterSale>();

  get(afterSaleId: string): AfterSale | undefined {
    return this.#afterSales.get(afterSaleId);
  }

  get size(): number {
    return this.#afterSales.size;
  }

  /** Those whose last change lies between two unix seconds, both included; the oldest change first. */
  changedBetween(fromS: number, toS: number): readonly AfterSale[] {
    return [...this.#afterSales.values()]
      .filter(({ updateTime }) => updateTime >= fromS && updateTime <= toS)
      .sort((a, b) => a.updateTime - b.updateTime || (a.afterSaleId < b.afterSaleId ? -1 : 1));
  }

  /** Throws a ZodError. `at` in unix milliseconds. */
  create(body: unknown, at: number): number {
    const given = AFTER_SALES.parse(body);
    const seconds = Math.floor(at / 1000);
    for (const afterSale of given) {
      const applyTime = afterSale.applyTime ?? seconds;
      this.#afterSales.set(afterSale.afterSaleId, { ...afterSale, applyTime, updateTime: seconds });
    }
    return given.length;
  }

  /** Changes the named fields and raises the version. Only the fields that the body itself has count, not defaults. */
  change(known: AfterSale, body: object, at: number): AfterSale {
    const parsed = AFTER_SALE_CHANGE.parse(body);
    const named = Object.fromEntries(Object.entries(parsed).filter(([field]) => field in body));
    const updateTime = Math.max(Math.floor(at / 1000), known.updateTime + 1);
    const changed = { ...known, ...named, updateTime };
    this.#afterSales.set(known.afterSaleId, changed);
    return changed;
  }
}
