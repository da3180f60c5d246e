import type { CarrierManifest } from '../../../domain/carrier/port.js';
import { JTEXPRESS_CODES } from './codes.js';
import { jtexpressCredentials } from './credentials.js';
import { JTEXPRESS_FACTS } from './facts.js';
import { normaliseJtexpressWaybill } from './responses.js';

export const jtexpressManifest: CarrierManifest<typeof jtexpressCredentials> = {
  slug: 'jtexpress',
  name: { zh: '极兔速递', en: 'J&T Express China' },
  credentials: jtexpressCredentials,
  defaultBaseUrl: 'https://openapi.jtexpress.com.cn',
  // J&T publishes no numbers.
  rateLimit: { max: 20, perMs: 1_000 },
  timeoutMs: 3_000,
  // No request id and no answer that would tell a repeat for sure: a lost order is never sent again by itself.
  resend: 'never',
  probe: 'tracking',
  settleMs: 10_000,
  askUntilMs: 600_000,
  capabilities: {
    returnToSender: true,
    redirect: false,
    cancel: false,
    status: false,
    track: true,
    // Only for accounts that say how a push is known to be J&T's (`callbacks`); others turn every push away.
    push: true,
    idempotencyKey: false,
    feeInAnswer: false,
  },
  codes: JTEXPRESS_CODES,
  facts: JTEXPRESS_FACTS,
  normaliseWaybill: normaliseJtexpressWaybill,
};
