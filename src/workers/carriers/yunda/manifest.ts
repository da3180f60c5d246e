import type { CarrierManifest } from '../../../domain/carrier/port.js';
import { YUNDA_CODES } from './codes.js';
import { yundaCredentials } from './credentials.js';
import { YUNDA_FACTS } from './facts.js';
import { normaliseYundaWaybill } from './responses.js';

export const yundaManifest: CarrierManifest<typeof yundaCredentials> = {
  slug: 'yunda',
  name: { zh: '韵达快递', en: 'Yunda Express' },
  credentials: yundaCredentials,
  defaultBaseUrl: 'https://openapi.yundaex.com',
  // Yunda publishes no numbers.
  rateLimit: { max: 20, perMs: 1_000 },
  timeoutMs: 3_000,
  // No request id and no answer that would tell a repeat: a lost order is never sent again by itself.
  resend: 'never',
  probe: 'tracking',
  settleMs: 10_000,
  askUntilMs: 600_000,
  capabilities: {
    // Only for accounts with `enableIntercept`; others refuse without a call.
    returnToSender: true,
    redirect: false,
    cancel: false,
    status: false,
    track: true,
    push: true,
    idempotencyKey: false,
    feeInAnswer: false,
  },
  codes: YUNDA_CODES,
  facts: YUNDA_FACTS,
  normaliseWaybill: normaliseYundaWaybill,
};
