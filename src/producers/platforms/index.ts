import type { PlatformPlugin } from '../../domain/platform/port.js';
import { douyinPlugin } from './douyin/adapter.js';

/** Every selling platform that is connected: one line each. */
export const PLATFORMS: readonly PlatformPlugin[] = [douyinPlugin()];

/** The platform of a slug as it stands in the configuration and in `/webhooks/{platform}/{shopId}`. */
export function platformBySlug(slug: string): PlatformPlugin | undefined {
  return PLATFORMS.find(({ manifest }) => manifest.slug === slug);
}
