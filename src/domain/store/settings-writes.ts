import { tariffKey } from '../money/tariff.js';
import type { Secrets } from '../secrets/secrets.js';
import { type Change, type Picture, stableJson } from '../settings/diff.js';
import type { Sql } from './database.js';
import { placeOf, type SealedSection, type StoredSettings } from './settings-rows.js';

/** Whose change it is, and why. */
export interface Author {
  readonly actor: string;
  readonly note: string | null;
}

export interface Write {
  readonly change: Change;
  readonly stored: StoredSettings;
  readonly wanted: Picture;
  readonly now: Date;
  readonly by: Author;
}

type Columns = Readonly<Record<string, string | number | Date>>;

async function put(tx: Sql, table: string, id: string, columns: Columns, isNew: boolean): Promise<void> {
  const names = Object.keys(columns);
  if (isNew) {
    await tx.run(`INSERT INTO ${table} (id, ${names.join(', ')}) VALUES (?)`, [[id, ...Object.values(columns)]]);
  } else {
    await tx.run(`UPDATE ${table} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`, [
      ...Object.values(columns),
      id,
    ]);
  }
}

/** Writes one change of the difference. */
export async function writeChange(
  tx: Sql,
  secrets: Secrets,
  { change, stored, wanted, now, by }: Write,
): Promise<void> {
  const { section, id, action } = change;
  if (action === 'disable') return disable(tx, section, id);
  const row = wanted[section]?.get(id);
  if (!row) throw new Error(`the change of ${section} ${id} has no row`);
  const { enabled, autoFrom, ...shown } = row.shown;
  const body = stableJson(shown);
  const seal = (part: SealedSection) => secrets.seal(stableJson(row.secret), placeOf(part, id));
  const isNew = action === 'add';
  const isEnabled = enabled === false ? 0 : 1;
  switch (section) {
    case 'shops':
      return put(
        tx,
        'shop',
        id,
        {
          platform: String(shown.platform),
          platform_shop_id: String(shown.platformShopId),
          name: String(shown.name),
          body,
          credentials: seal('shops'),
          auto_from: new Date(String(autoFrom)),
          enabled: isEnabled,
        },
        isNew,
      );
    case 'carrierAccounts':
      return put(
        tx,
        'carrier_account',
        id,
        { carrier: String(shown.carrier), body, credentials: seal('carrierAccounts'), enabled: isEnabled },
        isNew,
      );
    case 'policies':
      return putPolicy(tx, id, body, stored, by, now);
    case 'notifications':
    case 'endpoints':
      return put(
        tx,
        'notification_target',
        `${section}/${id}`,
        { kind: String(shown.kind ?? 'endpoint'), body, secrets: seal(section), enabled: isEnabled },
        isNew,
      );
    case 'tariffs': {
      await tx.run(
        `INSERT INTO tariff (carrier, valid_from, conditions, fee_fen) VALUES (?, ?, ?, ?)
         ON DUPLICATE KEY UPDATE fee_fen = VALUES(fee_fen)`,
        [...tariffKey(id), Number(shown.feeFen)],
      );
      return;
    }
    case 'retention':
      await tx.run(
        `INSERT INTO setting (name, value, updated_at) VALUES ('retention', ?, ?)
         ON DUPLICATE KEY UPDATE value = VALUES(value), updated_at = VALUES(updated_at)`,
        [body, now],
      );
      return;
    default:
      throw new Error(`no table for ${section}`);
  }
}

/** Shops that change places on their platform let go of them first, or the unique key would refuse whoever comes first. */
export async function releasePlatformShops(tx: Sql, changes: readonly Change[]): Promise<void> {
  const moved = changes.filter(
    ({ section, action, fields }) =>
      section === 'shops' &&
      action === 'change' &&
      fields.some(({ field }) => field === 'platformShopId' || field === 'platform'),
  );
  for (const { id } of moved) await tx.run("UPDATE shop SET platform_shop_id = CONCAT('~', id) WHERE id = ?", [id]);
}

/** A policy that changed gets a new version: decisions already made name the version they were made under. */
async function putPolicy(
  tx: Sql,
  id: string,
  body: string,
  stored: StoredSettings,
  { actor, note }: Author,
  now: Date,
): Promise<void> {
  const before = stored.policies.get(id);
  await tx.run(
    `INSERT INTO policy_version (policy_id, version, body, enabled, created_at, created_by, note)
     VALUES (?, ?, ?, 1, ?, ?, ?)`,
    [id, (before?.version ?? 0) + 1, body, now, actor, note],
  );
}

const TABLES: Readonly<Record<string, string>> = {
  shops: 'shop',
  carrierAccounts: 'carrier_account',
  notifications: 'notification_target',
  endpoints: 'notification_target',
};

async function disable(tx: Sql, section: string, id: string): Promise<void> {
  if (section === 'policies') {
    await tx.run('UPDATE policy_version SET enabled = 0 WHERE policy_id = ?', [id]);
    return;
  }
  const table = TABLES[section];
  if (!table) throw new Error(`rows of ${section} cannot be disabled`);
  const key = table === 'notification_target' ? `${section}/${id}` : id;
  await tx.run(`UPDATE ${table} SET enabled = 0 WHERE id = ?`, [key]);
}
