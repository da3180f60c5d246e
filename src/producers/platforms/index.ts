import type { CarrierPlugin } from '../../domain/carrier/port.js';
import type { PlatformPlugin } from '../../domain/platform/port.js';
import { douyinPlugin } from './douyin/adapter.js';
import { genericPlugin } from './generic/adapter.js';
import { jdPlugin } from './jd/adapter.js';
import { kuaishouPlugin } from './kuaishou/adapter.js';
import { pinduoduoPlugin } from './pinduoduo/adapter.js';
import { taobaoPlugin } from './taobao/adapter.js';
import { wechatPlugin } from './wechat/adapter.js';
import { xiaohongshuPlugin } from './xiaohongshu/adapter.js';

/** Every selling platform that is connected: one line each. */
export const PLATFORMS: readonly PlatformPlugin[] = [
  douyinPlugin(),
  taobaoPlugin,
  pinduoduoPlugin,
  jdPlugin,
  kuaishouPlugin,
  xiaohongshuPlugin,
  wechatPlugin,
  genericPlugin(),
];

/** A platform's own intercept API by the slug of its channel; undefined: nothing of that slug is plugged in. */
export function channelBySlug(slug: string): CarrierPlugin | undefined {
  return PLATFORMS.find(({ channel }) => channel?.manifest.slug === slug)?.channel;
}

/** The platform of a slug as it stands in the configuration and in `/webhooks/{platform}/{shopId}`. */
export function platformBySlug(slug: string): PlatformPlugin | undefined {
  return PLATFORMS.find(({ manifest }) => manifest.slug === slug);
}
