import { stableJson } from '../settings/diff.js';
import type { TariffRow } from '../settings/settings.js';

/** `atLeast` included, `below` excluded. */
export interface Bounds {
  readonly atLeast?: number | undefined;
  readonly below?: number | undefined;
}

/** When a price holds; all that are given must. None: always. */
export interface TariffConditions {
  readonly weightGrams?: Bounds | undefined;
  readonly volumeCm3?: Bounds | undefined;
  readonly zone?: readonly string[] | undefined;
  readonly service?: readonly string[] | undefined;
  /** Who was asked: the courier's own API, or the channel of a platform (`douyin`, `taobao`, `jdpop`). */
  readonly channel?: readonly string[] | undefined;
}

/** What a price may depend on; absent: not known, which meets no condition. */
export interface Freight {
  readonly weightGrams?: number | undefined;
  readonly volumeCm3?: number | undefined;
  readonly zone?: string | undefined;
  readonly service?: string | undefined;
}

export interface Priced extends Freight {
  readonly channel?: string | undefined;
}

const within = (value: number | undefined, { atLeast, below }: Bounds): boolean =>
  value !== undefined && value >= (atLeast ?? 0) && value < (below ?? Number.POSITIVE_INFINITY);
const among = (value: string | undefined, list: readonly string[]): boolean =>
  value !== undefined && list.includes(value);

const given = (when: TariffConditions | undefined) =>
  Object.entries(when ?? {}).filter(([, condition]) => condition !== undefined);

function holds(when: TariffConditions | undefined, of: Priced): boolean {
  const { weightGrams, volumeCm3, zone, service, channel } = when ?? {};
  return (
    (weightGrams === undefined || within(of.weightGrams, weightGrams)) &&
    (volumeCm3 === undefined || within(of.volumeCm3, volumeCm3)) &&
    (zone === undefined || among(of.zone, zone)) &&
    (service === undefined || among(of.service, service)) &&
    (channel === undefined || among(of.channel, channel))
  );
}

/** The more exact price goes before the newer one, and of equals the dearer is expected. */
const before = (a: TariffRow, b: TariffRow): number =>
  given(b.when).length - given(a.when).length || (a.from < b.from ? 1 : a.from > b.from ? -1 : b.feeFen - a.feeFen);

/**
 * The price of one intercept on a day (`YYYY-MM-DD`, Asia/Shanghai), fen (R31): of the rows of this courier that hold, the
 * one with the most conditions, then the newest. null: none holds.
 */
export function feeOn(
  tariffs: readonly TariffRow[],
  carrier: string,
  day: string,
  parcel: Priced = {},
): TariffRow | null {
  const valid = tariffs.filter((t) => t.carrier === carrier && t.from <= day && holds(t.when, parcel));
  return valid.sort(before)[0] ?? null;
}

/** Conditions in the one form that keys compare; empty: none. */
export function conditionsText(when: TariffConditions | undefined): string {
  return given(when).length === 0 ? '' : stableJson(when);
}

/** A row of the table of prices by name: courier, first day, conditions. */
export function tariffId({ carrier, from, when }: Pick<TariffRow, 'carrier' | 'from' | 'when'>): string {
  return [carrier, from, conditionsText(when)].join(' ').trim();
}

/** The columns that such a name stands for. */
export function tariffKey(id: string): readonly [carrier: string, from: string, conditions: string] {
  const [carrier = '', from = '', ...conditions] = id.split(' ');
  return [carrier, from, conditions.join(' ')];
}
