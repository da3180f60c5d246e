/** One row of the configuration as it is compared: what may be shown, and what may only be said to have changed. */
export interface ComparableRow {
  readonly shown: Readonly<Record<string, unknown>>;
  readonly secret: Readonly<Record<string, unknown>>;
}

/** Rows by section and id. */
export type Picture = Readonly<Record<string, ReadonlyMap<string, ComparableRow>>>;

export interface FieldChange {
  readonly field: string;
  /** Absent of secret fields. */
  readonly from?: unknown;
  readonly to?: unknown;
  readonly secret: boolean;
}

export interface Change {
  readonly section: string;
  readonly id: string;
  readonly action: 'add' | 'change' | 'disable';
  readonly fields: readonly FieldChange[];
}

/** JSON with sorted keys: equal values give equal text, whatever order they were written in. */
export function stableJson(value: unknown): string {
  return (
    JSON.stringify(value, (_, v: unknown) =>
      typeof v === 'object' && v !== null && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
        : v,
    ) ?? 'null'
  );
}

const same = (a: unknown, b: unknown) => stableJson(a ?? null) === stableJson(b ?? null);

/** Of a new row every field that is shown, so that defaults are seen; of a known one those that differ. */
function fieldChanges(from: ComparableRow | undefined, to: ComparableRow): FieldChange[] {
  const shown = Object.keys({ ...from?.shown, ...to.shown })
    .filter((field) => !from || !same(from.shown[field], to.shown[field]))
    .map((field) => ({
      field,
      ...(from ? { from: from.shown[field] ?? null } : {}),
      to: to.shown[field] ?? null,
      secret: false,
    }));
  const secret = Object.keys({ ...from?.secret, ...to.secret })
    .filter((field) => !same(from?.secret[field], to.secret[field]))
    .map((field) => ({ field, secret: true }));
  return [...shown, ...secret];
}

/**
 * What must change to get from `stored` to `wanted`. What `wanted` does not name stays, or is disabled with `prune`;
 * nothing is ever deleted. Values of secret fields never enter the result.
 */
export function diffSettings(stored: Picture, wanted: Picture, options: { readonly prune: boolean }): Change[] {
  return Object.keys({ ...stored, ...wanted }).flatMap((section) => {
    const before = stored[section] ?? new Map<string, ComparableRow>();
    const after = wanted[section] ?? new Map<string, ComparableRow>();
    const changes: Change[] = [];
    for (const [id, to] of after) {
      const from = before.get(id);
      const fields = fieldChanges(from, to);
      if (fields.length > 0 || !from) changes.push({ section, id, action: from ? 'change' : 'add', fields });
    }
    for (const [id, from] of before) {
      if (!options.prune || after.has(id) || from.shown.enabled !== true) continue;
      changes.push({
        section,
        id,
        action: 'disable',
        fields: [{ field: 'enabled', from: true, to: false, secret: false }],
      });
    }
    return changes;
  });
}
