import type { CarrierManifest } from '../../../domain/carrier/port.js';
import { YTO_CODES } from './codes.js';
import { ytoCredentials } from './credentials.js';
import { YTO_FACTS } from './facts.js';
import { normaliseYtoWaybill } from './responses.js';

export const ytoManifest: CarrierManifest<typeof ytoCredentials> = {
  slug: 'yto',
  name: { zh: '圆通速递', en: 'YTO Express' },
  credentials: ytoCredentials,
  defaultBaseUrl: 'https://openapi.yto.net.cn',
  // YTO limits by customer code and publishes no numbers.
  rateLimit: { max: 20, perMs: 1_000 },
  timeoutMs: 3_000,
  // "已有有效拦截件" tells that an order stands, so that a repeat cannot make a second one.
  resend: 'duplicate_answer',
  probe: 'tracking',
  settleMs: 10_000,
  askUntilMs: 600_000,
  capabilities: {
    returnToSender: true,
    redirect: false,
    cancel: true,
    status: false,
    track: true,
    push: true,
    idempotencyKey: false,
    feeInAnswer: false,
  },
  codes: YTO_CODES,
  facts: YTO_FACTS,
  normaliseWaybill: normaliseYtoWaybill,
};
