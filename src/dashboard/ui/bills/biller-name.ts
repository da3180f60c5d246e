import { courierName } from '../parts/couriers.js';
import { platformName } from '../parts/platforms.js';
import type { Lang } from '../texts/text.js';

/** Whoever charges: a courier, or a platform whose own channel was used. */
export function billerName(slug: string, lang: Lang): string {
  const courier = courierName(slug, lang);
  return courier === slug ? platformName(slug === 'jdpop' ? 'jd' : slug, lang) : courier;
}
