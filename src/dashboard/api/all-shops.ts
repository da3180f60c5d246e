import type { Caller } from '../auth/caller.js';
import { type Answer, problem } from './route.js';

/**
 * For what concerns the whole company: people, tokens, the audit log, the configuration as one document. Whoever is
 * limited to shops has no part in it, or he could widen his own limits.
 */
export async function onlyAllShops(caller: Caller, work: () => Promise<Answer>): Promise<Answer> {
  return caller.shops === null ? work() : problem('all_shops_needed');
}
