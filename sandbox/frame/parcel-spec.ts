import { z } from 'zod';

/** What can happen to a parcel, in the frame's words; each courier's twin translates them. */
export const PARCEL_ACTIONS = [
  'GOT',
  'DEPARTURE',
  'ARRIVAL',
  'DISPATCH',
  'SIGNED',
  'RETURN_SCAN',
  'RETURN_SIGNED',
  'INBOUND',
  'PROBLEM',
] as const;
export type ParcelAction = (typeof PARCEL_ACTIONS)[number];

const DAY_MS = 86_400_000;

/** One scan as the control API gives it, without its time. */
export const SCAN_FACTS = z.strictObject({
  action: z.enum(PARCEL_ACTIONS),
  city: z.string().default('杭州市'),
  facilityCode: z.string().default('57101'),
  facilityName: z.string().default('杭州转运中心'),
  /** The last branch before the door: couriers draw the line of R16 here or one step later. */
  deliveryBranch: z.boolean().default(false),
  signer: z.string().optional(),
  problemCode: z.string().optional(),
  desc: z.string().optional(),
});
export type ScanFacts = z.output<typeof SCAN_FACTS>;

const STEP = SCAN_FACTS.extend({
  afterMs: z
    .number()
    .min(-365 * DAY_MS)
    .max(365 * DAY_MS),
});

/** What becomes of an accepted intercept. Delays count from the step before; one that is left out never comes. */
const INTERCEPT_SCRIPT = z.strictObject({
  outcome: z.enum(['success', 'fail', 'missed', 'never']),
  afterMs: z.number().nonnegative().default(1000),
  returnScanAfterMs: z.number().nonnegative().optional(),
  returnSignedAfterMs: z.number().nonnegative().optional(),
  signedAfterMs: z.number().nonnegative().default(500),
});

export const PARCEL_SPEC = z.strictObject({
  waybillNo: z.string().min(1),
  timeline: z.array(STEP).default([]),
  intercept: INTERCEPT_SCRIPT.default({
    outcome: 'success',
    afterMs: 1000,
    returnScanAfterMs: 1000,
    returnSignedAfterMs: 1000,
    signedAfterMs: 500,
  }),
  refuseWith: z.string().optional(),
  refuseTimes: z.int().positive().optional(),
  refuseCancelWith: z.string().optional(),
  phoneLast4: z.string().length(4).optional(),
});
export type ParcelSpec = z.output<typeof PARCEL_SPEC>;
/** The same as the control API takes it, defaults left out. */
export type ParcelInput = z.input<typeof PARCEL_SPEC>;
