import type { CarrierManifest } from '../../../domain/carrier/port.js';
import { JOS_CODES, LOP_CODES } from './codes.js';
import { jdCredentials } from './credentials.js';
import { JD_FACTS } from './facts.js';
import { normaliseJdWaybill } from './sightings.js';

/** JD at open.jdl.com: the default, and what the courier's page shows. */
export const jdManifest: CarrierManifest<typeof jdCredentials> = {
  slug: 'jd',
  name: { zh: '京东物流', en: 'JD Logistics' },
  credentials: jdCredentials,
  defaultBaseUrl: 'https://api.jdl.com',
  // JD publishes no numbers.
  rateLimit: { max: 20, perMs: 1_000 },
  timeoutMs: 5_000,
  // No request id, and no answer that would tell a repeat: a lost order is never sent again by itself.
  resend: 'never',
  // Status 480 proves a stop; no status proves that there was no order.
  probe: 'status',
  settleMs: 10_000,
  askUntilMs: 600_000,
  capabilities: {
    returnToSender: true,
    redirect: false,
    cancel: false,
    status: true,
    track: true,
    push: false,
    idempotencyKey: false,
    feeInAnswer: false,
  },
  codes: LOP_CODES,
  facts: JD_FACTS,
  normaliseWaybill: normaliseJdWaybill,
};

/** JD at api.jd.com, for accounts with `gateway: jos`: no status query, other codes. */
export const jdJosManifest: CarrierManifest<typeof jdCredentials> = {
  ...jdManifest,
  defaultBaseUrl: 'https://api.jd.com',
  // 108 would tell a repeat; the sources do not agree on what it means.
  resend: 'never',
  probe: 'tracking',
  capabilities: { ...jdManifest.capabilities, status: false },
  codes: JOS_CODES,
};
