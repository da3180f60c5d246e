import type { CarrierManifest } from './port.js';

/** What the domain may know of the couriers and platforms that are plugged in: facts, never code. Filled by main.ts. */
export interface CarrierBook {
  /** The manifest of a courier, or null when none of that slug is plugged in. */
  manifest(slug: string): CarrierManifest | null;
  readonly slugs: ReadonlySet<string>;
  /** The documented courier codes and names of a platform (R66). */
  platformAliases(platform: string): Readonly<Record<string, string>>;
}
