import { z } from 'zod';
import { TIME } from './fields.js';

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
  })
  .meta({ id: 'Shop' });

export type ShopAnswer = z.output<typeof SHOP>;
