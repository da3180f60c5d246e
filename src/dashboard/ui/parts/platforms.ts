import type { Lang, Text } from '../texts/text.js';

/** Names of platforms as people know them; another slug stands for itself. */
const PLATFORMS: Readonly<Record<string, Text>> = {
  douyin: { zh: '抖店', en: 'Douyin' },
  taobao: { zh: '淘宝天猫', en: 'Taobao' },
  pinduoduo: { zh: '拼多多', en: 'Pinduoduo' },
  jd: { zh: '京东', en: 'JD' },
  kuaishou: { zh: '快手', en: 'Kuaishou' },
  xiaohongshu: { zh: '小红书', en: 'Xiaohongshu' },
  wechat: { zh: '微信小店', en: 'WeChat' },
  generic: { zh: '自有系统', en: 'Own system' },
};

export function platformName(slug: string, lang: Lang): string {
  return Object.hasOwn(PLATFORMS, slug) ? (PLATFORMS[slug]?.[lang] ?? slug) : slug;
}
