import { z } from 'zod';
import { TIME } from './fields.js';

/** How far the intake over one door has come (R77). */
const DOOR = z
  .object({
    door: z.enum(['poll', 'socket']),
    cursorAt: TIME.nullable().meta({ description: 'all that changed before this has been read' }),
    nextAt: TIME.nullable(),
    lastOkAt: TIME.nullable().meta({
      description: 'a poll that was read to its end, a connection that came up; null: never',
    }),
    failingSince: TIME.nullable(),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'IntakeDoor' });

/** A shop as people choose it; its credentials never leave. */
export const SHOP = z
  .object({
    id: z.string(),
    platform: z.string(),
    platformShopId: z.string(),
    name: z.string(),
    crossBorder: z.boolean(),
    status: z.enum(['active', 'suspended']),
    agreementSignedAt: TIME.nullable().meta({ description: 'null: not signed, nothing is sent (R12)' }),
    mode: z.enum(['observe', 'approve', 'auto']),
    refundMode: z.enum(['off', 'approve', 'auto']),
    autoFrom: TIME,
    intake: z.enum(['push', 'poll', 'both']),
    lastEventAt: TIME.nullable().meta({
      description: 'how fresh the intake is: when the platform was last heard (R77); null: never',
    }),
    intakeDoors: z
      .array(DOOR)
      .meta({ description: 'the doors in use that we open ourselves; empty: the platform pushes, and nothing else' }),
    skippedUnsigned: z
      .object({ count: z.int(), lastAt: TIME.nullable() })
      .nullable()
      .meta({ description: 'of a shop that has not signed: intercepts skipped under R12 so far; null: it has signed' }),
  })
  .meta({ id: 'Shop' });

export type ShopAnswer = z.output<typeof SHOP>;
