import type { CarrierAdapter, CarrierManifest, CarrierPlugin } from '../../src/domain/carrier/port.js';
import type { CarrierHarness } from './carrier-harness.js';

/** A mistake of the kind integrations really make, and the cases of the shared suite that must catch it. */
export interface Mistake {
  readonly name: string;
  readonly caughtBy: readonly string[];
  readonly adapter?: (good: CarrierAdapter, harness: CarrierHarness) => Partial<CarrierAdapter>;
  readonly manifest?: (good: CarrierManifest) => Partial<CarrierManifest>;
}

/** The harness of a good courier with one mistake built in. */
export function withMistake(harness: CarrierHarness, mistake: Mistake): CarrierHarness {
  const { plugin } = harness;
  const manifest = { ...plugin.manifest, ...mistake.manifest?.(plugin.manifest) };
  const bad: CarrierPlugin = {
    manifest,
    create(credentials) {
      const good = plugin.create(credentials);
      return { ...good, manifest, ...mistake.adapter?.(good, harness) };
    },
  };
  return { ...harness, plugin: bad };
}
