import { type Document, isMap, isNode, LineCounter, parseDocument } from 'yaml';
import type { Text } from '../text.js';
import { type CheckOptions, checkSettings } from './check-settings.js';
import type { SettingsFile } from './file-schema.js';
import type { LocatedProblem, Path, Problem } from './problem.js';
import { substitute } from './substitute.js';

export type { CredentialSchemas } from './check-settings.js';

export interface ReadOptions extends CheckOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
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
  const { file, problems: rules } = checkSettings(value, options);
  const problems = [
    ...missing.map(({ path, name }) => ({ path, why: notSet(name) })),
    // A text that lacks a variable breaks further rules only because of that.
    ...rules.filter(({ path }) => !missing.some((m) => isWithin(path, m.path))),
  ];
  return problems.length === 0 && file ? { ok: true, file, locate } : refuse(problems.map(locate));
}
