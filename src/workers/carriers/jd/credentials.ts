import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';
import { JD_ALGORITHMS } from './sign.js';

/** What an account may say of a scan word that we know too little of; `unknown` would say nothing. */
const TEACHABLE_PHASES = [
  'announced',
  'picked_up',
  'moving',
  'at_branch',
  'out_for_delivery',
  'delivered',
  'returning',
  'returned',
  'lost',
] as const;

/**
 * Keys of one JD account, and the points which JD's public documents leave open. `gateway` says at which of JD's two
 * platforms the app was registered: `lop` (open.jdl.com) or the older `jos` (api.jd.com).
 */
export const jdCredentials = z
  .strictObject({
    appKey: z.string().min(1),
    appSecret: z.string().min(1),
    /** Of JD's OAuth; it runs out and is renewed there. */
    accessToken: z.string().min(1),
    /** 商家编码: `customerCode` at the one platform, `vendorCode` at the other. */
    customerCode: z.string().min(1),
    gateway: z.enum(['lop', 'jos']).default('lop'),
    /** How LOP calls are signed, as set for the app in its console. */
    algorithm: z.enum(JD_ALGORITHMS).default('md5-salt'),
    /** 下单来源, the same as when the parcels were ordered: 1 B2C, 2 C2B, 4 KY-B2C. JD intercepts no C2C parcel (0, 5). */
    orderOrigin: z
      .literal([1, 2, 4], { error: '1 (B2C), 2 (C2B) or 4 (KY-B2C): JD intercepts no other kind' })
      .default(1),
    /** For `orderOrigin` 4. */
    businessUnitCode: z.string().min(1).optional(),
    /** What JD reads as the reason, at both platforms. */
    cancelReason: z.string().trim().min(1).max(30).default('买家申请退款'),
    /** 1 用户发起取消, 2 超时未支付. */
    cancelReasonCode: z.enum(['1', '2']).default('1'),
    /** The field of a status answer that holds the number of the status; JD documents the numbers, not the field. */
    statusField: z.string().min(1).default('status'),
    /** Scan words (`state`, `category`, `opeTitle`) that are not documented or say too little, and what they mean. */
    scanPhases: z.record(z.string().min(1), z.enum(TEACHABLE_PHASES)).default({}),
    /** Codes, or words of an answer, that JD does not document, and what they mean. */
    meanings: taughtMeanings,
  })
  .refine((keys) => keys.orderOrigin !== 4 || keys.businessUnitCode !== undefined, {
    error: 'orderOrigin 4 needs businessUnitCode',
    path: ['businessUnitCode'],
  });

export type JdCredentials = z.output<typeof jdCredentials>;
