import { z } from 'zod';
import { INTERCEPT_STATES } from '../../../domain/intercept/machine.js';
import { PARCEL_PHASES } from '../../../domain/tracking/sighting.js';
import { FEN, TEXT, TIME } from './fields.js';
import { LEDGER_ENTRY } from './ledger-entry.js';

const STATE = z.enum(INTERCEPT_STATES);
/** Stable code; open to codes of later versions. */
const REASON = z.string();
const RULE = z.string().nullable();

/** Field names of contract section 5. */
const INTERCEPT_FIELDS = {
  id: z.string(),
  shopId: z.string(),
  platform: z.string(),
  carrier: z.string(),
  accountId: z.string().nullable(),
  channel: z.string(),
  waybillNo: z.string(),
  orderIds: z.array(z.string()),
  afterSaleIds: z.array(z.string()),
  state: STATE,
  reason: REASON,
  reasonText: TEXT,
  rule: RULE,
  origin: z.string(),
  deadlineAt: TIME,
  feeFen: FEN.meta({ description: 'fees posted less those reversed' }),
  valueFen: FEN.nullable().meta({ description: 'what the goods are worth; null: not known' }),
  courierCode: z.string().nullable().meta({ description: 'the courier’s own code, of its last answer that had one' }),
  createdAt: TIME,
  updatedAt: TIME,
  version: z.int(),
};

export const INTERCEPT = z.object(INTERCEPT_FIELDS).meta({ id: 'Intercept' });

export const SIGHTING = z
  .object({
    at: TIME,
    seenAt: TIME,
    phase: z.enum(PARCEL_PHASES),
    rawCode: z.string(),
    text: z.string(),
    place: z.string().nullable(),
    source: z.enum(['push', 'poll', 'platform', 'request', 'person']),
  })
  .meta({ id: 'Sighting' });

const TRANSITION = z.object({
  version: z.int(),
  from: STATE.nullable(),
  event: z.string(),
  to: STATE,
  actor: z.string(),
  reason: REASON,
  reasonText: TEXT,
  rule: RULE,
  note: z.string().nullable(),
  at: TIME,
});

const ATTEMPT = z.object({
  seq: z.int(),
  kind: z.enum(['send', 'query', 'cancel']),
  requestId: z.string(),
  startedAt: TIME,
  finishedAt: TIME.nullable(),
  outcome: z.string().nullable(),
  httpStatus: z.int().nullable(),
  rawCode: z.string().nullable(),
  rawText: z.string().nullable(),
  exchange: z.unknown().meta({ description: 'what was sent and received, masked; null where none was kept' }),
});

const TRACKING = z.object({
  lastLookAt: TIME.nullable(),
  lastResult: z.enum(['found', 'empty', 'failed', 'not_asked']),
  lastError: z.string().optional(),
  lastSighting: SIGHTING.optional(),
});

const FINDING = z.object({ rule: z.string(), verdict: z.enum(['skip', 'missed', 'review', 'hold']), reason: REASON });

export const INTERCEPT_DETAIL = z
  .object({
    ...INTERCEPT_FIELDS,
    decision: z.object({ failed: z.array(FINDING) }).meta({ description: 'every rule against it, lowest first' }),
    tracking: TRACKING,
    transitions: z.array(TRANSITION),
    attempts: z.array(ATTEMPT),
    sightings: z.array(SIGHTING),
    fees: z.array(LEDGER_ENTRY),
  })
  .meta({ id: 'InterceptDetail' });

export type InterceptAnswer = z.output<typeof INTERCEPT>;
export type InterceptDetailAnswer = z.output<typeof INTERCEPT_DETAIL>;
export type SightingAnswer = z.output<typeof SIGHTING>;
