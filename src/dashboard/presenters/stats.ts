import type { CourierSuccess, Stats, StatsFilter } from '../../domain/store/stats-reader.js';
import type { StatsAnswer } from '../api/schemas/stats.js';
import { time } from './words.js';

function share({ succeeded, refused, missed }: CourierSuccess): number | null {
  const ended = succeeded + refused + missed;
  return ended === 0 ? null : succeeded / ended;
}

export function presentStats(stats: Stats, period: Pick<StatsFilter, 'since' | 'until'>): StatsAnswer {
  const { postedFen, reversedFen, elsewhereFen } = stats.fees;
  return {
    since: time(period.since),
    until: time(period.until),
    events: stats.events,
    decidedByState: { ...stats.byState },
    skippedByRule: { ...stats.skippedByRule },
    successByCourier: stats.byCourier.map((courier) => ({ ...courier, share: share(courier) })),
    timeToSendMs: { count: stats.timeToSend.count, p50: stats.timeToSend.p50Ms, p99: stats.timeToSend.p99Ms },
    fees: { postedFen, reversedFen, dueFen: postedFen - reversedFen, elsewhereFen },
    valueSavedFen: stats.valueSavedFen,
    refundedGoodsNotBack: { ...stats.refundedNotBack },
  };
}
