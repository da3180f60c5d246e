import { type ChanceGroup, type ChanceRow, LEAST_ASKED } from './chance.js';

/** Orders that have an end, as they are counted: by courier, hour of the send and the place last seen. */
export interface Ended {
  readonly carrier: string;
  readonly hour: number;
  readonly station: string | null;
  readonly asked: number;
  readonly stopped: number;
}

const NAMES: Readonly<Record<ChanceGroup, (row: Ended) => string | null>> = {
  station: (row) => row.station,
  hour: (row) => String(row.hour),
  carrier: () => '',
};

/** What these orders teach; groups too small to say anything are left out. */
export function learnChances(ended: readonly Ended[]): ChanceRow[] {
  const groups = new Map<string, ChanceRow>();
  for (const row of ended) {
    for (const group of Object.keys(NAMES) as ChanceGroup[]) {
      const name = NAMES[group](row);
      if (name === null) continue;
      const key = `${row.carrier}/${group}/${name}`;
      const { asked = 0, stopped = 0 } = groups.get(key) ?? {};
      groups.set(key, {
        carrier: row.carrier,
        group,
        name,
        asked: asked + row.asked,
        stopped: stopped + row.stopped,
      });
    }
  }
  return [...groups.values()].filter(({ asked }) => asked >= LEAST_ASKED);
}
