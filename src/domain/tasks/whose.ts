import type { TargetSettings } from '../settings/targets.js';

/** Whose tasks are told of: these owners', or with `but` everybody's except theirs. */
export interface Whose {
  readonly owners: readonly string[];
  readonly but: boolean;
}

/**
 * Whose work the digest of a target tells of (R78): its owners'; one that belongs to nobody hears of the owners that no
 * other target hears of. null: everybody's.
 */
export function whoseDigest(target: TargetSettings, targets: Iterable<TargetSettings>): Whose | null {
  if (target.digest?.owners) return { owners: target.digest.owners, but: false };
  const elsewhere = [...targets].flatMap(({ enabled, digest }) => (enabled && digest?.owners) || []);
  return elsewhere.length === 0 ? null : { owners: [...new Set(elsewhere)], but: true };
}
