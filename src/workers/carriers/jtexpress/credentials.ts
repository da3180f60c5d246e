import { z } from 'zod';
import { taughtMeanings } from '../../../domain/carrier/meanings.js';
import { PARCEL_PHASES } from '../../../domain/tracking/sighting.js';
import { RESULT_MEANINGS } from './scans.js';

/** The body of an acknowledgement: nobody says which one J&T expects; that of its own answers is our guess. */
const ACK = '{"code":"1","msg":"success","data":null}';

/** How pushes are known to be J&T's. Not documented, so that without a choice every push is turned away. */
const callbacks = z
  .strictObject({
    /** `signature`: header `digest` as on our requests. `token`: `?token=` of the address that you register at J&T. */
    verifiedBy: z.enum(['signature', 'token']).optional(),
    token: z.string().min(16).optional(),
    /** Values of `interceptResult` and what they mean. None is documented. */
    results: z.record(z.string().min(1), z.enum(RESULT_MEANINGS)).default({}),
    /** What a stored push is answered. */
    ack: z.string().min(1).max(500).default(ACK),
  })
  .refine(({ verifiedBy, token }) => (verifiedBy === 'token') === (token !== undefined), {
    error: 'token and verifiedBy: token go together: a secret of at least 16 characters in the address of the callback',
    path: ['token'],
  });

/** Keys of one J&T account, and the points which no public source settles. README.md says what to ask J&T. */
export const jtexpressCredentials = z.strictObject({
  apiAccount: z.string().min(1),
  privateKey: z.string().min(1),
  /** J&T's test system (UAT) wants `?uuid=` in every address; the value is the account's. */
  uuid: z
    .string()
    .regex(/^[\w-]+$/, { error: 'letters, digits, - and _' })
    .optional(),
  /** Adds `customerCode` and the business digest to an intercept; one weak source sends them, the others do not. */
  customer: z.strictObject({ code: z.string().min(1), password: z.string().min(1) }).optional(),
  /** Adds `reason` to an intercept; the same source alone. */
  reason: z.string().trim().min(1).max(200).optional(),
  /** An answer without a track says "no scan yet". Else it counts as a failed look, for it may mean anything (R67). */
  emptyTrackIsNoScan: z.boolean().default(false),
  /** Words of `scanType` that are in no table, and where the parcel is then. */
  scanTypes: z.record(z.string().min(1), z.enum(PARCEL_PHASES)).default({}),
  callbacks: callbacks.prefault({}),
  /** Codes, or words of `msg`, and what they mean. They come before our own table, which is second-hand. */
  meanings: taughtMeanings,
});

export type JtexpressCredentials = z.output<typeof jtexpressCredentials>;
