import type { AfterSaleFacts } from '../aftersale/after-sale.js';
import { chinaDay, chinaMinutes } from '../china-time.js';
import { feeOn, type Priced } from '../money/tariff.js';
import type { ConditionFacts } from '../policy/variables.js';
import { PRIOR_CHANCE } from '../scorecard/chance.js';
import type { ShopSettings } from '../settings/settings.js';
import type { Sighting } from '../tracking/sighting.js';
import type { Whereabouts } from '../tracking/whereabouts.js';
import type { JudgeEnv } from './case-store.js';

interface Known {
  readonly shop: ShopSettings;
  readonly carrier: string | null;
  /** What its price may depend on: weight, size, zone, service, and who would be asked. */
  readonly priced: Priced;
  readonly valueFen: number | null;
  readonly whereabouts: Whereabouts;
  /** The facts of the after-sale that the parcel is judged for. */
  readonly lead: AfterSaleFacts;
  /** Oldest first. */
  readonly sightings: readonly Pick<Sighting, 'place'>[];
}

/** What the conditions of a policy may look at, of one parcel at one moment. */
export function conditionFacts({ settings, book }: JudgeEnv, known: Known, now: Date): ConditionFacts {
  const { shop, carrier, priced, valueFen, whereabouts, lead, sightings } = known;
  const hour = Math.floor(chinaMinutes(now) / 60);
  const station = sightings.findLast(({ place }) => place !== null)?.place ?? null;
  return {
    amountFen: lead.refundAmountFen ?? null,
    valueFen,
    feeFen: carrier === null ? null : (feeOn(settings.tariffs, carrier, chinaDay(now), priced)?.feeFen ?? null),
    chance: (carrier === null ? null : book.chance?.(carrier, hour, station)?.share) ?? PRIOR_CHANCE,
    reason: lead.reason ?? null,
    category: lead.category ?? 'normal',
    skus: lead.skus ?? null,
    carrier,
    stage: whereabouts,
    shop: shop.id,
    platform: shop.platform,
    atMs: now.getTime(),
  };
}
