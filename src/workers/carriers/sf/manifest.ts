import type { CarrierManifest } from '../../../domain/carrier/port.js';
import { SF_CODES } from './codes.js';
import { sfCredentials } from './credentials.js';
import { SF_FACTS } from './facts.js';
import { normaliseSfWaybill } from './responses.js';

export const sfManifest: CarrierManifest<typeof sfCredentials> = {
  slug: 'sf',
  name: { zh: '顺丰速运', en: 'SF Express' },
  credentials: sfCredentials,
  defaultBaseUrl: 'https://bspgw.sf-express.com',
  // SF limits (A1005) and publishes no numbers.
  rateLimit: { max: 20, perMs: 1_000 },
  timeoutMs: 5_000,
  // "Once intercepted, never again", told by a code nobody knows: a lost order is never sent again by itself.
  resend: 'never',
  probe: 'tracking',
  settleMs: 10_000,
  askUntilMs: 600_000,
  capabilities: {
    returnToSender: true,
    redirect: false,
    // Of orders whose answer had a cusId.
    cancel: true,
    status: false,
    track: true,
    push: true,
    // A1007 tells a repeated requestID, but not what became of the first.
    idempotencyKey: false,
    // For accounts that know the unit (`amountUnit`).
    feeInAnswer: true,
  },
  codes: SF_CODES,
  facts: SF_FACTS,
  normaliseWaybill: normaliseSfWaybill,
};
