import type { Secrets } from '../secrets/secrets.js';
import { type CheckOptions, checkSettings } from '../settings/check-settings.js';
import type { Change } from '../settings/diff.js';
import type { SettingsFile } from '../settings/file-schema.js';
import { type KeptRows, keepSecrets, sentTo } from '../settings/keep-secrets.js';
import { type Problem, SettingsRefused } from '../settings/problem.js';
import type { Outline } from '../settings/references.js';
import type { SwitchableSection } from '../settings/switchable.js';
import { typedUrlProblems } from '../settings/typed-urls.js';
import { type ConfigStep, stepsSince } from './config-history-reader.js';
import type { Database, Sql } from './database.js';
import { readStored, type StoredSettings, storedOutline, storedPicture } from './settings-rows.js';
import { configVersion, lockConfig, type Plan, planFile, writePlan } from './settings-store.js';

export interface RowName {
  readonly section: SwitchableSection;
  readonly id: string;
}

/** A change of the configuration as a form states it. */
export interface SettingsEdit {
  /** The version that the person was looking at. */
  readonly version: number;
  /** Rows as in a configuration file, whole but for their secrets: one that is left out or empty stays as it is. */
  readonly file: unknown;
  /** Rows to switch off. Nothing is ever deleted. */
  readonly disable: readonly RowName[];
}

export type EditOutcome =
  | { readonly kind: 'ok'; readonly version: number; readonly changes: readonly Change[] }
  /** Somebody else was faster: what he did, the newest first. Nothing was written. */
  | { readonly kind: 'version_moved'; readonly version: number; readonly meanwhile: readonly ConfigStep[] }
  /** Paths are those of the given file, or `['disable', position]`. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

type Checks = Pick<CheckOptions, 'credentials' | 'features'> & {
  /** May somebody at a page make us call this address? */
  readonly mayBeTyped: (url: string) => boolean;
};

function keptRows(stored: StoredSettings): KeptRows {
  const picture = storedPicture(stored);
  return (section, id) => {
    const row = picture[section]?.get(id);
    return row ? { secret: row.secret, sentTo: sentTo(row.shown) } : null;
  };
}

function storedRow(stored: StoredSettings) {
  const picture = storedPicture(stored);
  return (section: string, id: string) => picture[section]?.get(id);
}

/** What rows may refer to once those to be switched off are off. */
function outlineWithout(outline: Outline, disable: readonly RowName[]): Outline {
  const goes = (section: SwitchableSection, id: string) =>
    disable.some((row) => row.section === section && row.id === id);
  return {
    ...outline,
    shops: outline.shops.map((shop) => ({ ...shop, enabled: shop.enabled && !goes('shops', shop.id) })),
    accounts: outline.accounts.map((one) => ({ ...one, enabled: one.enabled && !goes('carrierAccounts', one.id) })),
    policies: outline.policies.filter(({ id }) => !goes('policies', id)),
  };
}

/** What must not be switched off: what is not there, what the same edit writes, and a policy that a shop goes by. */
function disableProblems(
  disable: readonly RowName[],
  stored: StoredSettings,
  checked: SettingsFile | undefined,
): Problem[] {
  const picture = storedPicture(stored);
  return disable.flatMap(({ section, id }, i): Problem[] => {
    const path = ['disable', i];
    if (!picture[section]?.has(id)) {
      return [{ path, why: { zh: `没有 ${section} ${id}`, en: `there is no ${section} ${id}` } }];
    }
    if (checked?.[section].some((row) => row.id === id)) {
      return [{ path, why: { zh: '同一次修改里不能既保存又停用', en: 'cannot be saved and disabled in one change' } }];
    }
    if (section !== 'policies') return [];
    const users = [...stored.shops.values()]
      .filter(({ body, enabled }) => enabled && body.policy === id)
      .filter(({ body }) => !disable.some((row) => row.section === 'shops' && row.id === body.id))
      .filter(({ body }) => !checked?.shops.some((shop) => shop.id === body.id && shop.policy !== id))
      .map(({ body }) => body.id);
    const names = users.join(', ');
    return users.length === 0
      ? []
      : [{ path, why: { zh: `店铺 ${names} 正在使用此策略`, en: `shops go by this policy: ${names}` } }];
  });
}

function disableChanges(stored: StoredSettings, disable: readonly RowName[]): Change[] {
  const picture = storedPicture(stored);
  return disable
    .filter(({ section, id }) => picture[section]?.get(id)?.shown.enabled === true)
    .map(({ section, id }) => ({
      section,
      id,
      action: 'disable' as const,
      fields: [{ field: 'enabled', from: true, to: false, secret: false }],
    }));
}

type Planned = { readonly plan: Plan; readonly file: SettingsFile } | Exclude<EditOutcome, { kind: 'ok' }>;

async function planEdit(sql: Sql, secrets: Secrets, edit: SettingsEdit, checks: Checks, now: Date): Promise<Planned> {
  const version = await configVersion(sql);
  if (version !== edit.version) {
    return { kind: 'version_moved', version, meanwhile: await stepsSince(sql, edit.version) };
  }
  const stored = await readStored(sql, secrets);
  const outline = outlineWithout(storedOutline(stored, false), edit.disable);
  const { file, problems } = checkSettings(keepSecrets(edit.file, keptRows(stored)), { ...checks, stored: outline });
  const typed = file ? typedUrlProblems(file, storedRow(stored), checks.mayBeTyped) : [];
  const wrong = [...problems, ...typed, ...disableProblems(edit.disable, stored, file)];
  if (wrong.length > 0 || !file) return { kind: 'refused', problems: wrong };
  try {
    const plan = await planFile(sql, stored, file, { prune: false, now });
    return { plan: { ...plan, changes: [...plan.changes, ...disableChanges(stored, edit.disable)] }, file };
  } catch (error) {
    if (error instanceof SettingsRefused) return { kind: 'refused', problems: error.problems };
    throw error;
  }
}

/** What an edit would change, or why it cannot be taken; writes nothing. */
export async function previewEdit(
  sql: Sql,
  secrets: Secrets,
  edit: SettingsEdit,
  checks: Checks,
  now: Date,
): Promise<EditOutcome> {
  const planned = await planEdit(sql, secrets, edit, checks, now);
  return 'plan' in planned ? { kind: 'ok', version: edit.version, changes: planned.plan.changes } : planned;
}

/**
 * Applies an edit as `jiejian apply` applies a file: the same checks, the same transaction, the same audit entry, the same
 * version. Of two people who looked at one version the second is told what the first did, and nothing of his is written.
 */
export function applyEdit(
  db: Database,
  secrets: Secrets,
  edit: SettingsEdit,
  checks: Checks,
  by: { readonly actor: string; readonly reason: string | null; readonly now: Date },
): Promise<EditOutcome> {
  return db.transaction(async (tx): Promise<EditOutcome> => {
    await lockConfig(tx, by.now);
    const planned = await planEdit(tx, secrets, edit, checks, by.now);
    if (!('plan' in planned)) return planned;
    const { plan, file } = planned;
    if (plan.changes.length === 0) return { kind: 'ok', version: edit.version, changes: [] };
    const detail = by.reason === null ? {} : { reason: by.reason };
    const version = await writePlan(tx, secrets, plan, file, { ...by, detail });
    return { kind: 'ok', version, changes: plan.changes };
  });
}
