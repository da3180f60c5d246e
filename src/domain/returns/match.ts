/** Goods that were sent, or booked: so many of one SKU. */
export interface GoodsLine {
  readonly sku: string;
  readonly quantity: number;
}

export interface BookedLine extends GoodsLine {
  /** In the warehouse's own word; null: it said nothing, which is good. */
  readonly condition: string | null;
}

/** A parcel whose goods are expected back. */
export interface ExpectedParcel {
  readonly id: string;
  /** Over all orders in it; empty: nobody has told us what is in it. */
  readonly lines: readonly GoodsLine[];
}

/** One booking of the warehouse. */
export interface Slip {
  readonly id: string;
  /** The parcel that the number on it belongs to: its forward number or a new one. */
  readonly parcelId: string;
  readonly lines: readonly BookedLine[];
}

/**
 * What the bookings say of a parcel. `waiting`: nothing was booked, which is no error. `unchecked`: it came, and nobody knows
 * what was in it. `short`: a part of it, and nothing else. `other`: something that did not travel in it.
 */
export type ReturnOutcome = 'waiting' | 'exact' | 'unchecked' | 'short' | 'other' | 'damaged';

/** Pieces of a booked line that are counted for a parcel; of one line never more than were booked. */
export interface LineUse {
  readonly slipId: string;
  /** Place of the line in its slip, from 0. */
  readonly line: number;
  readonly parcelId: string;
  readonly quantity: number;
}

export interface ReturnMatch {
  readonly outcomes: ReadonlyMap<string, ReturnOutcome>;
  readonly uses: readonly LineUse[];
}

/** Words of warehouses for goods that can be sold again; every other word is a defect. */
const GOOD = new Set(['good', 'ok', 'new', 'intact', '完好', '正品', '良品', '正常']);

function isGood(condition: string | null): boolean {
  return condition === null || GOOD.has(condition.trim().toLowerCase());
}

type Count = ReadonlyMap<string, number>;

function countOf(lines: readonly GoodsLine[]): Count {
  const count = new Map<string, number>();
  for (const { sku, quantity } of lines) count.set(sku, (count.get(sku) ?? 0) + quantity);
  return count;
}

const isSame = (a: Count, b: Count) => a.size === b.size && [...a].every(([sku, n]) => b.get(sku) === n);

/** More parcels than this share no goods that anybody could tell apart: only one of them, or all, are looked at. */
const MOST_COMBINED = 8;

/** Every way to combine some of these parcels. */
function combinations(parcels: readonly ExpectedParcel[]): ExpectedParcel[][] {
  if (parcels.length > MOST_COMBINED) return [...parcels.map((parcel) => [parcel]), [...parcels]];
  return Array.from({ length: 2 ** parcels.length - 1 }, (_, n) =>
    parcels.filter((_parcel, bit) => ((n + 1) >> bit) % 2 === 1),
  );
}

/** The parcels whose goods together are exactly these; null: none, or several ways, and nobody guesses. */
function onlyFit(lines: readonly GoodsLine[], parcels: readonly ExpectedParcel[]): ExpectedParcel[] | null {
  const booked = countOf(lines);
  const fits = combinations(parcels).filter((some) => isSame(booked, countOf(some.flatMap((p) => p.lines))));
  const [only] = fits;
  return only && fits.length === 1 ? only : null;
}

/** Hands out booked pieces, each once. */
class Pieces {
  private readonly left: { readonly slipId: string; readonly line: number; readonly of: BookedLine; n: number }[];
  readonly uses: LineUse[] = [];

  constructor(slips: readonly Slip[]) {
    this.left = slips.flatMap(({ id, lines }) => lines.map((of, line) => ({ slipId: id, line, of, n: of.quantity })));
  }

  /** Counts what there is of these goods for the parcel; says whether all that was counted is good. */
  take(parcelId: string, goods: readonly GoodsLine[], slips: readonly Slip[]): boolean {
    let allGood = true;
    for (const [sku, wanted] of countOf(goods)) {
      let open = wanted;
      for (const piece of this.left) {
        if (open === 0 || piece.of.sku !== sku || !slips.some(({ id }) => id === piece.slipId)) continue;
        const quantity = Math.min(open, piece.n);
        if (quantity === 0) continue;
        piece.n -= quantity;
        open -= quantity;
        allGood &&= isGood(piece.of.condition);
        this.uses.push({ slipId: piece.slipId, line: piece.line, parcelId, quantity });
      }
    }
    return allGood;
  }
}

/**
 * Matches what the warehouse booked with what was expected, over all parcels whose orders touch (R75). First each parcel with
 * what came under its own numbers; then every booking with the one set of parcels whose goods are exactly it, whichever number
 * it came under (a sibling’s, say); then all that is left with all that is left. A sum that only nearly fits ends nothing. Pure.
 */
export function matchReturns(parcels: readonly ExpectedParcel[], slips: readonly Slip[]): ReturnMatch {
  const outcomes = new Map<string, ReturnOutcome>(parcels.map(({ id }) => [id, 'waiting']));
  const pieces = new Pieces(slips);
  const used = new Set<string>();
  const isOpen = (parcel: ExpectedParcel) => outcomes.get(parcel.id) === 'waiting' && parcel.lines.length > 0;
  const free = () => slips.filter(({ id }) => !used.has(id));
  const own = (parcel: ExpectedParcel) => free().filter((slip) => slip.parcelId === parcel.id);
  const end = (some: readonly ExpectedParcel[], by: readonly Slip[]) => {
    for (const { id, lines } of some) outcomes.set(id, pieces.take(id, lines, by) ? 'exact' : 'damaged');
    for (const { id } of by) used.add(id);
  };

  for (const parcel of parcels) {
    const by = own(parcel);
    const goods = by.flatMap(({ lines }) => lines);
    if (by.length > 0 && parcel.lines.length > 0 && isSame(countOf(goods), countOf(parcel.lines))) end([parcel], by);
  }
  for (let moved = true; moved; ) {
    moved = false;
    for (const slip of free()) {
      const fit = onlyFit(slip.lines, parcels.filter(isOpen));
      if (!fit) continue;
      end(fit, [slip]);
      moved = true;
    }
  }
  const rest = parcels.filter(isOpen);
  const together = free().filter(({ parcelId }) => rest.some(({ id }) => id === parcelId));
  const all = countOf(together.flatMap(({ lines }) => lines));
  if (together.length > 0 && isSame(all, countOf(rest.flatMap(({ lines }) => lines)))) end(rest, together);

  for (const parcel of parcels) {
    const by = own(parcel);
    if (by.length === 0) continue;
    for (const { id } of by) used.add(id);
    const goods = by.flatMap(({ lines }) => lines);
    if (parcel.lines.length === 0) {
      outcomes.set(parcel.id, pieces.take(parcel.id, goods, by) ? 'unchecked' : 'damaged');
    } else if (outcomes.get(parcel.id) !== 'waiting') {
      // It was complete, and something came that nobody expects.
      outcomes.set(parcel.id, 'other');
    } else {
      const expected = countOf(parcel.lines);
      pieces.take(parcel.id, parcel.lines, by);
      const only = [...countOf(goods)].every(([sku, n]) => n <= (expected.get(sku) ?? 0));
      outcomes.set(parcel.id, only ? 'short' : 'other');
    }
  }
  return { outcomes, uses: pieces.uses };
}
