import type { PlatformManifest } from '../../../domain/platform/port.js';
import { CARRIER_ALIASES } from './couriers.js';
import { JD_CREDENTIALS } from './credentials.js';
import { JD_FACTS } from './facts.js';
import { REFUND_FACTS } from './refund.js';

/** Facts about JD POP that others read. */
export const JD_MANIFEST = {
  slug: 'jd',
  name: { zh: '京东 POP', en: 'JD POP' },
  credentials: JD_CREDENTIALS,
  defaultBaseUrl: 'https://api.jd.com',
  /** Not documented. */
  readRateLimit: { max: 10, perMs: 1000 },
  timeoutMs: 5000,
  carrierAliases: CARRIER_ALIASES,
  doors: { push: false, socket: false, poll: true, detail: true },
  refund: { channelRefunds: true, versioned: false, mostFen: null },
  facts: [...JD_FACTS, ...REFUND_FACTS],
} as const satisfies PlatformManifest<typeof JD_CREDENTIALS>;
