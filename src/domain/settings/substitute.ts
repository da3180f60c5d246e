import type { Path } from './problem.js';

/** `${NAME}`; `$${NAME}` stands for the text `${NAME}` itself. */
const REFERENCE = /\$(\$?)\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

export interface Missing {
  readonly path: Path;
  readonly name: string;
}

export interface Substituted {
  readonly value: unknown;
  readonly missing: readonly Missing[];
}

/**
 * Puts environment variables into every text of a parsed file, never into keys. It works on values, not on the file's
 * text, so a variable can hold any characters and change nothing but its own place.
 */
export function substitute(
  value: unknown,
  env: Readonly<Record<string, string | undefined>>,
  path: Path = [],
): Substituted {
  const missing: Missing[] = [];
  const inside = (child: unknown, key: string | number): unknown => {
    const result = substitute(child, env, [...path, key]);
    missing.push(...result.missing);
    return result.value;
  };
  if (typeof value === 'string') {
    const text = value.replaceAll(REFERENCE, (whole, escaped: string, name: string) => {
      if (escaped !== '') return whole.slice(1);
      const found = env[name];
      if (found === undefined) missing.push({ path, name });
      return found ?? '';
    });
    return { value: text, missing };
  }
  if (Array.isArray(value)) return { value: value.map(inside), missing };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, child]) => [key, inside(child, key)] as const);
    return { value: Object.fromEntries(entries), missing };
  }
  return { value, missing };
}
