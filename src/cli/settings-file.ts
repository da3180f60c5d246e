import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { type LocatedProblem, showPath } from '../domain/settings/problem.js';
import { CommandFailed, EXIT, type Io, printJson } from './io.js';

/** The text of the file, or of standard input for `-`. */
export async function readGiven(io: Io, file: string): Promise<string> {
  if (file === '-') return readAll(io.stdin);
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CommandFailed({
      zh: `无法读取 ${file}（${why}）。请检查路径。`,
      en: `${file} cannot be read (${why}). Check the path.`,
    });
  }
}

/** Everything that is wrong with the file, by line; exit 78. */
export function refused(io: Io, file: string, problems: readonly LocatedProblem[], json: boolean): CommandFailed {
  if (json) printJson(io, { problems: problems.map(({ path, line, why }) => ({ line, path: showPath(path), why })) });
  const list = (language: 'zh' | 'en') =>
    problems
      .map(({ line, path, why }) => `  ${file}${line === null ? '' : `:${line}`} ${showPath(path)}: ${why[language]}`)
      .join('\n');
  return new CommandFailed(
    {
      zh: `配置文件有 ${problems.length} 处问题，未做任何修改：\n${list('zh')}`,
      en: `The file has ${problems.length} problem(s); nothing was changed:\n${list('en')}`,
    },
    EXIT.config,
  );
}
