import type { CarrierManifest } from '../../../domain/carrier/port.js';
import { KUAIDI100_CODES } from './codes.js';
import { SERVES } from './companies.js';
import { kuaidi100Credentials } from './credentials.js';
import { KUAIDI100_FACTS } from './facts.js';
import { normaliseKuaidi100Waybill } from './responses.js';

/** How soon a first callback comes is not documented. */
const CALLBACK_WITHIN_MS = 30 * 60_000;

export const kuaidi100Manifest: CarrierManifest<typeof kuaidi100Credentials> = {
  slug: 'kuaidi100',
  name: { zh: '快递100', en: 'Kuaidi100' },
  credentials: kuaidi100Credentials,
  defaultBaseUrl: 'https://api.kuaidi100.com',
  // Kuaidi100 publishes no numbers.
  rateLimit: { max: 10, perMs: 1_000 },
  // It asks the courier behind it before it answers.
  timeoutMs: 5_000,
  // No request id, no answer that would tell a repeat and nothing to ask: a lost order is never sent again by itself.
  resend: 'never',
  probe: 'none',
  settleMs: 10_000,
  // A callback may still tell of an order whose answer was lost.
  askUntilMs: CALLBACK_WITHIN_MS,
  callbackWithinMs: CALLBACK_WITHIN_MS,
  serves: SERVES,
  capabilities: {
    // Only for accounts with `callbackUrl`; others refuse without a call.
    returnToSender: true,
    redirect: false,
    cancel: false,
    status: false,
    track: false,
    push: true,
    idempotencyKey: false,
    feeInAnswer: false,
  },
  codes: KUAIDI100_CODES,
  facts: KUAIDI100_FACTS,
  normaliseWaybill: normaliseKuaidi100Waybill,
};
