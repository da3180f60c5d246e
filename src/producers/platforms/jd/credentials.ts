import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';

/**
 * What a shop's owner copies from the open platform's console (contract.md section 6), and the points that JD's public
 * documents leave open. What costs money has no default that spends it.
 */
export const JD_CREDENTIALS = z.strictObject({
  appKey: z.string().min(1),
  appSecret: z.string().min(1),
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1).optional(),
  expiresAt: z.iso.datetime({ offset: true }).optional(),
  /**
   * The field of an order that says what the buyer paid, in yuan (`orderPayment` by two public clients, which do not say
   * whether balance and gift cards are in it). Left out: unknown, so every refund waits for a person (R60).
   */
  paidAmountField: z
    .string()
    .regex(/^[A-Za-z]{1,64}$/, { error: 'the name of a field like orderPayment' })
    .optional(),
  /**
   * For `channel: platform`: the seller knows that 通过并京东拦截 agrees the refund at the moment the stop is asked for.
   * Without it every order is refused here and nothing is sent.
   */
  agreesRefund: z.boolean().default(false),
  /** Our couriers whose parcels JD is asked to stop. 青龙 is JD's own network; for others nothing is documented. */
  interceptCarriers: z.array(z.string().min(1)).default(['jd']),
  /** 审核人, who agreed. */
  checkUserName: z.string().trim().min(1).max(50).default('jiejian'),
  /** 审核备注, required by JD; the waybill is added to it. */
  remark: z.string().trim().min(1).max(100).default('买家申请退款，通过并拦截'),
  /** Codes, or words of an answer, that JD does not document, and what they mean. */
  meanings: taughtMeanings,
});

export type JdShopCredentials = z.output<typeof JD_CREDENTIALS>;
