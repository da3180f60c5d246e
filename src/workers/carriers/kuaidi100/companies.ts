/** Our slugs of the couriers that Kuaidi100 names, with its codes for each (参数字典); the first is the one sent. */
const COMPANIES = {
  deppon: ['debangwuliu', 'debangkuaidi'],
  ems: ['ems'],
  // 邮政快递包裹
  chinapost: ['youzhengguonei'],
  // 邮政电商标快
  chinapostec: ['youzhengdsbk'],
  zto: ['zhongtong'],
  jtexpress: ['jtexpress'],
  jd: ['jd'],
} as const satisfies Record<string, readonly [string, ...string[]]>;
type ServedSlug = keyof typeof COMPANIES;

export const SERVED_SLUGS = Object.keys(COMPANIES) as [ServedSlug, ...ServedSlug[]];

/** `manifest.serves`: our slug to the company code that is sent. */
export const SERVES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(COMPANIES).map(([slug, [code]]) => [slug, code]),
);

/** Codes that an account replaces. */
type OwnCodes = Readonly<Partial<Record<ServedSlug, string | undefined>>>;

export function isServed(slug: string): slug is ServedSlug {
  return Object.hasOwn(COMPANIES, slug);
}

/** Kuaidi100's code of a courier; undefined: it is not known to front this one. */
export function companyOf(slug: string, own: OwnCodes): string | undefined {
  return isServed(slug) ? (own[slug] ?? COMPANIES[slug][0]) : undefined;
}

/** The courier a company code stands for; undefined: none or more than one, so that no parcel is mistaken for another. */
export function courierOf(code: string, own: OwnCodes): string | undefined {
  const given = code.trim().toLowerCase();
  const codesOf = (slug: ServedSlug): readonly (string | undefined)[] => [own[slug], ...COMPANIES[slug]];
  const found = SERVED_SLUGS.filter((slug) => codesOf(slug).includes(given));
  return found.length === 1 ? found[0] : undefined;
}
