import type { Language, Text } from '../../domain/text.js';
import { csvLine } from './csv.js';

/** One column of a file for spreadsheets. */
export interface CsvColumn<R> {
  readonly head: Text;
  /** Shown only to who may see money. */
  readonly money?: true;
  readonly cell: (row: R, lang: Language) => string;
}

/** Head and lines of a file, without money for who may not see it. */
export function csvOf<R>(columns: readonly CsvColumn<R>[], mayReadMoney: boolean, lang: Language) {
  const shown = columns.filter((column) => mayReadMoney || !column.money);
  return {
    head: csvLine(shown.map(({ head }) => head[lang])),
    line: (row: R) => csvLine(shown.map(({ cell }) => cell(row, lang))),
  };
}
