import { z } from 'zod';
import { lookUp } from '../look-up.js';
import { ZTO_CODES } from './codes.js';
import { DIGESTS } from './sign.js';

/** Codes that say "something failed" can never be taught to mean "there is no intercept". */
const FAULTS = new Set(['throttled', 'unavailable', 'outcome_unknown', 'credentials', 'bad_request']);

const code = z
  .string()
  .min(1)
  .refine((value) => !FAULTS.has(lookUp(ZTO_CODES, value)?.means ?? ''), {
    error: 'this code reports a failure and proves nothing about the parcel',
  });

/**
 * Keys of one ZTO account, and the points which ZTO's public documents leave open. Every default is the cautious one;
 * README.md says what each is for and how to find it out with a real account.
 */
export const ztoCredentials = z
  .strictObject({
    appKey: z.string().min(1),
    appSecret: z.string().min(1),
    /** As chosen in ZTO's console for this app. */
    digest: z.enum(DIGESTS).default('md5'),
    /** Needed for `hmac-sha256` only. */
    secretKey: z.string().min(1).optional(),
    /** Sends and signs `x-timestamp`; only where ZTO's page of the interface asks for it, else the signature is refused. */
    sendTimestamp: z.boolean().default(false),
    /** The digest of track pushes to us; md5 is what was seen. */
    pushDigest: z.enum(DIGESTS).default('md5'),
    /** 1: back to the pick-up branch, 2: back to the sender. */
    destinationType: z.union([z.literal(1), z.literal(2)]).default(2),
    /** Group customer, where ZTO issued one. */
    customerId: z.string().min(1).optional(),
    customerName: z.string().min(1).optional(),
    /** Answers of the status query that mean "no intercept of this waybill". Not documented: none until you have seen them. */
    noInterceptCodes: z.array(code).default([]),
    /** The status query answers `status: true` without `data` when there is no intercept. Not documented: false. */
    noInterceptWhenEmpty: z.boolean().default(false),
    /** Answers of the track query that mean "no trace yet". Not documented: none. */
    noTraceCodes: z.array(code).default([]),
    /** Values of `returnType`/`returnUpdateType` in a RETURN_SCAN that mean a changed address, not a return. Not documented: none. */
    redirectTypes: z.array(z.string().min(1)).default([]),
  })
  .refine((keys) => keys.digest !== 'hmac-sha256' || keys.secretKey !== undefined, {
    error: 'digest hmac-sha256 needs secretKey',
    path: ['secretKey'],
  });

export type ZtoCredentials = z.output<typeof ztoCredentials>;
