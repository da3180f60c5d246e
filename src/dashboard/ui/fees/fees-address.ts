/** What the ledger is narrowed to, as it stands in the address; times are RFC 3339. */
const FILTERS = ['biller', 'shopId', 'verification', 'kind', 'since', 'until'] as const;
export type FeeFilters = Readonly<Partial<Record<(typeof FILTERS)[number], string>>>;

export const feeFiltersFrom = (search: URLSearchParams): FeeFilters =>
  Object.fromEntries(FILTERS.flatMap((name) => (search.get(name) ? [[name, search.get(name) ?? '']] : [])));

/** The page with these filters: where a sum of fees leads to its rows. */
export function feesAddress(filters: FeeFilters): string {
  return `/fees?${new URLSearchParams(Object.entries(filters))}`;
}
