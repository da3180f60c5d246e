import type { CarrierPlugin } from '../../domain/carrier/port.js';
import { jd } from './jd/adapter.js';
import { jtexpress } from './jtexpress/adapter.js';
import { kuaidi100 } from './kuaidi100/adapter.js';
import { sf } from './sf/adapter.js';
import { sto } from './sto/adapter.js';
import { yto } from './yto/adapter.js';
import { yunda } from './yunda/adapter.js';
import { zto } from './zto/adapter.js';

/** Throws if two couriers share a slug: the second would be unreachable, without a word. */
export function listCarriers(plugins: readonly CarrierPlugin[]): readonly CarrierPlugin[] {
  const slugs = plugins.map((plugin) => plugin.manifest.slug);
  const twice = slugs.find((slug, index) => slugs.indexOf(slug) !== index);
  if (twice !== undefined) throw new Error(`two couriers are called "${twice}"`);
  return plugins;
}

/** Every courier this build can speak to. */
export const CARRIERS: readonly CarrierPlugin[] = listCarriers([zto, yto, yunda, sto, sf, jd, jtexpress, kuaidi100]);

/** The courier of a slug; undefined: not connected (R17). */
export function carrierBySlug(slug: string): CarrierPlugin | undefined {
  return CARRIERS.find((plugin) => plugin.manifest.slug === slug);
}
