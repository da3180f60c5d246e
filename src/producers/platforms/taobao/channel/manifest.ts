import type { CarrierManifest } from '../../../../domain/carrier/port.js';
import { TAOBAO_CREDENTIALS } from '../credentials.js';
import { GATEWAY_CODES } from '../gateway-codes.js';
import { CHANNEL_FACTS } from './facts.js';

/** The platform's own intercept APIs as a courier behind the shop's credentials. */
export const TAOBAO_CHANNEL: CarrierManifest<typeof TAOBAO_CREDENTIALS> = {
  slug: 'taobao',
  name: { zh: '淘宝平台拦截', en: 'Taobao intercept' },
  credentials: TAOBAO_CREDENTIALS,
  defaultBaseUrl: 'https://eco.taobao.com',
  // Not documented: the platform publishes no number.
  rateLimit: { max: 20, perMs: 1_000 },
  timeoutMs: 5_000,
  // No request id and no documented answer to a repeat: a lost order is never sent again by itself.
  resend: 'never',
  // The result is told to the platform by the courier's side; no call of ours reads it back.
  probe: 'none',
  settleMs: 10_000,
  askUntilMs: 600_000,
  byAfterSale: true,
  capabilities: {
    returnToSender: true,
    redirect: false,
    cancel: false,
    status: false,
    track: false,
    push: false,
    idempotencyKey: false,
    feeInAnswer: false,
  },
  codes: GATEWAY_CODES,
  facts: CHANNEL_FACTS,
  normaliseWaybill: (raw) => raw.trim().toUpperCase(),
};
