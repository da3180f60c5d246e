import { appendFile, type FileHandle, open, readFile, truncate } from 'node:fs/promises';
import type { LedgerEntry, NewEntry } from './ledger-entry.js';

interface Waiting {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/**
 * Append-only JSONL file. `append` resolves when the line is on disk; lines that wait at the same time share one write
 * and one fsync, because one fsync a line would cap a twin at the disk's fsync rate.
 */
export class Ledger {
  readonly #file: FileHandle;
  readonly #entries: LedgerEntry[];
  #waiting: Waiting[] = [];
  #flushing: Promise<void> | undefined;

  private constructor(file: FileHandle, entries: LedgerEntry[]) {
    this.#file = file;
    this.#entries = entries;
  }

  /** Opens or creates the file and reads what it holds. A torn last line (a kill in the middle of a write) is cut off. */
  static async open(path: string): Promise<Ledger> {
    const entries = await readWholeLines(path);
    return new Ledger(await open(path, 'a'), entries);
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  get lastSeq(): number {
    return this.#entries.at(-1)?.seq ?? 0;
  }

  /** The order of lines is the order of these calls. Rejects if the disk refuses; then nobody may be answered. */
  append(entry: NewEntry): Promise<void> {
    const line: LedgerEntry = { ...entry, seq: this.lastSeq + 1 };
    this.#entries.push(line);
    return new Promise((done, failed) => {
      this.#waiting.push({ line: serialise(line), done, failed });
      this.#flushing ??= this.#flush();
    });
  }

  /** Resolves when everything appended so far is on disk. */
  async settled(): Promise<void> {
    while (this.#flushing !== undefined) await this.#flushing;
  }

  async close(): Promise<void> {
    await this.settled();
    await this.#file.close();
  }

  async #flush(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#file.appendFile(batch.map(({ line }) => line).join(''));
        await this.#file.sync();
        for (const { done } of batch) done();
      } catch (cause) {
        for (const { failed } of batch) failed(cause);
      }
    }
    this.#flushing = undefined;
  }
}

async function readWholeLines(path: string): Promise<LedgerEntry[]> {
  await appendFile(path, '');
  const bytes = await readFile(path);
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await truncate(path, whole);
  const lines = bytes.subarray(0, whole).toString('utf8').split('\n').slice(0, -1);
  return lines.map((line): LedgerEntry => JSON.parse(line));
}

/** seq, at and kind first: people read this file. */
function serialise({ seq, at, kind, ...rest }: LedgerEntry): string {
  return `${JSON.stringify({ seq, at, kind, ...rest })}\n`;
}
