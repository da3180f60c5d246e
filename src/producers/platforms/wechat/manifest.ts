import { z } from 'zod';
import type { PlatformManifest } from '../../../domain/platform/port.js';
import { isAesKey } from './cipher.js';
import { CARRIER_ALIASES } from './codes.js';
import { WECHAT_FACTS } from './facts.js';
import { REFUND_FACTS } from './refund.js';

/** What a shop's owner copies from the store's console (contract.md section 6). */
export const WECHAT_CREDENTIALS = z.strictObject({
  /** The store's appid: every message names it. */
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** 消息推送 Token: what pushes and the check of the address are signed with. */
  token: z.string().min(1),
  /** With which reason a refund is rejected (`atPlatformDeadline: reject`): a number of rejectreason/get. */
  rejectReasonType: z.int().min(1).optional(),
  /** 消息加密密钥 EncodingAESKey. */
  encodingAesKey: z.string().refine(isAesKey, 'is not 43 letters and digits'),
});

export type WechatCredentials = z.output<typeof WECHAT_CREDENTIALS>;

/** Facts about WeChat stores that others read. */
export const WECHAT_MANIFEST = {
  slug: 'wechat',
  name: { zh: '微信小店', en: 'WeChat Store' },
  credentials: WECHAT_CREDENTIALS,
  defaultBaseUrl: 'https://api.weixin.qq.com',
  /** Not documented for these interfaces. */
  readRateLimit: { max: 20, perMs: 1000 },
  timeoutMs: 5000,
  carrierAliases: CARRIER_ALIASES,
  doors: { push: true, socket: false, poll: true, detail: true },
  refund: { channelRefunds: false, versioned: false, mostFen: null },
  facts: [...WECHAT_FACTS, ...REFUND_FACTS],
} as const satisfies PlatformManifest<typeof WECHAT_CREDENTIALS>;
