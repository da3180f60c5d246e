import type { CarrierBook } from '../carrier/book.js';
import { laneIdOf } from '../ids.js';
import type { AccountSettings, Settings, ShopSettings } from './settings.js';

/** A platform publishes no limit of its intercept API: the caution we also use at couriers. */
const CHANNEL_LIMIT = { max: 20, perMs: 1_000 } as const;
const CHANNEL_CONCURRENCY = 10;

/** A shop's platform channel as lanes know it: an account whose courier is the platform and whose id is the shop's. */
function channelAccount(shop: ShopSettings, slug: string): AccountSettings {
  return {
    id: shop.id,
    carrier: slug,
    shops: [shop.id],
    serves: [],
    isDefault: true,
    baseUrl: shop.baseUrl,
    credentials: shop.credentials,
    rateLimit: CHANNEL_LIMIT,
    readRateLimit: CHANNEL_LIMIT,
    concurrency: CHANNEL_CONCURRENCY,
    timeoutMs: null,
    enabled: shop.enabled,
  };
}

/** The channel of a shop that intercepts through its platform; null: it calls couriers, or its platform has no such API. */
function channelFor(book: CarrierBook, shop: ShopSettings): AccountSettings | null {
  const slug = shop.channel === 'platform' ? book.channelOf(shop.platform) : null;
  return slug === null ? null : channelAccount(shop, slug);
}

/** Every account that has a lane: the enabled courier accounts, and the channels of enabled shops (design.md "Channels"). */
export function laneAccounts(settings: Settings, book: CarrierBook): AccountSettings[] {
  const channels = [...settings.shops.values()].flatMap((shop) => channelFor(book, shop) ?? []);
  return [...settings.accounts.values(), ...channels].filter((account) => account.enabled);
}

/** The account behind a lane; null: no such lane is open. */
export function laneAccount(settings: Settings, book: CarrierBook, laneId: string): AccountSettings | null {
  return laneAccounts(settings, book).find((account) => laneIdOf(account.carrier, account.id) === laneId) ?? null;
}

/**
 * The courier account that serves a shop's parcels of this courier: one at the courier itself beats a service that
 * fronts it, an exact shop beats `*`; of equals the default one (contract section 4).
 */
export function courierAccountFor(settings: Settings, carrier: string, shopId: string): AccountSettings | null {
  const fits = [...settings.accounts.values()].filter(
    (a) => a.enabled && (a.shops === '*' || a.shops.includes(shopId)),
  );
  const own = fits.filter((a) => a.carrier === carrier);
  const candidates = own.length > 0 ? own : fits.filter((a) => a.serves.includes(carrier));
  const exact = candidates.filter((a) => a.shops !== '*');
  const pool = exact.length > 0 ? exact : candidates;
  return pool.find((a) => a.isDefault) ?? pool[0] ?? null;
}

/** Where a shop's parcels of this courier are sent: the platform's channel if the shop wants it, else a courier account. */
export function accountFor(
  settings: Settings,
  book: CarrierBook,
  carrier: string,
  shop: ShopSettings,
): AccountSettings | null {
  return channelFor(book, shop) ?? courierAccountFor(settings, carrier, shop.id);
}

/** Can anybody look at the road for this account: its own track query, or that of an account at the parcel's courier? */
export function canLook(
  settings: Settings,
  book: CarrierBook,
  account: AccountSettings,
  carrier: string,
  shopId: string,
): boolean {
  const tracks = (slug: string) => book.manifest(slug)?.capabilities.track === true;
  const courier = courierAccountFor(settings, carrier, shopId);
  return tracks(account.carrier) || (courier !== null && tracks(courier.carrier));
}
