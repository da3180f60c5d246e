import type { CarrierManifest } from '../../../domain/carrier/port.js';
import { ZTO_CODES } from './codes.js';
import { ztoCredentials } from './credentials.js';
import { ZTO_FACTS } from './facts.js';
import { normaliseZtoWaybill } from './responses.js';

export const ztoManifest: CarrierManifest<typeof ztoCredentials> = {
  slug: 'zto',
  name: { zh: '中通快递', en: 'ZTO Express' },
  credentials: ztoCredentials,
  defaultBaseUrl: 'https://japi.zto.com',
  // ZTO limits by minute and by second and publishes no numbers (S206, S221).
  rateLimit: { max: 20, perMs: 1_000 },
  // The time-out of ZTO's own Java SDK.
  timeoutMs: 3_000,
  resend: 'same_key',
  probe: 'status',
  settleMs: 10_000,
  askUntilMs: 60_000,
  capabilities: {
    returnToSender: true,
    redirect: false,
    cancel: true,
    status: true,
    track: true,
    push: true,
    idempotencyKey: true,
    feeInAnswer: false,
  },
  codes: ZTO_CODES,
  facts: ZTO_FACTS,
  normaliseWaybill: normaliseZtoWaybill,
};
