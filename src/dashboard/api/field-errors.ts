import { z } from 'zod';
import type { FieldError } from '../problem.js';

const IN_CHINESE = z.locales.zhCN().localeError;

type Issue = z.core.$ZodIssue;

/** A name that we do not know is listed by itself, so that the caller sees which one. */
function fieldsOf(issue: Issue): string[] {
  const path = issue.path.map(String);
  if (issue.code !== 'unrecognized_keys') return [path.join('.')];
  return issue.keys.map((key) => [...path, key].join('.'));
}

/**
 * Checks what came from outside. A failure lists every field with its path and a text in both languages, never with the
 * value that was sent.
 */
export function check<S extends z.ZodType>(
  schema: S,
  value: unknown,
  where: FieldError['in'],
): { readonly ok: true; readonly value: z.output<S> } | { readonly ok: false; readonly errors: FieldError[] } {
  const english = schema.safeParse(value);
  if (english.success) return { ok: true, value: english.data };
  const chinese = schema.safeParse(value, { error: IN_CHINESE });
  const errors = english.error.issues.flatMap((issue, index) => {
    const zh = chinese.error?.issues[index]?.message ?? issue.message;
    const text = ownText(issue) ?? { zh, en: issue.message };
    return fieldsOf(issue).map((field) => ({ in: where, field, code: issue.code, text }));
  });
  return { ok: false, errors };
}

const UNKNOWN_FIELD = { zh: '没有这个字段', en: 'there is no such field' };

/** The text of a check of ours (see `because`); null: the issue is zod's. */
function ownText(issue: Issue): FieldError['text'] | null {
  if (issue.code === 'unrecognized_keys') return UNKNOWN_FIELD;
  return issue.code === 'custom' ? ((issue.params?.text as FieldError['text'] | undefined) ?? null) : null;
}
