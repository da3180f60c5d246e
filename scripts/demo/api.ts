import { z } from 'zod';

const TIMEOUT_MS = 20_000;
const PAGE = 200;

const TEXT = z.object({ zh: z.string(), en: z.string() });
const WHY = { reason: z.string(), reasonText: TEXT, rule: z.string().nullable() };

/** What the demo reads of an after-sale. */
export const AFTER_SALE_ROW = z.object({
  id: z.string(),
  shopId: z.string(),
  afterSaleId: z.string(),
  /** Why no parcel of it was intercepted (R42). */
  whyNot: z.object(WHY).nullable(),
  parcels: z.array(
    z.object({
      waybillNo: z.string(),
      interceptId: z.string().nullable(),
      state: z.string().nullable(),
      reason: z.string().nullable(),
      reasonText: TEXT.nullable(),
      rule: z.string().nullable(),
    }),
  ),
});
export type AfterSaleRow = z.output<typeof AFTER_SALE_ROW>;

export const INTERCEPT_ROW = z.object({
  id: z.string(),
  waybillNo: z.string(),
  carrier: z.string(),
  afterSaleIds: z.array(z.string()),
  state: z.string(),
  feeFen: z.int(),
});
export type InterceptRow = z.output<typeof INTERCEPT_ROW>;

export const LEDGER_ROW = z.object({
  id: z.string(),
  interceptId: z.string(),
  carrier: z.string(),
  kind: z.enum(['fee', 'reversal']),
  amountFen: z.int(),
});
export type LedgerRow = z.output<typeof LEDGER_ROW>;

export const REFUND_ROW = z.object({
  afterSaleId: z.string(),
  platform: z.string(),
  operation: z.enum(['agree', 'reject']),
  state: z.string(),
  reason: z.string(),
  amountFen: z.int().nullable(),
});
export type RefundRow = z.output<typeof REFUND_ROW>;

export const RETURN_ROW = z.object({
  id: z.string(),
  state: z.string(),
  interceptState: z.string(),
  refunded: z.boolean(),
  valueFen: z.int().nullable(),
});
export type ReturnRow = z.output<typeof RETURN_ROW>;

export const CLAIM_ROW = z.object({ id: z.string(), state: z.string(), amountFen: z.int().nullable() });
export type ClaimRow = z.output<typeof CLAIM_ROW>;

/** Lists of `/api/v1`, whole: keyset pages until the last. */
export class Api {
  constructor(
    readonly baseUrl: string,
    readonly token: string,
  ) {}

  afterSales(): Promise<readonly AfterSaleRow[]> {
    return this.#all('after-sales', AFTER_SALE_ROW);
  }

  intercepts(): Promise<readonly InterceptRow[]> {
    return this.#all('intercepts', INTERCEPT_ROW);
  }

  ledger(): Promise<readonly LedgerRow[]> {
    return this.#all('ledger', LEDGER_ROW);
  }

  refunds(): Promise<readonly RefundRow[]> {
    return this.#all('refunds', REFUND_ROW);
  }

  returns(): Promise<readonly ReturnRow[]> {
    return this.#all('returns', RETURN_ROW);
  }

  claims(): Promise<readonly ClaimRow[]> {
    return this.#all('claims', CLAIM_ROW);
  }

  async #all<S extends z.ZodType>(list: string, item: S): Promise<readonly z.output<S>[]> {
    const page = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
    const rows: z.output<S>[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ limit: String(PAGE), ...(cursor === null ? {} : { cursor }) });
      const { items, nextCursor } = page.parse(await this.send('GET', `${list}?${query}`));
      rows.push(...items);
      cursor = nextCursor;
    } while (cursor !== null);
    return rows;
  }

  /** One call and its answer, unread. */
  async send(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<unknown> {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.baseUrl}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...json },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /api/v1/${path} answered ${response.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text);
  }
}
