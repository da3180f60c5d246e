import type { AfterSaleFacts } from '../../../domain/aftersale/after-sale.js';
import { codeAt, type Fields, fenAt, fieldsAt, listAt, textAt } from '../fields.js';

/** `skuTag` 赠品: nobody pays for it, and nobody asks for its money back. */
const GIFT = '1';

/** The goods that an after-sale is about; empty: it does not say. */
export function skuIdsOf(skus: readonly unknown[]): ReadonlySet<string> {
  const ids = skus.map((sku) => textAt(fieldsAt(sku, 'an entry of skus'), 'skuId'));
  return new Set(ids.flatMap((id) => id ?? []));
}

/** The sum of what was paid for these lines; unknown as soon as one line does not say (R60). */
function sumOf(lines: readonly Fields[]): number | undefined {
  const amounts = lines.map((line) => fenAt(line, 'totalPaidAmount'));
  return amounts.reduce((sum, fen) => (sum === undefined || fen === undefined ? undefined : sum + fen), 0);
}

/**
 * What the buyer paid for the goods of this after-sale, fen. All that was bought: the order's own total, freight and deposit
 * included. Some of it: the sum of their lines, without the freight, which belongs to the whole order. Nothing is stated
 * where it is not certain which goods are meant.
 */
export function paidFor(
  skuIds: ReadonlySet<string>,
  order: Fields,
): Pick<AfterSaleFacts, 'paidAmountFen' | 'paidPostFen'> {
  const lines = listAt(order.skuList, 'skuList').map((line) => fieldsAt(line, 'an entry of skuList'));
  const bought = lines.filter((line) => codeAt(line, 'skuTag') !== GIFT);
  const returned = bought.filter((line) => skuIds.has(textAt(line, 'skuId') ?? ''));
  if (bought.length === 0) return {};
  const isWhole = returned.length === bought.length || (skuIds.size === 0 && bought.length === 1);
  if (!isWhole && returned.length === 0) return {};
  const paid = isWhole ? fenAt(order, 'totalPayAmount') : sumOf(returned);
  const post = isWhole ? fenAt(order, 'totalShippingFree') : undefined;
  return {
    ...(paid === undefined ? {} : { paidAmountFen: paid }),
    ...(post === undefined ? {} : { paidPostFen: post }),
  };
}
