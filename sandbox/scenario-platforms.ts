import { CARRIER_SLUGS, type Carrier } from './scenario-couriers.js';

/** A courier in a platform's words, as its parcels name it. */
export interface CompanyWords {
  readonly companyCode: string;
  readonly companyName: string;
}

interface PlatformRow {
  /** How many after-sales it has beside the others. */
  readonly share: number;
  /** Most first events a second that one shop's budget of detail reads allows; more shops allow more. */
  readonly perSecond: number;
  /** Its twin knows several shops. */
  readonly manyShops: boolean;
  readonly words: Readonly<Record<Carrier, CompanyWords>>;
  /** Its numbers of an after-sale and of an order, from a number of 19 digits. */
  readonly ids: (digits: string) => { readonly refundId: string; readonly orderId: string };
}

const NAMES: Readonly<Record<Carrier, string>> = {
  zto: '中通快递',
  yto: '圆通速递',
  yunda: '韵达快递',
  sto: '申通快递',
  jtexpress: '极兔速递',
  sf: '顺丰速运',
  jd: '京东快递',
  deppon: '德邦快递',
  ems: 'EMS',
};

/** Codes with the common names. */
function words(codes: Readonly<Record<Carrier, string>>, names: Partial<Record<Carrier, string>> = {}) {
  const rows = CARRIER_SLUGS.map((carrier): [Carrier, CompanyWords] => [
    carrier,
    { companyCode: codes[carrier], companyName: names[carrier] ?? NAMES[carrier] },
  ]);
  return Object.fromEntries(rows) as Record<Carrier, CompanyWords>;
}

const SPELT = {
  zto: 'zhongtong',
  yto: 'yuantong',
  yunda: 'yunda',
  sto: 'shentong',
  jtexpress: 'jtexpress',
  sf: 'shunfeng',
  jd: 'jd',
  deppon: 'debangwuliu',
  ems: 'ems',
} as const satisfies Record<Carrier, string>;

const numeric = (digits: string) => ({ refundId: digits, orderId: `4${digits.slice(1)}` });

/**
 * The selling platforms of a day and how each names couriers. Numbers and codes that the platform does not document
 * (from 9001 on, and where only names are) are the day's own: a seller maps them with `carrierAliases` (R66).
 */
export const PLATFORMS = {
  douyin: { share: 8, perSecond: 12, manyShops: true, words: words(SPELT), ids: numeric },
  taobao: { share: 4, perSecond: 6, manyShops: true, words: words(SPELT), ids: numeric },
  pinduoduo: {
    share: 3,
    perSecond: 3,
    manyShops: true,
    words: words(
      {
        zto: '9001',
        yto: '85',
        yunda: '9002',
        sto: '9003',
        jtexpress: '384',
        sf: '44',
        jd: '9004',
        deppon: '131',
        ems: '9005',
      },
      { yto: '圆通', sf: '顺丰', deppon: '德邦', jtexpress: '极兔' },
    ),
    ids: (digits) => ({ refundId: digits, orderId: `260101-${digits.slice(-15)}` }),
  },
  jd: {
    share: 1,
    perSecond: 3,
    manyShops: false,
    words: words({
      zto: '1499',
      yto: '463',
      yunda: '1327',
      sto: '470',
      jtexpress: '9001',
      sf: '467',
      jd: '9002',
      deppon: '9003',
      ems: '465',
    }),
    ids: numeric,
  },
  kuaishou: {
    share: 1,
    perSecond: 6,
    manyShops: false,
    words: words({
      zto: '9',
      yto: '6',
      yunda: '11',
      sto: '3',
      jtexpress: '109',
      sf: '4',
      jd: '14',
      deppon: '53',
      ems: '2',
    }),
    ids: numeric,
  },
  xiaohongshu: {
    share: 1,
    perSecond: 10,
    manyShops: false,
    words: words({ ...SPELT, zto: 'zto' }),
    ids: (digits) => ({ refundId: `R${digits.slice(-16)}`, orderId: `P${digits.slice(1)}` }),
  },
  wechat: {
    share: 1,
    perSecond: 6,
    manyShops: false,
    words: words({
      zto: 'ZTO',
      yto: 'YTO',
      yunda: 'YUNDA',
      sto: 'STO',
      jtexpress: 'JTSD',
      sf: 'SF',
      jd: 'JD',
      deppon: 'DB',
      ems: 'EMS',
    }),
    ids: numeric,
  },
  generic: {
    share: 1,
    perSecond: 50,
    manyShops: false,
    words: words({
      zto: 'zto',
      yto: 'yto',
      yunda: 'yunda',
      sto: 'sto',
      jtexpress: 'jtexpress',
      sf: 'sf',
      jd: 'jd',
      deppon: 'deppon',
      ems: 'ems',
    }),
    ids: (digits) => ({ refundId: `RF-${digits}`, orderId: `SO-${digits}` }),
  },
} as const satisfies Record<string, PlatformRow>;
export type Platform = keyof typeof PLATFORMS;
export const PLATFORM_SLUGS = Object.keys(PLATFORMS) as readonly Platform[];

/** Deals after-sales to platforms by their shares; one whose single shop could not read that many gets fewer. */
export class PlatformDealer {
  readonly #dealt = new Map<Platform, number>();
  readonly #weight = new Map<Platform, number>();

  constructor(
    readonly all: readonly Platform[],
    ratePerSecond: number,
  ) {
    const total = all.reduce((sum, slug) => sum + PLATFORMS[slug].share, 0);
    for (const slug of all) {
      const { share, perSecond, manyShops } = PLATFORMS[slug];
      this.#weight.set(slug, manyShops ? share : Math.min(share, (perSecond / ratePerSecond) * total));
    }
  }

  /** The platform furthest below its share of those allowed; without one of them, of all. */
  next(allowed: readonly Platform[]): Platform {
    const load = (slug: Platform) => (this.#dealt.get(slug) ?? 0) / (this.#weight.get(slug) ?? 1);
    const fit = this.all.filter((slug) => allowed.includes(slug));
    const slug = (fit.length > 0 ? fit : this.all).toSorted((a, b) => load(a) - load(b))[0] ?? 'douyin';
    this.#dealt.set(slug, (this.#dealt.get(slug) ?? 0) + 1);
    return slug;
  }
}
