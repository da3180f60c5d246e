import type { Command } from 'commander';
import type { Text } from '../domain/text.js';
import { CommandFailed, EXIT, type ExitCode, type Io } from './io.js';

/** What a command file is given: where to hang its command, the world, and where to leave its exit code. */
export interface Place {
  readonly program: Command;
  readonly io: Io;
  readonly end: (code: ExitCode) => void;
}

/** A command with its words in the caller's language and the options every command has. */
export function newCommand(parent: Command, io: Io, name: string, what: Text): Command {
  return parent.command(name).description(what[io.language]).option(
    '--data <name>',
    {
      zh: '内置服务的数据目录名，位于 .data/ 下（默认 main）',
      en: 'data folder of the embedded services below .data/ (default main)',
    }[io.language],
  );
}

export const JSON_OPTION = { zh: '输出 JSON，供程序读取', en: 'print JSON, for machines' } as const satisfies Text;

/** `a,b` as a list; null for none. */
export function listOf(words: string | undefined): string[] | null {
  const list = (words ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return list.length > 0 ? list : null;
}

/** Wrong usage: exit code 2. */
export function misused(zh: string, en: string): CommandFailed {
  return new CommandFailed({ zh, en }, EXIT.usage);
}
