import { z } from 'zod';
import { chinaDay } from '../../domain/china-time.js';
import { feeOn, type ShopSettings } from '../../domain/settings/settings.js';
import { lastHeard } from '../../domain/store/inbox-reader.js';
import { platformSource } from '../../domain/store/inbox-store.js';
import { time, timeOrNull } from '../presenters/words.js';
import { ok, route } from './route.js';
import { SHOP, type ShopAnswer } from './schemas/shop.js';
import { TARIFF } from './schemas/tariff.js';

/** What the configuration names, for forms and filters: short lists, always one page. */
const onePage = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), nextCursor: z.null() });

function presentShop(shop: ShopSettings, heardAt: Date | null): ShopAnswer {
  const { id, platform, platformShopId, name, crossBorder, status, mode, refundMode } = shop;
  return {
    id,
    platform,
    platformShopId,
    name,
    crossBorder,
    status,
    agreementSignedAt: timeOrNull(shop.agreementSignedAt),
    mode,
    refundMode,
    autoFrom: time(shop.autoFrom),
    intake: shop.intake,
    lastEventAt: timeOrNull(heardAt),
  };
}

const shops = route({
  method: 'get',
  path: '/shops',
  scope: 'config:read',
  summary: 'The shops this caller may see',
  answers: { 200: { description: 'all shops', schema: onePage(SHOP) } },
  async handle({ deps, caller }) {
    const seen = [...deps.settings().shops.values()].filter(
      (shop) => shop.enabled && (caller.shops === null || caller.shops.includes(shop.id)),
    );
    const sourceOf = (shop: ShopSettings) => platformSource(shop.platform, shop.id);
    const heard = await lastHeard(deps.db, seen.map(sourceOf));
    return ok({ items: seen.map((shop) => presentShop(shop, heard.get(sourceOf(shop)) ?? null)), nextCursor: null });
  },
});

const tariffs = route({
  method: 'get',
  path: '/tariffs',
  scope: 'config:read',
  summary: 'What an intercept costs today, by courier (R20, R31)',
  answers: { 200: { description: 'one row a courier that has a tariff', schema: onePage(TARIFF) } },
  async handle({ deps }) {
    const all = deps.settings().tariffs;
    const carriers = [...new Set(all.map((tariff) => tariff.carrier))].sort();
    const today = chinaDay(deps.now());
    const items = carriers.flatMap((carrier) => feeOn(all, carrier, today) ?? []);
    return ok({ items, nextCursor: null });
  },
});

export const catalogueRoutes = [shops, tariffs];
