import { z } from 'zod';
import { TEXT } from './fields.js';

const FORM_FIELD = z
  .object({
    key: z.string(),
    kind: z.enum(['text', 'number', 'boolean', 'choice', 'list', 'map', 'group', 'either', 'other']),
    required: z.boolean(),
    nullable: z.boolean(),
    fallback: z.unknown().optional().meta({ description: 'what an absent value counts as' }),
    choices: z.array(z.union([z.string(), z.number(), z.boolean()])).optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    get fields() {
      return z.array(FORM_FIELD).optional();
    },
    get of() {
      return FORM_FIELD.optional();
    },
  })
  .meta({ id: 'FormField' });

export type FormFieldAnswer = z.output<typeof FORM_FIELD>;

const FIELDS = z.array(FORM_FIELD);
const PLATFORM = z.object({
  name: TEXT,
  defaultBaseUrl: z.string(),
  doors: z.object({ push: z.boolean(), socket: z.boolean(), poll: z.boolean(), detail: z.boolean() }),
  hasChannel: z.boolean().meta({ description: 'has an intercept API of its own (`channel: platform`)' }),
  credentials: FIELDS,
});
const CARRIER = z.object({
  name: TEXT,
  defaultBaseUrl: z.string(),
  capabilities: z.record(z.string(), z.boolean()),
  resend: z.enum(['same_key', 'duplicate_answer', 'never']),
  serves: z.array(z.string()).meta({ description: 'the couriers it fronts; empty: its own parcels only' }),
  credentials: FIELDS,
});

/** What the forms of the configuration are made of. */
export const FORMS = z
  .object({
    sections: z.object({
      shops: FIELDS,
      carrierAccounts: FIELDS,
      policies: FIELDS,
      tariffs: FIELDS,
      retention: FIELDS,
      notifications: FIELDS,
      endpoints: FIELDS,
    }),
    platforms: z.record(z.string(), PLATFORM),
    carriers: z.record(z.string(), CARRIER),
  })
  .meta({ id: 'ConfigForms' });
export type FormsAnswer = z.output<typeof FORMS>;
