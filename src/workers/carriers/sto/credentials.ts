import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';

/**
 * Keys of one STO account, and the points which nobody outside STO's console could read. Every default is the cautious
 * one; README.md says what each is for and what to ask.
 */
export const stoCredentials = z
  .strictObject({
    /** `from_appkey`, the key of your application in STO's console. */
    fromAppkey: z.string().min(1),
    /** `from_code`, its resource code; usually the same text. */
    fromCode: z.string().min(1),
    secretKey: z.string().min(1),
    /** What an intercept asks for; the only value that was ever seen. */
    interceptForAct: z.string().min(1).default('DEFAULT'),
    /** Does `needRetry` in a failure say that nothing was done? Else such a write is asked for and never sent again. */
    retryMeansNotDone: z.boolean().default(false),
    /** `errorCode`s that a yes may carry; the ones seen carry none. */
    successCodes: z.array(z.string().min(1)).default([]),
    /** A yes of the track query that does not name the waybill means "no scan". Else it counts as a failed look. */
    noTraceWhenAbsent: z.boolean().default(false),
    /** The secret that pushes are signed with, where it is not `secretKey`. */
    pushSecretKey: z.string().min(1).optional(),
    /** Lets in pushes without a signature (a bare JSON body), if the address STO was given ends in `?token=` and this. */
    pushToken: z
      .string()
      .regex(/^[\w.~-]{16,128}$/, { error: '16 to 128 letters, digits or . _ ~ -' })
      .optional(),
    /** Codes, or words of `errorMsg`, and what they mean; STO's list is not public. */
    meanings: taughtMeanings,
  })
  .refine(({ successCodes, meanings }) => successCodes.every((code) => !Object.hasOwn(meanings, code)), {
    error: 'a code is a success or has a meaning among the failures, not both',
    path: ['successCodes'],
  });

export type StoCredentials = z.output<typeof stoCredentials>;
