import type { Text } from '../text.js';

/** Where in the file: keys and list positions from the top, `['shops', 0, 'baseUrl']`. */
export type Path = readonly (string | number)[];

/** One thing wrong with a configuration file. The text repeats ids and misspelt words, never a free value. */
export interface Problem {
  readonly path: Path;
  readonly why: Text;
}

/** A problem with its line in the file, 1-based; null where the file has no such place. */
export interface LocatedProblem extends Problem {
  readonly line: number | null;
}

/** The configuration cannot be taken as it is. `problems` holds all that is wrong, not the first of them. */
export class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((p) => `${showPath(p.path)}: ${p.why.en}`).join('\n'));
  }
}

/** `shops[0].baseUrl`. */
export function showPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}
