import type { PlatformManifest } from '../../../domain/platform/port.js';
import { TAOBAO_CREDENTIALS } from './credentials.js';
import { TAOBAO_FACTS } from './facts.js';
import { REFUND_FACTS } from './refund.js';

/** Facts about Taobao and Tmall that others read. */
export const TAOBAO_MANIFEST = {
  slug: 'taobao',
  name: { zh: '淘宝/天猫', en: 'Taobao/Tmall' },
  credentials: TAOBAO_CREDENTIALS,
  defaultBaseUrl: 'https://eco.taobao.com',
  /** Not documented: the platform publishes no number, so this is the caution we also use at couriers. */
  readRateLimit: { max: 20, perMs: 1000 },
  timeoutMs: 5000,
  /**
   * There is no public table of couriers (the API taobao.logistics.companies.get is the only one), and parcels name them
   * by name: these are whole names. Everything else: the shop's `carrierAliases` (R66).
   */
  carrierAliases: {
    中通快递: 'zto',
    圆通速递: 'yto',
    韵达快递: 'yunda',
    申通快递: 'sto',
    顺丰速运: 'sf',
    京东快递: 'jd',
    极兔速递: 'jtexpress',
    德邦快递: 'deppon',
    EMS: 'ems',
  },
  doors: { push: false, socket: true, poll: true, detail: true },
  refund: { channelRefunds: false, versioned: true, mostFen: 600_000 },
  facts: [...TAOBAO_FACTS, ...REFUND_FACTS],
} as const satisfies PlatformManifest<typeof TAOBAO_CREDENTIALS>;
