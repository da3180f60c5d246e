import type { ReturnAddress } from '../carrier/port.js';
import { tariffId, tariffKey } from '../money/tariff.js';
import { type Secrets, SecretUnreadable } from '../secrets/secrets.js';
import { type Change, diffSettings, type Picture } from '../settings/diff.js';
import type { SettingsFile, ShopBody } from '../settings/file-schema.js';
import { policySettings } from '../settings/policy-settings.js';
import { type Problem, SettingsRefused } from '../settings/problem.js';
import { checkReferences, type Outline, outlineOf } from '../settings/references.js';
import type { AccountSettings, Settings, ShopSettings } from '../settings/settings.js';
import { targetSettings } from '../settings/targets.js';
import { appendAudit } from './audit-store.js';
import type { Database, Sql } from './database.js';
import { formerUntil, keepFormer } from './former-credentials.js';
import { ensureLanes } from './lane-store.js';
import {
  placeOf,
  readStored,
  type StoredSettings,
  type StoredShop,
  storedOutline,
  storedPicture,
  wantedPicture,
} from './settings-rows.js';
import { releasePlatformShops, writeChange } from './settings-writes.js';

/** The version of the configuration; 0 before the first apply. */
export async function configVersion(sql: Sql): Promise<number> {
  const rows = await sql.rows<{ value: string }>("SELECT value FROM setting WHERE name = 'config_version'");
  return Number(rows[0]?.value ?? 0);
}

function addressOf(given: NonNullable<ShopBody['returnAddress']>): ReturnAddress {
  const { name = null, phone = null, province = null, city = null, district = null, detail = null } = given;
  return { name, phone, province, city, district, detail };
}

function shopSettings({ body, autoFrom, enabled, former }: StoredShop): ShopSettings {
  const { policy, returnAddress, agreementSignedAt, ...rest } = body;
  return {
    ...rest,
    policyId: policy,
    agreementSignedAt: agreementSignedAt === null ? null : new Date(agreementSignedAt),
    returnAddress: returnAddress && addressOf(returnAddress),
    autoFrom,
    enabled,
    former,
  };
}

function picture(stored: StoredSettings, version: number): Settings {
  const accounts = [...stored.accounts.values()].map(({ body, former }): [string, AccountSettings] => {
    const { default: isDefault, ...rest } = body;
    return [body.id, { ...rest, isDefault, former }];
  });
  return {
    version,
    shops: new Map([...stored.shops].map(([id, row]) => [id, shopSettings(row)])),
    accounts: new Map(accounts),
    tariffs: stored.tariffs,
    policies: new Map(
      [...stored.policies].map(([id, row]) => [id, policySettings(row.body, row.version, stored.braked.has(id))]),
    ),
    targets: new Map(
      [...stored.targets]
        .filter(([, row]) => row.readable)
        .map(([key, row]) => [key, targetSettings(key, row.body, row.enabled)]),
    ),
  };
}

/** Enabled rows must open: half a configuration in silence would be worse than none. */
function refuseUnreadable(stored: StoredSettings): void {
  const sections = [['shops', stored.shops] as const, ['carrierAccounts', stored.accounts] as const];
  for (const [section, rows] of sections) {
    for (const [id, row] of rows) {
      if (row.enabled && !row.readable) throw new SecretUnreadable('other_key', placeOf(section, id));
    }
  }
  for (const [place, row] of stored.targets) {
    if (row.enabled && !row.readable) throw new SecretUnreadable('other_key', place);
  }
}

/**
 * The running system's picture of the newest version, consistent in itself. Disabled rows are in it, marked so.
 * Throws SecretUnreadable when an enabled row was sealed with another SECRET_KEY.
 */
export async function loadSettings(sql: Sql, secrets: Secrets): Promise<Settings> {
  for (;;) {
    const version = await configVersion(sql);
    const stored = await readStored(sql, secrets);
    // An apply that committed between the reads would leave a mixture: read again.
    if ((await configVersion(sql)) !== version) continue;
    refuseUnreadable(stored);
    return picture(stored, version);
  }
}

export interface ApplyOptions {
  readonly prune: boolean;
  /** Who applies, for the audit chain. */
  readonly actor: string;
  readonly now: Date;
}

/** What the database offers a file to refer to: for readSettingsFile, so that all problems come at once. */
export async function storedReferences(sql: Sql, secrets: Secrets, prune: boolean): Promise<Outline> {
  return storedOutline(await readStored(sql, secrets), prune);
}

/** A fee that was booked names the tariff it came from: that row says what was agreed then and is not rewritten. */
async function usedTariffs(sql: Sql, file: SettingsFile, changes: readonly Change[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const change of changes) {
    if (change.section !== 'tariffs' || change.action !== 'change') continue;
    const at = file.tariffs.findIndex((t) => tariffId(t) === change.id);
    const used = await sql.rows<{ n: number }>(
      'SELECT COUNT(*) AS n FROM ledger_entry WHERE carrier = ? AND tariff_from = ? AND tariff_conditions = ?',
      tariffKey(change.id),
    );
    if ((used[0]?.n ?? 0) === 0) continue;
    problems.push({
      path: ['tariffs', at, 'feeFen'],
      why: {
        zh: '已按此价格记账，不能修改；请新增一行，写明新价格从哪天起生效',
        en: 'fees were booked under this price: leave the row and add one with the day from which the new price holds',
      },
    });
  }
  return problems;
}

/** What a file would change, and everything that writing it needs. */
export interface Plan {
  readonly stored: StoredSettings;
  readonly wanted: Picture;
  readonly changes: readonly Change[];
}

/** Compares a file with what is stored. Throws SettingsRefused. */
export async function planFile(
  sql: Sql,
  stored: StoredSettings,
  file: SettingsFile,
  options: Omit<ApplyOptions, 'actor'>,
): Promise<Plan> {
  const wanted = wantedPicture(file, stored, options.now);
  const changes = diffSettings(storedPicture(stored), wanted, options);
  const problems = [
    ...checkReferences(outlineOf(file), storedOutline(stored, options.prune)),
    ...(await usedTariffs(sql, file, changes)),
  ];
  if (problems.length > 0) throw new SettingsRefused(problems);
  return { stored, wanted, changes };
}

/** What applying the file would change; writes nothing. Throws SettingsRefused. */
export async function planSettings(
  sql: Sql,
  secrets: Secrets,
  file: SettingsFile,
  options: Omit<ApplyOptions, 'actor'>,
): Promise<Change[]> {
  return [...(await planFile(sql, await readStored(sql, secrets), file, options)).changes];
}

/** Makes whoever else changes the configuration wait until this transaction ends. */
export async function lockConfig(tx: Sql, now: Date): Promise<void> {
  await tx.run(
    "INSERT INTO setting (name, value, updated_at) VALUES ('config_version', '0', ?) ON DUPLICATE KEY UPDATE name = name",
    [now],
  );
}

/** Running systems follow the version; returns the new one. */
export async function raiseVersion(tx: Sql, now: Date): Promise<number> {
  const version = (await configVersion(tx)) + 1;
  await tx.run("UPDATE setting SET value = ?, updated_at = ? WHERE name = 'config_version'", [String(version), now]);
  return version;
}

/** Writes a plan in the caller's transaction: rows, lanes, the raised version and the audit entry. Returns the version. */
export async function writePlan(
  tx: Sql,
  secrets: Secrets,
  { stored, wanted, changes }: Plan,
  file: SettingsFile,
  by: Omit<ApplyOptions, 'prune'> & { readonly detail: Readonly<Record<string, unknown>> },
): Promise<number> {
  await releasePlatformShops(tx, changes);
  const { reason } = by.detail;
  const author = { actor: by.actor, note: typeof reason === 'string' ? reason.slice(0, 500) : null };
  const replaced: string[] = [];
  for (const change of changes) {
    const write = { change, stored, wanted, now: by.now, by: author };
    await writeChange(tx, secrets, write);
    if (await keepFormer(tx, secrets, write)) replaced.push(`${change.section}/${change.id}`);
  }
  await ensureLanes(tx, file.carrierAccounts);
  const version = await raiseVersion(tx, by.now);
  await appendAudit(tx, {
    at: by.now,
    actor: by.actor,
    action: 'settings.apply',
    subject: `version ${version}`,
    detail: { ...by.detail, changes, ...(replaced.length > 0 ? { formerUntil: formerUntil(by.now), replaced } : {}) },
  });
  return version;
}

/**
 * Applies a file in one transaction: rows, lanes, the raised version and the audit entry, or nothing at all. Without
 * changes nothing is written. Two applies at once follow one another. Throws SettingsRefused.
 */
export function applySettings(
  db: Database,
  secrets: Secrets,
  file: SettingsFile,
  options: ApplyOptions,
): Promise<Change[]> {
  return db.transaction(async (tx) => {
    await lockConfig(tx, options.now);
    const plan = await planFile(tx, await readStored(tx, secrets), file, options);
    if (plan.changes.length > 0) {
      await writePlan(tx, secrets, plan, file, { ...options, detail: { prune: options.prune } });
    }
    return [...plan.changes];
  });
}

/** Ids of all shops ever applied. */
export async function shopIds(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>('SELECT id FROM shop ORDER BY id');
  return rows.map((row) => row.id);
}
