import type { CarrierManifest } from '../../../domain/carrier/port.js';
import { __SLUG___CODES } from './codes.js';
import { __slug__Credentials } from './credentials.js';
import { __SLUG___FACTS } from './facts.js';
import { normalise__Slug__Waybill } from './responses.js';

export const __slug__Manifest: CarrierManifest<typeof __slug__Credentials> = {
  slug: '__slug__',
  // TODO: the courier's name, and its host.
  name: { zh: '', en: '' },
  credentials: __slug__Credentials,
  defaultBaseUrl: 'https://__slug__.invalid',
  rateLimit: { max: 20, perMs: 1_000 },
  timeoutMs: 3_000,
  // The cautious choice: a lost order is looked for by its track, and never sent again by itself.
  resend: 'never',
  probe: 'tracking',
  settleMs: 10_000,
  askUntilMs: 600_000,
  // TODO: what the courier really has. The contract suite asks for whatever is promised here.
  capabilities: {
    returnToSender: true,
    redirect: false,
    cancel: false,
    status: false,
    track: true,
    push: true,
    idempotencyKey: false,
    feeInAnswer: false,
  },
  codes: __SLUG___CODES,
  facts: __SLUG___FACTS,
  normaliseWaybill: normalise__Slug__Waybill,
};
