import { z } from 'zod';
import type { PlatformManifest } from '../../../domain/platform/port.js';
import { GENERIC_FACTS } from './facts.js';

/** The one key of a shop whose messages come from a system of the seller's own (contract.md section 6). */
export const GENERIC_CREDENTIALS = z.strictObject({
  /** `whsec_` and the base64 of 24 to 64 random bytes; any other text is taken as it is. */
  secret: z
    .string()
    .min(1)
    .refine((secret) => secret === secret.trim() && secret !== 'whsec_', 'is not a secret'),
});

/** Facts about the door for everybody else: an ERP, a small platform, a script. */
export const GENERIC_MANIFEST = {
  slug: 'generic',
  name: { zh: '通用', en: 'Generic' },
  credentials: GENERIC_CREDENTIALS,
  /** Nobody is called: this name never resolves. */
  defaultBaseUrl: 'https://generic.invalid',
  readRateLimit: { max: 20, perMs: 1000 },
  timeoutMs: 5000,
  /** A message names our slugs; other words are the shop's `carrierAliases` (R66). */
  carrierAliases: {},
  doors: { push: true, socket: false, poll: false, detail: false },
  facts: GENERIC_FACTS,
} as const satisfies PlatformManifest<typeof GENERIC_CREDENTIALS>;
