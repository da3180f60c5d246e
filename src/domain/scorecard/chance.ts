/** Before anything is known of a courier, six of ten stops are taken to succeed: an assumption of ours, stated here. */
export const PRIOR_CHANCE = 0.6;
/** Fewer orders than this say nothing: the next wider group is asked, at last the prior. */
export const LEAST_ASKED = 30;

/** What is counted together: one courier's parcels last seen at one place, of one hour of the day, or all of them. */
export const CHANCE_GROUPS = ['station', 'hour', 'carrier'] as const;
export type ChanceGroup = (typeof CHANCE_GROUPS)[number];

/** Orders of one group that have an end. */
export interface ChanceRow {
  readonly carrier: string;
  readonly group: ChanceGroup;
  /** The place, the hour 0 to 23; empty for all of the courier. */
  readonly name: string;
  readonly asked: number;
  readonly stopped: number;
}

/** How likely a stop is, and from how many orders that is known. */
export interface Chance {
  readonly share: number;
  readonly from: ChanceGroup | 'prior';
  readonly asked: number;
}

const PRIOR: Chance = { share: PRIOR_CHANCE, from: 'prior', asked: 0 };

/** What was learnt, for looking up. */
export class Chances {
  private readonly rows: ReadonlyMap<string, ChanceRow>;

  constructor(rows: readonly ChanceRow[]) {
    this.rows = new Map(rows.map((row) => [keyOf(row.carrier, row.group, row.name), row]));
  }

  /** The narrowest group of this parcel that has seen enough orders: its last place, the hour, its courier; else the prior. */
  of(carrier: string, hour: number, station: string | null): Chance {
    const names: Readonly<Record<ChanceGroup, string | null>> = { station, hour: String(hour), carrier: '' };
    for (const group of CHANCE_GROUPS) {
      const name = names[group];
      const row = name === null ? undefined : this.rows.get(keyOf(carrier, group, name));
      if (row && row.asked >= LEAST_ASKED) return { share: row.stopped / row.asked, from: group, asked: row.asked };
    }
    return PRIOR;
  }
}

const keyOf = (carrier: string, group: ChanceGroup, name: string) => `${carrier}/${group}/${name}`;
