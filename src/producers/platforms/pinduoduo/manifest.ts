import type { PlatformManifest } from '../../../domain/platform/port.js';
import { CARRIER_ALIASES } from './couriers.js';
import { PINDUODUO_CREDENTIALS } from './credentials.js';
import { PINDUODUO_FACTS } from './facts.js';
import { REFUND_FACTS } from './refund.js';

/** Facts about Pinduoduo that others read. */
export const PINDUODUO_MANIFEST = {
  slug: 'pinduoduo',
  name: { zh: '拼多多', en: 'Pinduoduo' },
  credentials: PINDUODUO_CREDENTIALS,
  defaultBaseUrl: 'https://gw-api.pinduoduo.com',
  /** The list takes 100 calls in 10 s from a seller; the other reads are limited far above. One budget holds for all. */
  readRateLimit: { max: 10, perMs: 1000 },
  timeoutMs: 5000,
  carrierAliases: CARRIER_ALIASES,
  doors: { push: false, socket: true, poll: true, detail: true },
  refund: { channelRefunds: false, versioned: false, mostFen: null },
  facts: [...PINDUODUO_FACTS, ...REFUND_FACTS],
} as const satisfies PlatformManifest<typeof PINDUODUO_CREDENTIALS>;
