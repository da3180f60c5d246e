import { z } from 'zod';
import { SWITCHABLE } from '../../../domain/settings/switchable.js';
import { OWN_ID, TIME } from './fields.js';

/** A row as `apply` knows it, without what is secret: of that only which fields are set. */
const ROW = z
  .object({
    id: z.string(),
    enabled: z.boolean(),
    readable: z
      .boolean()
      .meta({ description: 'false: its secrets were sealed with another SECRET_KEY; enter them anew' }),
    row: z.record(z.string(), z.unknown()).meta({ description: 'every field that is not secret, as in the file' }),
    set: z.record(z.string(), z.array(z.string())).meta({
      description: 'by secret part (`credentials`, `returnAddress`, `url`, `secret`) the fields that are set',
    }),
  })
  .meta({ id: 'ConfigRow' });
export type ConfigRowAnswer = z.output<typeof ROW>;

const BOUNDS = z.object({ atLeast: z.int().optional(), below: z.int().optional() }).optional();
const WORDS = z.array(z.string()).optional();
const TARIFF_WHEN = z
  .object({ weightGrams: BOUNDS, volumeCm3: BOUNDS, zone: WORDS, service: WORDS, channel: WORDS })
  .optional();
const TARIFF_ROW = z.object({ carrier: z.string(), feeFen: z.int(), from: z.iso.date(), when: TARIFF_WHEN });

export const CONFIG = z
  .object({
    version: z.int(),
    changedAt: TIME.nullable(),
    changedBy: z.string().nullable(),
    shops: z.array(ROW),
    carrierAccounts: z.array(ROW),
    policies: z.array(ROW),
    tariffs: z.array(TARIFF_ROW),
    retention: z.record(z.string(), z.unknown()).nullable(),
    notifications: z.array(ROW),
    endpoints: z.array(ROW),
  })
  .meta({ id: 'Config' });
export type ConfigAnswer = z.output<typeof CONFIG>;

const FIELD_CHANGE = z.object({
  field: z.string(),
  from: z.unknown().optional(),
  to: z.unknown().optional(),
  secret: z.boolean().meta({ description: 'changed; the values are not shown' }),
});

export const CHANGE = z
  .object({
    section: z.string(),
    id: z.string(),
    action: z.enum(['add', 'change', 'disable']),
    fields: z.array(FIELD_CHANGE),
  })
  .meta({ id: 'ConfigChange' });

export const CONFIG_STEP = z
  .object({ version: z.int(), at: TIME, actor: z.string(), changes: z.array(CHANGE) })
  .meta({ id: 'ConfigStep' });
export type ConfigStepAnswer = z.output<typeof CONFIG_STEP>;

/** The answer of a preview, and of a change. */
export const CONFIG_CHANGES = z
  .object({
    version: z.int().meta({ description: 'of a preview: the version it is for; of a change: the new one' }),
    changes: z.array(CHANGE),
  })
  .meta({ id: 'ConfigChanges' });
export type ConfigChangesAnswer = z.output<typeof CONFIG_CHANGES>;

const ROWS = z.array(z.record(z.string(), z.unknown())).max(200).optional();

export const CONFIG_EDIT = z.strictObject({
  version: z.int().min(0).meta({ description: 'the version that was looked at; another by now is 409' }),
  reason: z.string().trim().max(500).nullish(),
  file: z
    .strictObject({
      shops: ROWS,
      carrierAccounts: ROWS,
      policies: ROWS,
      tariffs: ROWS,
      retention: z.record(z.string(), z.unknown()).nullish(),
      notifications: ROWS,
      endpoints: ROWS,
    })
    .meta({
      description:
        'rows as in a configuration file (docs/configuration.md), each whole but for its secrets: one that is left out or empty stays, null takes it away. Variables of the environment are not put in.',
    })
    .default({}),
  disable: z
    .array(z.strictObject({ section: z.enum(SWITCHABLE), id: OWN_ID }))
    .max(50)
    .default([]),
});
