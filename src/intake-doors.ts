import type { IntakeDoor } from './domain/store/intake-state-store.js';
import { isPolled } from './producers/poll-intake.js';
import type { System } from './system.js';

/** The doors that a shop's intake uses now: what the configuration asks for and the platform can do. */
export function doorsInUse({ settings, platformOf }: Pick<System, 'settings' | 'platformOf'>) {
  return (shopId: string): readonly IntakeDoor[] => {
    const shop = settings().shops.get(shopId);
    const platform = shop?.enabled ? platformOf(shopId) : null;
    if (!shop || !platform) return [];
    const doors: IntakeDoor[] = [];
    if (platform.poll && isPolled(shop, platform)) doors.push('poll');
    if (platform.socket && shop.intake !== 'poll') doors.push('socket');
    return doors;
  };
}
