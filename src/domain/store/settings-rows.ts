import { tariffId } from '../money/tariff.js';
import { type Secrets, SecretUnreadable } from '../secrets/secrets.js';
import type { ComparableRow, Picture } from '../settings/diff.js';
import {
  type AccountBody,
  type PolicyBody,
  type SettingsFile,
  type ShopBody,
  STORED,
} from '../settings/file-schema.js';
import type { Outline } from '../settings/references.js';
import type { FormerCredentials, TariffRow } from '../settings/settings.js';
import type { Sql } from './database.js';
import { readTariffs } from './tariff-reader.js';

/** What a row keeps sealed, by section. Everything else of a row may be shown. */
const SEALED = {
  shops: ['credentials', 'returnAddress'],
  carrierAccounts: ['credentials'],
  policies: [],
  notifications: ['url', 'secret'],
  endpoints: ['secret'],
} as const satisfies Record<string, readonly string[]>;
export type SealedSection = keyof typeof SEALED;

/** Where a sealed text belongs: it opens nowhere else. */
export const placeOf = (section: SealedSection, id: string): string => `${section}/${id}`;

/** Cuts a row of the file into what is shown and what is sealed; the id is the row's name and neither. */
function cut(section: SealedSection, row: Readonly<Record<string, unknown>>): ComparableRow {
  const sealed: readonly string[] = SEALED[section];
  const entries = Object.entries(row).filter(([key]) => key !== 'id');
  return {
    shown: Object.fromEntries(entries.filter(([key]) => !sealed.includes(key))),
    secret: Object.fromEntries(entries.filter(([key]) => sealed.includes(key))),
  };
}

/** Where the credentials before the present ones belong. */
export const formerPlaceOf = (section: SealedSection, id: string): string => `${placeOf(section, id)}/former`;

/** A stored row: its parts, and whether its secrets opened. Unreadable ones are null, and differ from whatever is wanted. */
export interface StoredRow<T> {
  readonly body: T;
  readonly readable: boolean;
  readonly enabled: boolean;
}

interface WithFormer {
  /** null: never replaced, forgotten, or sealed with another key. */
  readonly former: FormerCredentials | null;
}
export type StoredShop = StoredRow<ShopBody> & WithFormer & { readonly autoFrom: Date };
export type StoredAccount = StoredRow<AccountBody> & WithFormer;

export interface StoredSettings {
  readonly shops: ReadonlyMap<string, StoredShop>;
  readonly accounts: ReadonlyMap<string, StoredAccount>;
  readonly policies: ReadonlyMap<string, StoredRow<PolicyBody> & { readonly version: number }>;
  readonly tariffs: readonly TariffRow[];
  readonly targets: ReadonlyMap<string, StoredRow<Readonly<Record<string, unknown>>>>;
  readonly retention: Readonly<Record<string, unknown>> | null;
  /** Policies whose brake is on. */
  readonly braked: ReadonlySet<string>;
}

/** JSON that this system wrote itself. */
const read = (text: string) => JSON.parse(text) as Record<string, unknown>;

function openSecret(secrets: Secrets, place: string, sealed: string): Record<string, unknown> | null {
  try {
    return read(secrets.open(sealed, place));
  } catch (error) {
    if (error instanceof SecretUnreadable) return null;
    throw error;
  }
}

type Row = { id: string; body: string; credentials: string; enabled: number } & FormerColumns;
interface FormerColumns {
  formerCredentials: string | null;
  formerUntil: Date | null;
}
const FORMER = 'former_credentials AS formerCredentials, former_until AS formerUntil';

function formerOf(secrets: Secrets, section: SealedSection, row: Row): FormerCredentials | null {
  if (row.formerCredentials === null || row.formerUntil === null) return null;
  const credentials = openSecret(secrets, formerPlaceOf(section, row.id), row.formerCredentials);
  return credentials && { credentials, until: row.formerUntil };
}

async function readShops(sql: Sql, secrets: Secrets): Promise<StoredSettings['shops']> {
  const rows = await sql.rows<Row & { autoFrom: Date }>(
    `SELECT id, body, credentials, ${FORMER}, auto_from AS autoFrom, enabled FROM shop ORDER BY id`,
  );
  return new Map(
    rows.map((row) => {
      const secret = openSecret(secrets, placeOf('shops', row.id), row.credentials);
      const body = STORED.shop.parse({ ...read(row.body), credentials: {}, ...secret, id: row.id });
      const { autoFrom } = row;
      const former = formerOf(secrets, 'shops', row);
      return [row.id, { body, readable: secret !== null, enabled: row.enabled === 1, autoFrom, former }];
    }),
  );
}

async function readAccounts(sql: Sql, secrets: Secrets): Promise<StoredSettings['accounts']> {
  const rows = await sql.rows<Row>(`SELECT id, body, credentials, ${FORMER}, enabled FROM carrier_account ORDER BY id`);
  return new Map(
    rows.map((row) => {
      const secret = openSecret(secrets, placeOf('carrierAccounts', row.id), row.credentials);
      const enabled = row.enabled === 1;
      const body = STORED.account.parse({ ...read(row.body), credentials: {}, ...secret, id: row.id, enabled });
      const former = formerOf(secrets, 'carrierAccounts', row);
      return [row.id, { body, readable: secret !== null, enabled, former }];
    }),
  );
}

/** The newest version of every policy. */
async function readPolicies(sql: Sql): Promise<StoredSettings['policies']> {
  const rows = await sql.rows<{ id: string; version: number; body: string; enabled: number }>(
    `SELECT p.policy_id AS id, p.version, p.body, p.enabled FROM policy_version p
     JOIN (SELECT policy_id, MAX(version) AS version FROM policy_version GROUP BY policy_id) newest
       ON newest.policy_id = p.policy_id AND newest.version = p.version
     ORDER BY p.policy_id`,
  );
  return new Map(
    rows.map(({ id, version, body, enabled }) => [
      id,
      { body: STORED.policy.parse({ ...read(body), id }), readable: true, enabled: enabled === 1, version },
    ]),
  );
}

/** Notifications and endpoints share a table; their section stands in front of the id, so that each may have an `ops`. */
async function readTargets(sql: Sql, secrets: Secrets): Promise<StoredSettings['targets']> {
  const rows = await sql.rows<{ id: string; body: string; secrets: string; enabled: number }>(
    'SELECT id, body, secrets, enabled FROM notification_target ORDER BY id',
  );
  return new Map(
    rows.map((row) => {
      const [section, id] = targetOf(row.id);
      const secret = openSecret(secrets, placeOf(section, id), row.secrets);
      return [
        row.id,
        { body: { ...read(row.body), ...secret }, readable: secret !== null, enabled: row.enabled === 1 },
      ];
    }),
  );
}

/** `notifications/ops-bot` → section and id. */
function targetOf(key: string): ['notifications' | 'endpoints', string] {
  const [section, id = ''] = key.split('/');
  return [section === 'endpoints' ? 'endpoints' : 'notifications', id];
}

/** Everything `apply` ever wrote, secrets opened where this key opens them. */
export async function readStored(sql: Sql, secrets: Secrets): Promise<StoredSettings> {
  const tariffs = await readTariffs(sql);
  const retention = await sql.rows<{ value: string }>("SELECT value FROM setting WHERE name = 'retention'");
  const braked = await sql.rows<{ id: string }>('SELECT policy_id AS id FROM policy_brake WHERE pulled = 1');
  return {
    shops: await readShops(sql, secrets),
    accounts: await readAccounts(sql, secrets),
    policies: await readPolicies(sql),
    tariffs,
    targets: await readTargets(sql, secrets),
    retention: retention[0] ? read(retention[0].value) : null,
    braked: new Set(braked.map(({ id }) => id)),
  };
}

type Entry = [string, ComparableRow];
const tariffEntry = (t: TariffRow): Entry => [tariffId(t), { shown: { feeFen: t.feeFen }, secret: {} }];
const retentionEntries = (value: Readonly<Record<string, unknown>> | null): Entry[] =>
  value ? [['retention', { shown: value, secret: {} }]] : [];

/** What is stored, as it is compared. */
export function storedPicture(stored: StoredSettings): Picture {
  const entry = (section: SealedSection, id: string, row: StoredRow<object>, more: object = {}): Entry => {
    const { shown, secret } = cut(section, { ...row.body, ...more, enabled: row.enabled });
    return [id, { shown, secret: row.readable ? secret : {} }];
  };
  const targets = (section: 'notifications' | 'endpoints') =>
    [...stored.targets]
      .filter(([key]) => targetOf(key)[0] === section)
      .map(([key, row]) => entry(section, targetOf(key)[1], row));
  return {
    shops: new Map(
      [...stored.shops].map(([id, row]) => entry('shops', id, row, { autoFrom: row.autoFrom.toISOString() })),
    ),
    carrierAccounts: new Map([...stored.accounts].map(([id, row]) => entry('carrierAccounts', id, row))),
    tariffs: new Map(stored.tariffs.map(tariffEntry)),
    policies: new Map([...stored.policies].map(([id, row]) => entry('policies', id, row))),
    retention: new Map(retentionEntries(stored.retention)),
    notifications: new Map(targets('notifications')),
    endpoints: new Map(targets('endpoints')),
  };
}

/** What the file asks for, as it is compared. A shop without a start mark keeps the one it has, or starts `now` (R76). */
export function wantedPicture(file: SettingsFile, stored: StoredSettings, now: Date): Picture {
  const rows = (section: SealedSection, list: readonly { readonly id: string }[]): ReadonlyMap<string, ComparableRow> =>
    new Map(list.map((row) => [row.id, cut(section, { enabled: true, ...row })]));
  const shops = file.shops.map((shop) => ({
    ...shop,
    autoFrom: shop.autoFrom ?? (stored.shops.get(shop.id)?.autoFrom ?? now).toISOString(),
  }));
  return {
    shops: rows('shops', shops),
    carrierAccounts: rows('carrierAccounts', file.carrierAccounts),
    tariffs: new Map(file.tariffs.map(tariffEntry)),
    policies: rows('policies', file.policies),
    retention: new Map(retentionEntries(file.retention)),
    notifications: rows('notifications', file.notifications),
    endpoints: rows('endpoints', file.endpoints),
  };
}

/** What a file may refer to. With `prune` only its own rows stay, but a platform shop keeps its owner for ever. */
export function storedOutline(stored: StoredSettings, prune: boolean): Outline {
  return {
    shops: [...stored.shops.values()].map(({ body, enabled }) => ({
      id: body.id,
      policy: body.policy,
      platform: body.platform,
      platformShopId: body.platformShopId,
      enabled: enabled && !prune,
    })),
    accounts: [...stored.accounts.values()].map(({ body, enabled }) => ({
      id: body.id,
      carriers: [body.carrier, ...body.serves],
      shops: body.shops,
      isDefault: body.default,
      enabled: enabled && !prune,
    })),
    policies: [...stored.policies.values()]
      .filter(({ enabled }) => enabled && !prune)
      .map(({ body }) => ({ id: body.id })),
    tariffs: [],
    notifications: [],
    endpoints: [],
  };
}
