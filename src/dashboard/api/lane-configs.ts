import { laneIdOf } from '../../domain/ids.js';
import type { AccountSettings, RateLimit, Settings } from '../../domain/settings/settings.js';

/** A lane as the configuration makes it: one per enabled courier account. */
export interface LaneConfig {
  readonly id: string;
  readonly carrier: string;
  readonly accountId: string;
  readonly rateLimit: RateLimit | null;
  readonly concurrency: number;
}

function serves(account: AccountSettings, shops: readonly string[] | null): boolean {
  return shops === null || account.shops === '*' || account.shops.some((shop) => shops.includes(shop));
}

/** The lanes that serve any of these shops (null: all). */
export function laneConfigs(settings: Settings, shops: readonly string[] | null): LaneConfig[] {
  return [...settings.accounts.values()]
    .filter((account) => account.enabled && serves(account, shops))
    .map(({ id, carrier, rateLimit, concurrency }) => ({
      id: laneIdOf(carrier, id),
      carrier,
      accountId: id,
      rateLimit,
      concurrency,
    }));
}
