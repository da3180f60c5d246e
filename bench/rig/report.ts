import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname } from 'node:path';

export type Cell = string | number;

/** What one bench found: a table for people, and everything it was made from. */
export interface Findings {
  readonly bench: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  readonly notes: readonly string[];
  /** Each round by itself. */
  readonly raw: unknown;
}

/** The machine and the moment: a figure without them says nothing. Load above the number of cores: it was shared. */
export function machine() {
  const [first] = cpus();
  return {
    at: new Date().toISOString(),
    node: process.version,
    cpu: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    loadAverage: loadavg().map((load) => Math.round(load * 10) / 10),
  };
}

const shown = (cell: Cell) => (typeof cell === 'number' ? String(Math.round(cell * 1_000) / 1_000) : cell);

export function printTable({ bench, columns, rows, notes }: Findings): void {
  const cells = [columns, ...rows.map((row) => row.map(shown))];
  const widths = columns.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  const out = [`\n## ${bench}`, line(head), `| ${widths.map((w) => '-'.repeat(w)).join(' | ')} |`, ...body.map(line)];
  process.stdout.write(`${[...out, ...notes.map((note) => `- ${note}`)].join('\n')}\n`);
}

export async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(value, null, 1)}\n`);
}
