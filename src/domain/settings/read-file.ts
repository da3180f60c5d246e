import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { ZodType } from 'zod';
import type { Text } from '../text.js';
import { checkFeatures, type Features } from './features.js';
import { SETTINGS_FILE, type SettingsFile } from './file-schema.js';
import { problemsOf, unknownWord } from './issues.js';
import type { LocatedProblem, Path, Problem } from './problem.js';
import { checkReferences, NOTHING_STORED, type Outline, outlineOf } from './references.js';
import { substitute } from './substitute.js';

/** The schema of each connected platform's and courier's credentials, by slug; `jd` is both, and they differ. */
export interface CredentialSchemas {
  readonly platforms: Readonly<Record<string, ZodType>>;
  readonly carriers: Readonly<Record<string, ZodType>>;
}

export interface ReadOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly credentials: CredentialSchemas;
  readonly features: Features;
  /** What the database holds already and the file may refer to. */
  readonly stored?: Outline;
}

export type ReadResult =
  | { readonly ok: true; readonly file: SettingsFile; locate(problem: Problem): LocatedProblem }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

/** Finds the line of a path: of the key itself where there is one, else of the nearest thing around it. */
function lineOf(doc: Document, lines: LineCounter, path: Path): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const parent = length === 0 ? undefined : doc.getIn(path.slice(0, length - 1), true);
    const pair = isMap(parent)
      ? parent.items.find((item) => String(isNode(item.key) ? item.key.toJSON() : item.key) === path[length - 1])
      : undefined;
    const found: unknown = pair?.key ?? (length === 0 ? doc.contents : doc.getIn(path.slice(0, length), true));
    const start = isNode(found) ? found.range?.[0] : undefined;
    if (start !== undefined) return lines.linePos(start).line;
  }
  return null;
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

type Content = { readonly value: unknown } | { readonly errors: readonly { message: string; at: number | null }[] };

function contentOf(doc: Document): Content {
  if (doc.errors.length > 0) return { errors: doc.errors.map(({ message, pos }) => ({ message, at: pos[0] })) };
  try {
    return { value: doc.toJS() ?? {} };
  } catch (error) {
    // An alias without its anchor, or aliases that multiply without end.
    return { errors: [{ message: error instanceof Error ? error.message : String(error), at: null }] };
  }
}

const isWithin = (path: Path, outer: Path) => outer.every((key, i) => path[i] === key);
const notSet = (name: string): Text => ({
  zh: `环境变量 ${name} 未设置`,
  en: `the environment variable ${name} is not set`,
});

/**
 * Reads a configuration file: YAML (JSON is YAML), `${NAME}` from the environment, then every rule of the file. All
 * problems come at once, in the order of their lines. It reads nothing but its arguments.
 */
export function readSettingsFile(text: string, options: ReadOptions): ReadResult {
  const lines = new LineCounter();
  const doc = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const locate = (problem: Problem): LocatedProblem => ({ ...problem, line: lineOf(doc, lines, problem.path) });
  const refuse = (problems: readonly LocatedProblem[]): ReadResult => ({
    ok: false,
    problems: [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  });
  const content = contentOf(doc);
  if ('errors' in content) {
    return refuse(
      content.errors.map(({ message, at }) => ({
        path: [],
        line: at === null ? null : lines.linePos(at).line,
        why: { zh: `YAML 格式错误：${message}`, en: `is not YAML: ${message}` },
      })),
    );
  }
  const { value, missing } = substitute(content.value, options.env);
  const parsed = SETTINGS_FILE.safeParse(value, { reportInput: true });
  const rules = [
    ...(parsed.success ? [] : problemsOf(parsed.error, SETTINGS_FILE)),
    ...checkCredentials(value, options.credentials),
    ...checkFeatures(value, options.features),
    ...checkReferences(outlineOf(value), options.stored ?? NOTHING_STORED),
  ];
  const problems = [
    ...missing.map(({ path, name }) => ({ path, why: notSet(name) })),
    // A text that lacks a variable breaks further rules only because of that.
    ...rules.filter(({ path }) => !missing.some((m) => isWithin(path, m.path))),
  ];
  return problems.length === 0 && parsed.success
    ? { ok: true, file: parsed.data, locate }
    : refuse(problems.map(locate));
}
