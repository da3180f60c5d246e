import type { Readable } from 'node:stream';
import type { Language, Text } from '../domain/text.js';

/** Exit codes (contract section 2). */
export const EXIT = { ok: 0, failed: 1, usage: 2, config: 78 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The world as a command sees it; a test gives it another. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly language: Language;
  /** Who runs the command, as the audit chain names it. */
  readonly actor: string;
  readonly now: () => Date;
  /** Of the program, for `--version`. */
  readonly version: string;
}

/** A command that ends here: what happened, why, and what to do, with its exit code. */
export class CommandFailed extends Error {
  override readonly name = 'CommandFailed';
  constructor(
    readonly text: Text,
    readonly code: Exclude<ExitCode, 0> = EXIT.failed,
  ) {
    super(text.en);
  }
}

/** `zh` for a Chinese locale, else `en`; the first of LC_ALL, LC_MESSAGES and LANG that is set decides, as everywhere. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const locale = [env.LC_ALL, env.LC_MESSAGES, env.LANG].find((value) => value !== undefined && value !== '');
  return /^zh/i.test(locale ?? '') ? 'zh' : 'en';
}

/** What moves a cursor, recolours, rings, or turns the direction of a line: shops and couriers name things, not terminals. */
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A text from outside as a terminal may show it (S21): line breaks and tabs of ours stay. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (char) => (char === '\n' || char === '\t' ? char : '\ufffd'));
}

/** Prints an answer as one line of JSON, for machines. */
export function printJson(io: Io, value: unknown): void {
  io.stdout.write(`${JSON.stringify(value)}\n`);
}

export function printLine(io: Io, text: Text | string): void {
  io.stdout.write(`${printable(typeof text === 'string' ? text : text[io.language])}\n`);
}

/** For people only: progress and warnings, kept apart from the answer. */
export function noteLine(io: Io, text: Text | string): void {
  io.stderr.write(`${printable(typeof text === 'string' ? text : text[io.language])}\n`);
}

/** Columns a text takes on a terminal: Chinese characters and full-width marks take two. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(char) ? 2 : 1;
  return width;
}

/** A table with a head, for terminals. */
export function printTable(io: Io, head: readonly (Text | string)[], rows: readonly (readonly string[])[]): void {
  const titles = head.map((title) => (typeof title === 'string' ? title : title[io.language]));
  const lines = [titles, ...rows].map((line) => line.map((cell) => printable(cell).replace(/[\n\t]/g, ' ')));
  const widths = titles.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ''))));
  for (const line of lines) {
    const cells = line.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell))));
    io.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}
