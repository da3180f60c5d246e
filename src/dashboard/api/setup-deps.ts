import type { CarrierManifest } from '../../domain/carrier/port.js';
import type { PlatformManifest } from '../../domain/platform/port.js';
import type { Secrets } from '../../domain/secrets/secrets.js';
import type { CheckOptions } from '../../domain/settings/check-settings.js';
import type { ReadTest } from '../../domain/settings/read-test.js';
import type { IntakeDoor } from '../../domain/store/intake-state-store.js';

/** What the pages of the configuration need beside the database; filled by run-web.ts. */
export interface SetupDeps {
  readonly secrets: Secrets;
  /** What `jiejian apply` checks a file with. */
  readonly checks: Pick<CheckOptions, 'credentials' | 'features'> & {
    /** May somebody at a page make us call this address (S11)? */
    readonly mayBeTyped: (url: string) => boolean;
  };
  readonly platforms: readonly PlatformManifest[];
  readonly carriers: readonly CarrierManifest[];
  /** The doors that a shop's intake really uses now. */
  readonly doorsOf: (shopId: string) => readonly IntakeDoor[];
  /** Asks a courier for the track of a waybill with the stored keys of an account; never a write. */
  readonly testAccount: (
    accountId: string,
    wanted: { readonly waybillNo: string; readonly phoneTail: string | null },
  ) => Promise<ReadTest>;
  /** Reads one after-sale from a shop's platform; never a write. */
  readonly testShop: (
    shopId: string,
    wanted: { readonly afterSaleId: string; readonly orderId: string | null },
  ) => Promise<ReadTest>;
}
