import type { AfterSaleFacts } from '../aftersale/after-sale.js';

/** What an after-sale asks for: money may move for nothing else later (R73). */
export interface AskedFor {
  readonly amountFen: number | null;
  readonly orderId: string | null;
}

/** `amountFen` null: not known, or nothing. */
export function askedFor({ refundAmountFen, orderId }: AfterSaleFacts): AskedFor {
  const amountFen = refundAmountFen !== undefined && refundAmountFen > 0 ? refundAmountFen : null;
  return { amountFen, orderId: orderId ?? null };
}
