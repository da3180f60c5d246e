import type { Secrets } from '../secrets/secrets.js';
import type { ComparableRow } from '../settings/diff.js';
import type { TariffRow } from '../settings/settings.js';
import { type ConfigStep, lastStep } from './config-history-reader.js';
import type { Sql } from './database.js';
import { readStored, type StoredSettings, storedPicture } from './settings-rows.js';
import { configVersion } from './settings-store.js';

/** A row of the configuration as people may see it: no secret, only which of them are set. */
export interface ConfigRow {
  readonly id: string;
  readonly enabled: boolean;
  readonly readable: boolean;
  readonly row: Readonly<Record<string, unknown>>;
  /** By secret part the fields that are set; of a part that is one text: its own name. */
  readonly set: Readonly<Record<string, readonly string[]>>;
}

export interface ConfigView {
  readonly version: number;
  readonly last: ConfigStep | null;
  readonly shops: readonly ConfigRow[];
  readonly carrierAccounts: readonly ConfigRow[];
  readonly policies: readonly ConfigRow[];
  readonly tariffs: readonly TariffRow[];
  readonly retention: Readonly<Record<string, unknown>> | null;
  readonly notifications: readonly ConfigRow[];
  readonly endpoints: readonly ConfigRow[];
}

const isFilled = (value: unknown) => value !== null && value !== undefined && value !== '';

function setFields(part: string, value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return isFilled(value) ? [part] : [];
  return Object.entries(value)
    .filter(([, field]) => isFilled(field))
    .map(([key]) => key)
    .sort();
}

function viewOf(id: string, { shown, secret }: ComparableRow, readable: boolean): ConfigRow {
  const { enabled, ...row } = shown;
  const set = Object.fromEntries(Object.entries(secret).map(([part, value]) => [part, setFields(part, value)]));
  return { id, enabled: enabled !== false, readable, row: { id, ...row }, set };
}

function sectionsOf(stored: StoredSettings) {
  const picture = storedPicture(stored);
  const readable = (section: string, id: string) =>
    (section === 'shops' ? stored.shops : section === 'carrierAccounts' ? stored.accounts : null)?.get(id)?.readable ??
    stored.targets.get(`${section}/${id}`)?.readable ??
    true;
  const rows = (section: string) =>
    [...(picture[section] ?? [])].map(([id, row]) => viewOf(id, row, readable(section, id)));
  return {
    shops: rows('shops'),
    carrierAccounts: rows('carrierAccounts'),
    policies: rows('policies'),
    notifications: rows('notifications'),
    endpoints: rows('endpoints'),
    tariffs: stored.tariffs,
    retention: stored.retention,
  };
}

/** The newest configuration as people may see it, disabled rows too, consistent with its version. */
export async function readConfig(sql: Sql, secrets: Secrets): Promise<ConfigView> {
  for (;;) {
    const version = await configVersion(sql);
    const stored = await readStored(sql, secrets);
    const last = await lastStep(sql);
    // An apply that committed between the reads would leave a mixture: read again.
    if ((await configVersion(sql)) === version) return { version, last, ...sectionsOf(stored) };
  }
}
