import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';
import type { PlatformManifest } from '../../../domain/platform/port.js';
import { DOUYIN_FACTS } from './facts.js';
import { REFUND_FACTS } from './refund-facts.js';

/** What a shop's owner copies from the open platform's console (contract.md section 6). Ids stay text: they have 19 digits. */
export const DOUYIN_CREDENTIALS = z.strictObject({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** What reasons and codes of the intercept API mean: the platform publishes no table. */
  interceptMeanings: taughtMeanings.optional(),
  /** With which reason a refund is rejected (`atPlatformDeadline: reject`): a code of afterSale.rejectReasonCodeList. */
  rejectReasonCode: z
    .string()
    .regex(/^[1-9]\d{0,18}$/)
    .optional(),
  rejectReason: z.string().min(1).max(100).optional(),
});

export type DouyinCredentials = z.output<typeof DOUYIN_CREDENTIALS>;

/** Facts about Douyin Shop that others read. */
export const DOUYIN_MANIFEST = {
  slug: 'douyin',
  name: { zh: '抖店', en: 'Douyin Shop' },
  credentials: DOUYIN_CREDENTIALS,
  defaultBaseUrl: 'https://openapi-fxg.jinritemai.com',
  /** Not documented: the platform publishes no number, so this is the caution we also use at couriers. */
  readRateLimit: { max: 20, perMs: 1000 },
  /**
   * The SDK waits 12 s for a read. A refund waits for this one, and a read may be repeated at no cost, so giving up
   * early and asking again loses less of a parcel's last hour than one long wait.
   */
  timeoutMs: 5000,
  /**
   * There is no public table of couriers (the API order.logisticsCompanyList is the only one), so these are whole names
   * and the codes that the platform's own SDK shows as examples. Everything else: the shop's `carrierAliases` (R66).
   */
  carrierAliases: {
    中通快递: 'zto',
    中通: 'zto',
    圆通速递: 'yto',
    圆通快递: 'yto',
    圆通: 'yto',
    韵达快递: 'yunda',
    韵达: 'yunda',
    /** An assumption for after-sales: the SDK shows it as an example of a courier code, of other interfaces. */
    zhongtong: 'zto',
    /** The same; the SDK's example in order.logisticsCompanyList, beside the name 圆通快递. */
    yuantong: 'yto',
  },
  doors: { push: true, socket: false, poll: true, detail: true },
  refund: { channelRefunds: true, versioned: true, mostFen: null },
  facts: [...DOUYIN_FACTS, ...REFUND_FACTS],
} as const satisfies PlatformManifest<typeof DOUYIN_CREDENTIALS>;
