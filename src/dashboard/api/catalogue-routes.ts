import { z } from 'zod';
import { chinaDay } from '../../domain/china-time.js';
import { feeOn } from '../../domain/money/tariff.js';
import type { ShopSettings } from '../../domain/settings/settings.js';
import { lastHeard } from '../../domain/store/inbox-reader.js';
import { platformSource } from '../../domain/store/inbox-store.js';
import { type IntakeState, intakeStates } from '../../domain/store/intake-state-store.js';
import { type SkippedUnsigned, skippedUnsigned } from '../../domain/store/unsigned-reader.js';
import { maskPhones, time, timeOrNull } from '../presenters/words.js';
import { type ApiDeps, ok, route } from './route.js';
import { SHOP, type ShopAnswer } from './schemas/shop.js';
import { TARIFF } from './schemas/tariff.js';

/** What is known of a shop beside its configuration. */
interface ShopIntake {
  readonly heardAt: Date | null;
  readonly doors: readonly IntakeState[];
  readonly skipped: SkippedUnsigned | null;
}

function presentDoor({ door, cursorAt, nextAt, lastOkAt, failedSince, lastError }: IntakeState) {
  return {
    door,
    cursorAt: timeOrNull(cursorAt),
    nextAt: timeOrNull(nextAt),
    lastOkAt: timeOrNull(lastOkAt),
    failingSince: timeOrNull(failedSince),
    lastError: lastError === null ? null : maskPhones(lastError),
  };
}

/** A door that has not been opened yet has no state: it stands there as never read. */
const unopened = (shopId: string, door: IntakeState['door']): IntakeState => ({
  shopId,
  door,
  cursorAt: null,
  nextAt: null,
  lastOkAt: null,
  failedSince: null,
  lastError: null,
});

async function intakeOf(deps: ApiDeps, shops: readonly ShopSettings[]): Promise<(shop: ShopSettings) => ShopIntake> {
  const sourceOf = (shop: ShopSettings) => platformSource(shop.platform, shop.id);
  const unsigned = shops.filter((shop) => shop.agreementSignedAt === null).map(({ id }) => id);
  const [heard, states, skipped] = await Promise.all([
    lastHeard(deps.db, shops.map(sourceOf)),
    intakeStates(deps.db),
    skippedUnsigned(deps.db, unsigned),
  ]);
  return (shop) => ({
    heardAt: heard.get(sourceOf(shop)) ?? null,
    doors: deps.setup
      .doorsOf(shop.id)
      .map((door) => states.find((s) => s.shopId === shop.id && s.door === door) ?? unopened(shop.id, door)),
    skipped: shop.agreementSignedAt === null ? (skipped.get(shop.id) ?? { count: 0, lastAt: null }) : null,
  });
}

/** What the configuration names, for forms and filters: short lists, always one page. */
const onePage = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), nextCursor: z.null() });

function presentShop(shop: ShopSettings, intake: ShopIntake): ShopAnswer {
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
    lastEventAt: timeOrNull(intake.heardAt),
    intakeDoors: intake.doors.map(presentDoor),
    skippedUnsigned: intake.skipped && { count: intake.skipped.count, lastAt: timeOrNull(intake.skipped.lastAt) },
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
    const intake = await intakeOf(deps, seen);
    return ok({ items: seen.map((shop) => presentShop(shop, intake(shop))), nextCursor: null });
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
