/** What a form leaves out of a row: nothing, so it is kept; null takes it away. */
type Loose = Readonly<Record<string, unknown>>;

/** The secret parts of a stored row, opened; null: there is no such row, or its secrets cannot be opened. */
export interface KeptRow {
  readonly secret: Loose;
  /** The address that the secrets are sent to. Another address gets none of the old ones. */
  readonly sentTo: unknown;
}

export type KeptRows = (section: string, id: string) => KeptRow | null;

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that nobody has filled in. */
const isEmpty = (value: unknown) => value === undefined || value === '';

/** Field by field, groups within groups too: empty keeps what is stored, null removes it, anything else replaces it. */
function mergeGroup(stored: unknown, given: unknown): unknown {
  if (given === null || !(isEmpty(given) || isObject(given))) return given;
  const before = isObject(stored) ? stored : {};
  const changed = Object.entries(isObject(given) ? given : {})
    .filter(([, value]) => !isEmpty(value))
    .map(([key, value]) => [key, isObject(value) ? mergeGroup(before[key], value) : value]);
  const merged = Object.entries({ ...before, ...Object.fromEntries(changed) }).filter(([, value]) => value !== null);
  return Object.fromEntries(merged);
}

/** The address and the plug-in that a row's credentials belong to. */
export const sentTo = (row: Loose): string => JSON.stringify([row.platform ?? row.carrier, row.baseUrl ?? null]);

/** How each section keeps its secrets. Whoever may change an address must not learn the keys that were sent to the old one. */
function withKept(section: string, row: Loose, kept: KeptRow | null): Loose {
  switch (section) {
    case 'shops': {
      const address = mergeGroup(kept?.secret.returnAddress, row.returnAddress);
      const returnAddress = isObject(address) && Object.keys(address).length === 0 ? null : address;
      return { ...withKept('carrierAccounts', row, kept), returnAddress };
    }
    case 'carrierAccounts': {
      const mayKeep = kept !== null && kept.sentTo === sentTo(row);
      return { ...row, credentials: mergeGroup(mayKeep ? kept.secret.credentials : {}, row.credentials) };
    }
    case 'notifications':
      // Another robot has another secret: it is kept only with its address.
      if (!isEmpty(row.url) || !kept) return row;
      return { ...row, url: kept.secret.url, secret: isEmpty(row.secret) ? kept.secret.secret : row.secret };
    case 'endpoints':
      return isEmpty(row.secret) && kept ? { ...row, secret: kept.secret.secret } : row;
    default:
      return row;
  }
}

/** Completes the rows of a configuration that came from a form with the secrets that are stored. Of a wrong shape: as it is. */
export function keepSecrets(file: unknown, kept: KeptRows): unknown {
  if (!isObject(file)) return file;
  const sections = Object.entries(file).map(([section, rows]) => {
    if (!Array.isArray(rows)) return [section, rows];
    return [
      section,
      rows.map((row: unknown) =>
        isObject(row) ? withKept(section, row, typeof row.id === 'string' ? kept(section, row.id) : null) : row,
      ),
    ];
  });
  return Object.fromEntries(sections);
}
