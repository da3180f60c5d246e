import { type Chance, PRIOR_CHANCE } from '../../domain/scorecard/chance.js';
import { ratesOf, type Scores } from '../../domain/scorecard/scorecard.js';
import type { ScorecardFilter } from '../../domain/store/scorecard-reader.js';
import type { ScorecardsAnswer } from '../api/schemas/scorecard.js';
import { quantile } from './courier-chart.js';
import { time } from './words.js';

type ChanceOf = (carrier: string, hour: number, station: string | null) => Chance;

const PRIOR: Chance = { share: PRIOR_CHANCE, from: 'prior', asked: 0 };
const NO_HOUR = -1;

/** What policies count with for a parcel of this group. */
function chanceFor(of: ChanceOf | undefined, by: ScorecardFilter['by'], { carrier, name }: Scores): Chance {
  const hour = by === 'hour' ? Number(name) : NO_HOUR;
  return of?.(carrier, hour, by === 'station' && name !== '' ? name : null) ?? PRIOR;
}

export function presentScorecards(
  { by, since, until }: ScorecardFilter,
  scores: readonly Scores[],
  chance: ChanceOf | undefined,
  readAt: Date,
): ScorecardsAnswer {
  return {
    by,
    since: time(since),
    until: time(until),
    readAt: time(readAt),
    items: scores.map((row) => {
      const { taken, ...counted } = row;
      const times = [...taken].sort(([a], [b]) => a - b);
      return {
        ...counted,
        ...ratesOf(row),
        taken: times.reduce((sum, [, n]) => sum + n, 0),
        p50Ms: quantile(times, 0.5),
        p95Ms: quantile(times, 0.95),
        chance: { ...chanceFor(chance, by, row) },
      };
    }),
  };
}
