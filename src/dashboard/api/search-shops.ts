import type { Settings } from '../../domain/settings/settings.js';
import type { Caller } from '../auth/caller.js';

/** The shops whose numbers a caller may search: a hit in another's would give that number away. */
export function searchShops(settings: Settings, caller: Caller): readonly string[] {
  return caller.shops ?? [...settings.shops.keys()];
}
