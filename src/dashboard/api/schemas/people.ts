import { z } from 'zod';
import { SHORTEST_PASSWORD } from '../../../domain/people/password-rule.js';
import { ALL_SCOPES, USER_ROLES } from '../../../domain/people/scopes.js';
import { because, OWN_ID, TIME } from './fields.js';

const ROLE = z.enum(USER_ROLES);
const SCOPE = z.enum(ALL_SCOPES);
const SHOPS = z.array(OWN_ID).min(1).max(500).nullable().meta({ description: 'the shops that may be seen; null: all' });

export const USER = z
  .object({
    id: z.string(),
    email: z.string(),
    role: ROLE,
    shops: z.array(z.string()).nullable(),
    disabled: z.boolean(),
    createdAt: TIME,
    sessions: z.int().meta({ description: 'how many times he is logged in now' }),
  })
  .meta({ id: 'User' });
export type UserAnswer = z.output<typeof USER>;

const PASSWORD = { password: z.string().nullable().meta({ description: 'shown only this once; null: it was given' }) };
export const NEW_USER_ANSWER = USER.extend(PASSWORD).meta({ id: 'NewUser' });
export const PASSWORD_ANSWER = z.object({ password: z.string() }).meta({ id: 'NewPassword' });

const EMAIL = z
  .string()
  .trim()
  .max(191)
  .regex(/^[^\s@]{1,64}@[^\s@]{1,120}$/, because({ zh: '不是邮箱地址', en: 'is not an email address' }));

export const NEW_USER = z.strictObject({
  email: EMAIL,
  role: ROLE,
  shops: SHOPS.optional().default(null),
  password: z.string().min(SHORTEST_PASSWORD).max(1_024).nullish().meta({ description: 'left out: one is made' }),
});

const REASON = z.string().trim().max(500).nullish();
export const BECAUSE = z.strictObject({ reason: REASON }).nullish();

export const USER_PATCH = z.strictObject({
  role: ROLE.optional(),
  shops: SHOPS.optional(),
  was: z
    .strictObject({ role: ROLE, shops: SHOPS, disabled: z.boolean() })
    .optional()
    .meta({ description: 'the user as he was seen; if he is another by now, 409' }),
  reason: REASON,
});

export const TOKEN = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(SCOPE),
    shops: z.array(z.string()).nullable(),
    createdAt: TIME,
    revokedAt: TIME.nullable(),
    lastUsedAt: TIME.nullable().meta({ description: 'to the minute; null: not used since uses are kept' }),
  })
  .meta({ id: 'Token' });
export type TokenAnswer = z.output<typeof TOKEN>;

export const NEW_TOKEN_ANSWER = z
  .object({
    id: z.string(),
    name: z.string(),
    token: z.string().meta({ description: 'shown only this once' }),
    scopes: z.array(SCOPE),
    shops: z.array(z.string()).nullable(),
  })
  .meta({ id: 'NewToken' });
export type NewTokenAnswer = z.output<typeof NEW_TOKEN_ANSWER>;

export const NEW_TOKEN = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z
    .array(SCOPE)
    .min(1)
    .transform((scopes) => [...new Set(scopes)]),
  shops: SHOPS.optional().default(null),
});

export const SESSION = z
  .object({
    id: z.string().meta({ description: 'its key; nobody can log in with it' }),
    email: z.string(),
    loggedInAt: TIME,
    lastSeenAt: TIME.meta({ description: 'to the minute' }),
    agent: z.string().nullable().meta({ description: 'what the browser called itself' }),
  })
  .meta({ id: 'Session' });
export type SessionRowAnswer = z.output<typeof SESSION>;

export const ENDED = z.object({ id: z.string(), ended: z.literal(true) });

export const AUDIT_ENTRY = z
  .object({
    id: z.string(),
    at: TIME,
    actor: z.string(),
    action: z.string(),
    subject: z.string(),
    detail: z.unknown().meta({ description: 'before, after and reason; phones are masked' }),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntryAnswer = z.output<typeof AUDIT_ENTRY>;

export const CHAIN_CHECK = z
  .object({
    ok: z.boolean(),
    rows: z.int(),
    brokenAt: z.string().nullable().meta({ description: 'the first entry that does not fit' }),
    why: z.enum(['changed', 'row_missing', 'end_missing']).nullable(),
    checkedAt: TIME,
  })
  .meta({ id: 'ChainCheck' });
export type ChainCheckAnswer = z.output<typeof CHAIN_CHECK>;
