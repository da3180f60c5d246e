import { createHash } from 'node:crypto';
import type { Platform } from '../../sandbox/scenario-platforms.js';
import type { Text } from './labels.js';
import type { TwinKeys } from './twin-keys.js';

interface PlatformFacts {
  readonly label: Text;
  readonly firstShopId: string;
  /** Words of the twin's command line; `shops` are the platform's numbers of all its shops. */
  readonly twin: (keys: TwinKeys, shops: readonly string[]) => readonly string[];
  readonly credentials: (keys: TwinKeys, baseUrl: string, shopId: string) => Readonly<Record<string, unknown>>;
}

/** A seller's access token: one for every shop where the twin knows several. */
const tokenOf = ({ accessToken }: TwinKeys, shopId: string) => `${accessToken}${shopId}`;
const socketOf = (baseUrl: string) => `${baseUrl.replace('http:', 'ws:')}/`;
/** Keys of other lengths, from the run's own. */
const derived = ({ appSecret }: TwinKeys, what: string) => createHash('sha256').update(`${appSecret}/${what}`).digest();
const aesKey = (keys: TwinKeys) => derived(keys, 'aes').toString('base64').slice(0, 43);
const messageKey = (keys: TwinKeys) => derived(keys, 'message').subarray(0, 16).toString('base64');
const app = ({ appKey, appSecret }: TwinKeys) => ({ appKey, appSecret });
const appWords = ({ appKey, appSecret }: TwinKeys) => ['--app-key', appKey, '--app-secret', appSecret];
const whole = (keys: TwinKeys) => ({ ...app(keys), accessToken: keys.accessToken });
const oneShop = (shops: readonly string[]) => ['--shop-id', shops[0] ?? '0'];

/** The selling platforms of the demo with what differs between them. */
export const DEMO_PLATFORMS = {
  douyin: {
    label: { zh: '抖店', en: 'Douyin' },
    firstShopId: '10437917',
    twin: (keys) => [...appWords(keys), '--access-token', keys.accessToken],
    credentials: whole,
  },
  taobao: {
    label: { zh: '淘宝/天猫', en: 'Taobao' },
    firstShopId: '2000001',
    twin: (keys, shops) => [
      ...appWords(keys),
      ...shops.flatMap((shopId) => ['--seller', `${shopId}=${tokenOf(keys, shopId)}`]),
    ],
    credentials: (keys, baseUrl, shopId) => ({
      ...app(keys),
      accessToken: tokenOf(keys, shopId),
      messageUrl: socketOf(baseUrl),
    }),
  },
  pinduoduo: {
    label: { zh: '拼多多', en: 'Pinduoduo' },
    firstShopId: '3000001',
    twin: (keys, shops) => [
      ...appWords(keys),
      ...shops.flatMap((shopId) => ['--mall', `${shopId}=${tokenOf(keys, shopId)}`]),
    ],
    credentials: (keys, baseUrl, shopId) => ({
      ...app(keys),
      accessToken: tokenOf(keys, shopId),
      messageUrl: socketOf(baseUrl),
      detailAmountUnit: 'fen',
    }),
  },
  jd: {
    label: { zh: '京东', en: 'JD' },
    firstShopId: '4000001',
    twin: (keys, shops) => [...appWords(keys), '--access-token', keys.accessToken, ...oneShop(shops)],
    credentials: (keys) => ({ ...whole(keys), paidAmountField: 'orderPayment' }),
  },
  kuaishou: {
    label: { zh: '快手小店', en: 'Kuaishou' },
    firstShopId: '5000001',
    twin: (keys, shops) => [
      ...['--app-key', keys.appKey, '--sign-secret', keys.appSecret, '--access-token', keys.accessToken],
      ...['--message-key', messageKey(keys), ...oneShop(shops)],
    ],
    credentials: (keys) => ({ ...whole(keys), messageKey: messageKey(keys) }),
  },
  xiaohongshu: {
    label: { zh: '小红书', en: 'Xiaohongshu' },
    firstShopId: '6000001',
    twin: (keys, shops) => [...appWords(keys), '--access-token', keys.accessToken, ...oneShop(shops)],
    credentials: whole,
  },
  wechat: {
    label: { zh: '微信小店', en: 'WeChat Store' },
    firstShopId: 'gh_7000001',
    twin: (keys, shops) => [
      ...['--app-id', keys.appKey, '--access-token', keys.accessToken, '--token', keys.appSecret],
      ...['--encoding-aes-key', aesKey(keys), ...oneShop(shops)],
    ],
    credentials: (keys) => ({ ...whole(keys), token: keys.appSecret, encodingAesKey: aesKey(keys) }),
  },
  generic: {
    label: { zh: '自有系统', en: 'Own system' },
    firstShopId: '8000001',
    twin: (keys) => ['--secret', keys.appSecret],
    credentials: ({ appSecret }) => ({ secret: appSecret }),
  },
} as const satisfies Record<Platform, PlatformFacts>;

/** One value for every platform of a run. */
export type ByPlatform<T> = Readonly<Partial<Record<Platform, T>>>;

/** What a platform has, by its name, without the literal types of the table. */
export function platformFacts(platform: Platform): PlatformFacts {
  return DEMO_PLATFORMS[platform];
}
