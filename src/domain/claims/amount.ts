/** A courier pays the goods' real value, at most 1000.00 (R33), fen. */
export const MOST_CLAIM_FEN = 100_000;

/** Goods of a parcel with what was paid for all pieces of the line, fen; null: nobody said. */
export interface ValuedLine {
  readonly sku: string;
  readonly quantity: number;
  readonly paidFen: number | null;
}

/**
 * What is claimed, fen: the real value of the goods concerned, at most 1000.00. `missing` are the pieces that did not come
 * back; null: all of the parcel is. null where the value is not known: a person states it when the claim is filed. The
 * number of pieces is never derived from money, nor the value of a part guessed from that of the whole (cases.md B5).
 */
export function claimAmountFen(
  valueFen: number | null,
  lines: readonly ValuedLine[],
  missing: ReadonlyMap<string, number> | null,
): number | null {
  const real = missing === null ? valueFen : valueOfPart(lines, missing);
  return real === null || real <= 0 ? null : Math.min(real, MOST_CLAIM_FEN);
}

/** Rounded down: a claim never asks for more than was paid. */
function valueOfPart(lines: readonly ValuedLine[], missing: ReadonlyMap<string, number>): number | null {
  let sum = 0;
  for (const [sku, wanted] of missing) {
    const of = lines.filter((line) => line.sku === sku);
    const pieces = of.reduce((n, { quantity }) => n + quantity, 0);
    if (pieces === 0 || of.some(({ paidFen }) => paidFen === null)) return null;
    const paid = of.reduce((fen, { paidFen }) => fen + (paidFen ?? 0), 0);
    sum += Math.floor((paid * Math.min(wanted, pieces)) / pieces);
  }
  return sum;
}
