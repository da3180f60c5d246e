/** What orders are scored by, beside their courier. */
export const SCORE_GROUPS = ['carrier', 'station', 'hour'] as const;
export type ScoreGroup = (typeof SCORE_GROUPS)[number];

/** What the orders of one group came to. Fen, numbers of orders. */
export interface Scores {
  readonly carrier: string;
  /** The place or the hour `00` to `23` in China; empty: all of the courier, or a place that nobody knows. */
  readonly name: string;
  readonly asked: number;
  readonly stopped: number;
  /** Those whose end is known. */
  readonly ended: number;
  readonly accepted: number;
  /** The courier took the order and delivered all the same: it has promised (R52). */
  readonly breached: number;
  readonly savedFen: number;
  readonly feesFen: number;
  /** How many orders it took, by the time from our send to its yes: `[n, count]`, each up to 2^(n/4) ms. */
  readonly taken: readonly (readonly [number, number])[];
}

/** Shares with the size of what they are shares of; null: of nothing. */
export interface Rates {
  readonly success: number | null;
  readonly breach: number | null;
  /** Fees for every yuan of goods that came back. */
  readonly costPerSavedYuan: number | null;
}

const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

export function ratesOf({ stopped, ended, accepted, breached, savedFen, feesFen }: Scores): Rates {
  return {
    success: share(stopped, ended),
    breach: share(breached, accepted),
    costPerSavedYuan: share(feesFen, savedFen),
  };
}
