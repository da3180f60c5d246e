/** Filters of the audit log as they stand in the address. Times are as a person types them, on his own clock. */
export const AUDIT_FILTERS = ['actor', 'action', 'subject', 'since', 'until'] as const;
export type AuditFilters = Readonly<Partial<Record<(typeof AUDIT_FILTERS)[number], string>>>;

export function auditFiltersFrom(search: URLSearchParams): AuditFilters {
  const entries = AUDIT_FILTERS.map((name) => [name, search.get(name) ?? ''] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

export function auditAddress(filters: AuditFilters): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value !== '')).toString();
  return query === '' ? '/audit' : `/audit?${query}`;
}

/** As the API takes them: a time that cannot be read is left out. */
export function auditQuery(filters: AuditFilters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    const at = name === 'since' || name === 'until' ? new Date(value) : null;
    if (at === null) query.set(name, value);
    else if (!Number.isNaN(at.getTime())) query.set(name, at.toISOString());
  }
  return query.toString();
}
