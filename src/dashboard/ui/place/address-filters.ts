/** Filters of a page as they stand in its address; what is empty is left out. */
export type AddressFilters = Readonly<Record<string, string>>;

export function filtersOf(names: readonly string[], search: URLSearchParams): AddressFilters {
  const entries = names.map((name) => [name, search.get(name)?.trim() ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

export function filterAddress(path: string, filters: Readonly<Record<string, string | undefined>>): string {
  const named = Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(named).toString();
  return query === '' ? path : `${path}?${query}`;
}
