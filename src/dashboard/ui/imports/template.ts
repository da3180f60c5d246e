import { IMPORT_COLUMNS } from '../../../domain/import/columns.js';

/** A file with the header alone, marked as UTF-8 for spreadsheets; an address that the browser saves. */
export function templateAddress(): string {
  return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${IMPORT_COLUMNS.join(',')}\r\n`)}`;
}
