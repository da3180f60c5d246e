import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';

/** The only address that was ever seen, in one source; Yunda's public index does not name it. */
const INTERCEPT_PATH = '/openapi/outer/tmm/outerapi/intercept/invokeExpressChangeAddr';

/**
 * Keys of one Yunda account. Nothing of the intercept is documented in public, so it is off: what an account must know
 * from Yunda before it may be switched on has no default. README.md says what to ask.
 */
export const yundaCredentials = z
  .strictObject({
    appKey: z.string().min(1),
    appSecret: z.string().min(1),
    /** Sends intercepts at all. Off: every order is refused here, and nothing leaves. */
    enableIntercept: z.boolean().default(false),
    interceptPath: z
      .string()
      .regex(/^\/[^?#\s]+$/, { error: 'a path like /openapi/outer/…' })
      .default(INTERCEPT_PATH),
    /** The intercept type that means "back to the sender", as Yunda gave it to you. */
    inteType: z.string().min(1).optional(),
    /** The branch that picks up your parcels (`startSiteCode`). */
    startSiteCode: z.string().default(''),
    /** For an `inteType` that changes the address: your own, where the parcel comes back to. */
    returnTo: z
      .strictObject({ address: z.string().min(1), name: z.string().min(1), phone: z.string().min(1) })
      .optional(),
    sponsorName: z.string().min(1).default('商家'),
    remark: z.string().min(1).default('退款拦截'),
    /** Your waybills are subscribed at Yunda, so that an empty track means "no scan". Else it counts as a failed look. */
    tracksSubscribed: z.boolean().default(false),
    /** Codes, or words of `message`, and what they mean; Yunda documents none. */
    meanings: taughtMeanings,
  })
  .refine((keys) => !keys.enableIntercept || keys.inteType !== undefined, {
    error: 'enableIntercept needs inteType: the value for "back to the sender" is not documented, ask Yunda',
    path: ['inteType'],
  });

export type YundaCredentials = z.output<typeof yundaCredentials>;
