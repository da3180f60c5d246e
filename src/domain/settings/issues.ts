import { z } from 'zod';
import type { Text } from '../text.js';
import { nearest } from './nearest.js';
import type { Path, Problem } from './problem.js';

type Issue = z.core.$ZodIssue;
const LOCALES = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError } as const;

/** zod's own sentence, in both languages, where we have no better one. */
function zodText(issue: Issue): Text {
  const say = (language: keyof typeof LOCALES): string => {
    // An issue that has left zod still holds all that its sentence is made of.
    const said = LOCALES[language](issue as z.core.$ZodRawIssue);
    return (typeof said === 'string' ? said : said?.message) ?? issue.message;
  };
  return { zh: say('zh'), en: say('en') };
}

/** The schema that stands at a path, through lists, maps, defaults and transforms; null where there is none. */
function schemaAt(schema: z.core.$ZodType, path: Path): z.core.$ZodType | null {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'pipe':
      return schemaAt(def.in._zod.def.type === 'transform' ? def.out : def.in, path);
    case 'optional':
    case 'nullable':
    case 'default':
      return schemaAt(def.innerType, path);
    case 'union': {
      const inside = def.options.find((option) => ['object', 'array'].includes(option._zod.def.type));
      return inside ? schemaAt(inside, path) : null;
    }
  }
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  if (def.type === 'array') return schemaAt(def.element, rest);
  if (def.type === 'record') return schemaAt(def.valueType, rest);
  const child = def.type === 'object' ? def.shape[key] : undefined;
  return child ? schemaAt(child, rest) : null;
}

function knownKeys(schema: z.core.$ZodType, path: Path): string[] {
  const found = schemaAt(schema, path);
  const def = found && (found as z.core.$ZodTypes)._zod.def;
  return def?.type === 'object' ? Object.keys(def.shape) : [];
}

/** Says that a word is not known, and which one was probably meant. */
export function unknownWord(word: string, known: readonly string[], what: Text): Text {
  const near = nearest(word, known);
  const list = known.join(', ');
  return {
    zh: `没有名为“${word}”的${what.zh}，${near ? `是否想写 ${near}？` : `可用：${list}`}`,
    en: `there is no ${what.en} "${word}"; ${near ? `did you mean ${near}?` : `known: ${list}`}`,
  };
}

function textsOf(issue: Issue): Text {
  const own = issue.code === 'custom' ? (issue.params?.why as Text | undefined) : undefined;
  if (own) return own;
  if (issue.code === 'invalid_union') {
    const forms = issue.errors.map((errors) => errors[0]).filter((e) => e !== undefined);
    const all = forms.map((form) => zodText(form));
    return { zh: all.map((t) => t.zh).join('；或 '), en: all.map((t) => t.en).join('; or ') };
  }
  if ('input' in issue && issue.input !== undefined) {
    if (issue.code === 'invalid_type' && issue.expected === 'string' && typeof issue.input === 'number') {
      return { zh: '必须是文本，请加引号', en: 'must be text: put it in quotes' };
    }
    if (issue.code === 'invalid_value' && typeof issue.input === 'string') {
      return unknownWord(issue.input, issue.values.map(String), { zh: '选项', en: 'choice' });
    }
    return zodText(issue);
  }
  return issue.code === 'invalid_type' || issue.code === 'invalid_value'
    ? { zh: '缺少此项', en: 'is missing' }
    : zodText(issue);
}

/** zod's issues as problems; an unknown key names the nearest known one. `at` is put in front of each path. */
export function problemsOf(error: z.core.$ZodError, schema: z.core.$ZodType, at: Path = []): Problem[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
    if (issue.code !== 'unrecognized_keys') return [{ path: [...at, ...path], why: textsOf(issue) }];
    const known = knownKeys(schema, path);
    return issue.keys.map((key) => ({
      path: [...at, ...path, key],
      why: unknownWord(key, known, { zh: '配置项', en: 'key' }),
    }));
  });
}
