import type { Chance } from '../scorecard/chance.js';
import type { RoadTimes } from '../tracking/road-time.js';
import type { CarrierManifest } from './port.js';

/** What the domain may know of the couriers and platforms that are plugged in: facts, never code. Filled by main.ts. */
export interface CarrierBook {
  /** The manifest of a courier, or of a platform's own channel, or null when none of that slug is plugged in. */
  manifest(slug: string): CarrierManifest | null;
  /** Every courier a parcel may travel with: those with an adapter, and those that a service fronts (`serves`). */
  readonly slugs: ReadonlySet<string>;
  /** The slug of a platform's own intercept API, which is a courier's to a lane; null: it has none. */
  channelOf(platform: string): string | null;
  /** Can an after-sale of this platform be read again at any time, or does it only tell by itself? */
  canReread(platform: string): boolean;
  /** The documented courier codes and names of a platform (R66). */
  platformAliases(platform: string): Readonly<Record<string, string>>;
  /** What the past says of the time that a courier's parcels are on the road; null or absent: no history yet. */
  roadTimes?(carrier: string): RoadTimes | null;
  /** How likely this courier is to stop a parcel at this hour (China), last seen at this place; absent: nothing was learnt. */
  chance?(carrier: string, hour: number, station: string | null): Chance;
}
