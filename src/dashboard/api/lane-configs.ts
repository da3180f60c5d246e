import type { CarrierBook } from '../../domain/carrier/book.js';
import type { Capabilities } from '../../domain/carrier/port.js';
import { laneIdOf } from '../../domain/ids.js';
import { laneAccounts } from '../../domain/settings/lanes.js';
import type { AccountSettings, RateLimit, Settings } from '../../domain/settings/settings.js';

/** A lane as the configuration makes it: one per enabled courier account, one per shop that uses its platform's channel. */
export interface LaneConfig {
  readonly id: string;
  readonly carrier: string;
  readonly accountId: string;
  readonly rateLimit: RateLimit | null;
  readonly concurrency: number;
  /** What the courier's interface can do; null: the courier is not plugged in. */
  readonly capabilities: Capabilities | null;
}

function serves(account: AccountSettings, shops: readonly string[] | null): boolean {
  return shops === null || account.shops === '*' || account.shops.some((shop) => shops.includes(shop));
}

/** The lanes that serve any of these shops (null: all). */
export function laneConfigs(settings: Settings, book: CarrierBook, shops: readonly string[] | null): LaneConfig[] {
  return laneAccounts(settings, book)
    .filter((account) => serves(account, shops))
    .map(({ id, carrier, rateLimit, concurrency }) => ({
      id: laneIdOf(carrier, id),
      carrier,
      accountId: id,
      rateLimit,
      concurrency,
      capabilities: book.manifest(carrier)?.capabilities ?? null,
    }));
}
