import { z } from 'zod';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** The address holds our signature, so it goes over TLS; a twin on this machine may be plain. */
function isMessageUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  const isSafe = protocol === 'wss:' || (protocol === 'ws:' && LOOPBACK.has(hostname));
  return isSafe && search === '' && hash === '';
}

/**
 * `after_sales_status` values that a refund goes through, asked one by one: the list takes one status a call. Exchanges,
 * repairs and reshipments (14 to 27, 32) are never intercepted, and 0 is "no after-sale".
 */
export const POLL_STATUSES = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 31, 33] as const;

/** What a shop's owner copies from the open platform's console (contract.md section 6), and what is not documented. */
export const PINDUODUO_CREDENTIALS = z.strictObject({
  /** `client_id`. */
  appKey: z.string().min(1),
  /** `client_secret`. */
  appSecret: z.string().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /** The message service (PMC); its backup host is message-api.yangkeduo.com. */
  messageUrl: z
    .string()
    .refine(isMessageUrl, { error: 'a wss:// address without a query' })
    .default('wss://message-api.pinduoduo.com'),
  /**
   * What `refund_amount` of the detail is written in: the document names no unit. `unknown` takes no amount from there;
   * the message (fen) and the list (yuan) state it.
   */
  detailAmountUnit: z.enum(['fen', 'yuan', 'unknown']).default('unknown'),
  /** Which statuses the list is asked for. `[1]` (全部) stood in an older document and is in the present one no more. */
  pollStatuses: z
    .array(z.int().min(0).max(999))
    .min(1)
    .max(40)
    .default([...POLL_STATUSES]),
});

export type PinduoduoCredentials = z.output<typeof PINDUODUO_CREDENTIALS>;
