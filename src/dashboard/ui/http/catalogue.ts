import { useMay } from '../session/session.js';
import type { LaneAnswer, ShopAnswer, TariffAnswer } from './answers.js';
import { useSeldom } from './live.js';

/** What the configuration names: offered in filters and forms. */
export function useShops(): readonly ShopAnswer[] {
  return useSeldom<ShopAnswer>(['shops'], '/api/v1/shops', useMay('config:read'));
}

/** What people call a shop; its id where no name is known. */
export function useShopName(id: string): string {
  return useShops().find((shop) => shop.id === id)?.name ?? id;
}

export function useCarriers(): readonly string[] {
  const lanes = useSeldom<LaneAnswer>(['lanes', 'carriers'], '/api/v1/lanes', useMay('config:read'));
  return [...new Set(lanes.map((lane) => lane.carrier))].sort();
}

/** Today's fee of one intercept by courier, fen. */
export function useFees(): ReadonlyMap<string, number> {
  const tariffs = useSeldom<TariffAnswer>(['tariffs'], '/api/v1/tariffs', useMay('config:read'));
  return new Map(tariffs.map(({ carrier, feeFen }) => [carrier, feeFen]));
}
