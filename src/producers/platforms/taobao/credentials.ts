import { z } from 'zod';
import { ORDER_MEANINGS } from '../../../domain/carrier/meanings.js';

/** The only hosts that the reference names without TLS: the message service and its sandbox. */
const PLAIN_HOSTS = new Set(['mc.api.taobao.com', 'mc.api.tbsandbox.com', '127.0.0.1', 'localhost', '[::1]']);

function isMessageUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'wss:' || (protocol === 'ws:' && PLAIN_HOSTS.has(hostname));
}

/** What an account may teach: no code of an intercept is documented. `stale_version`: read the refund again, ask once more. */
const TEACHABLE = [...ORDER_MEANINGS, 'stale_version'] as const;

/** What a shop's owner copies from the open platform's console (contract.md section 6), and what is not documented. */
export const TAOBAO_CREDENTIALS = z.strictObject({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  /** The session key of the seller. */
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** The message service (TMC). Documented without TLS; any other host must be `wss://`. */
  messageUrl: z
    .string()
    .refine(isMessageUrl, { error: 'wss://…, or ws:// to the documented host of the message service' })
    .default('ws://mc.api.taobao.com/'),
  /** The group that the seller's messages are sorted into at the platform. */
  messageGroup: z.string().min(1).default('default'),
  /** The gateway's path on `baseUrl`. */
  gatewayPath: z
    .string()
    .regex(/^\/[^?#\s]+$/, { error: 'a path like /router/rest' })
    .default('/router/rest'),
  /** How the channel asks: the after-sales' own interface, or the logistics one that names the waybill. */
  interceptBy: z.enum(['refund', 'delivery_cut']).default('refund'),
  /** For `delivery_cut`: our courier's slug to the platform's code of it (`tms_cp_code`), of which there is no public table. */
  cpCodes: z.record(z.string().min(1), z.string().min(1)).default({}),
  /** The phase that an agreement names: required of Tmall, left out for Taobao. A parcel on the road is `onsale` (售中). */
  refundPhase: z.enum(['none', 'onsale']).default('none'),
  interceptReason: z.string().min(1).max(100).default('买家申请退款'),
  /** Codes of refused intercepts (`sub_code`, `biz_error_code`) as your account has met them. */
  meanings: z.record(z.string().min(1), z.enum(TEACHABLE)).default({}),
});

export type TaobaoCredentials = z.output<typeof TAOBAO_CREDENTIALS>;
export type TaughtMeaning = (typeof TEACHABLE)[number];
