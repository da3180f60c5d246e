import type { CarrierManifest } from '../../../domain/carrier/port.js';
import { STO_CODES } from './codes.js';
import { stoCredentials } from './credentials.js';
import { STO_FACTS } from './facts.js';
import { normaliseStoWaybill } from './responses.js';

export const stoManifest: CarrierManifest<typeof stoCredentials> = {
  slug: 'sto',
  name: { zh: '申通快递', en: 'STO Express' },
  credentials: stoCredentials,
  defaultBaseUrl: 'https://cloudinter-linkgateway.sto.cn',
  // STO publishes no numbers.
  rateLimit: { max: 20, perMs: 1_000 },
  timeoutMs: 3_000,
  // No request id and no known answer to a repeat: a lost order is never sent again by itself.
  resend: 'never',
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
  codes: STO_CODES,
  facts: STO_FACTS,
  normaliseWaybill: normaliseStoWaybill,
};
