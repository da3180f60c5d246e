import type { ZodType } from 'zod';
import { checkFeatures, type Features } from './features.js';
import { SETTINGS_FILE, type SettingsFile } from './file-schema.js';
import { problemsOf, unknownWord } from './issues.js';
import type { Problem } from './problem.js';
import { checkReferences, NOTHING_STORED, type Outline, outlineOf } from './references.js';

/** The schema of each connected platform's and courier's credentials, by slug; `jd` is both, and they differ. */
export interface CredentialSchemas {
  readonly platforms: Readonly<Record<string, ZodType>>;
  readonly carriers: Readonly<Record<string, ZodType>>;
}

export interface CheckOptions {
  readonly credentials: CredentialSchemas;
  readonly features: Features;
  /** What the database holds already and the configuration may refer to. */
  readonly stored?: Outline;
}

export interface Checked {
  /** Absent: the shape itself is wrong. */
  readonly file?: SettingsFile;
  readonly problems: readonly Problem[];
}

const PLUGGED = [
  { key: 'shops', slug: 'platform', from: 'platforms', what: { zh: '平台', en: 'platform' } },
  { key: 'carrierAccounts', slug: 'carrier', from: 'carriers', what: { zh: '快递', en: 'courier' } },
] as const;

/** Each row's credentials against its plug-in's own schema; a slug that nothing is plugged in for is a problem itself. */
function checkCredentials(file: unknown, schemas: CredentialSchemas): Problem[] {
  const sections: Readonly<Record<string, unknown>> = typeof file === 'object' && file !== null ? { ...file } : {};
  return PLUGGED.flatMap(({ key, slug, from, what }) => {
    const rows: unknown = sections[key];
    if (!Array.isArray(rows)) return [];
    return rows.flatMap((row: unknown, i): Problem[] => {
      const { [slug]: name, credentials }: Readonly<Record<string, unknown>> =
        typeof row === 'object' ? { ...row } : {};
      if (typeof name !== 'string') return [];
      const schema = Object.hasOwn(schemas[from], name) ? schemas[from][name] : undefined;
      if (!schema) return [{ path: [key, i, slug], why: unknownWord(name, Object.keys(schemas[from]), what) }];
      if (typeof credentials !== 'object' || credentials === null) return [];
      const checked = schema.safeParse(credentials, { reportInput: true });
      return checked.success ? [] : problemsOf(checked.error, schema, [key, i, 'credentials']);
    });
  });
}

/**
 * Every rule of a configuration, whether it came as a file or from a form: shape, credentials, what the plug-ins can do,
 * and what rows say of each other. All problems come at once. It reads nothing but its arguments.
 */
export function checkSettings(value: unknown, { credentials, features, stored }: CheckOptions): Checked {
  const parsed = SETTINGS_FILE.safeParse(value, { reportInput: true });
  const problems = [
    ...(parsed.success ? [] : problemsOf(parsed.error, SETTINGS_FILE)),
    ...checkCredentials(value, credentials),
    ...checkFeatures(value, features),
    ...checkReferences(outlineOf(value), stored ?? NOTHING_STORED),
  ];
  return parsed.success ? { file: parsed.data, problems } : { problems };
}
