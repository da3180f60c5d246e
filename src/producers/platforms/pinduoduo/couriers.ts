interface CompanyRow {
  readonly code: string;
  readonly zh: string;
  readonly courier: string;
}

/**
 * `logistics_id` of parcels. The whole table is the API pdd.logistics.companies.get; these four are what a seller has read
 * there (reference/platforms.md 3.3). Everything else: the shop's `carrierAliases` (R66).
 */
const COMPANIES: Readonly<Record<string, CompanyRow>> = {
  '44': { code: 'SF', zh: '顺丰', courier: 'sf' },
  '85': { code: 'YTO', zh: '圆通', courier: 'yto' },
  '131': { code: 'DB', zh: '德邦', courier: 'deppon' },
  '384': { code: 'JTSD', zh: '极兔', courier: 'jtexpress' },
};

/** The name of a company's number; null where the table has none. */
export function companyName(id: string): string | null {
  return Object.hasOwn(COMPANIES, id) ? (COMPANIES[id]?.zh ?? null) : null;
}

/** Numbers, codes and names that mean one of our couriers. */
export const CARRIER_ALIASES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(COMPANIES).flatMap(([id, { code, zh, courier }]) => [id, code, zh].map((word) => [word, courier])),
);
