import { z } from 'zod';
import { appendAudit } from '../../domain/store/audit-store.js';
import type { Page } from '../../domain/store/where.js';
import type { Language } from '../../domain/text.js';
import { BYTE_ORDER_MARK } from '../presenters/csv.js';
import type { Answer, RawInput } from './route.js';

/** Rows read at a time. The next page is read when the one before was taken: a slow reader costs no memory. */
const PAGE = 500;

export const LANGUAGE = z
  .enum(['zh', 'en'])
  .optional()
  .meta({ description: 'language of heads and texts; else by Accept-Language' });

export const CSV_ANSWER = {
  200: {
    description:
      'UTF-8 with a byte order mark; no cell is a formula, numbers of parcels end with a tab so that they stay whole',
    schema: z.string(),
    mediaType: 'text/csv',
  },
};

/** The first language of the header that we speak; Chinese, if there is none. */
export function languageAsked(header: string | undefined): Language {
  const asked = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return asked.find((lang): lang is Language => lang === 'zh' || lang === 'en') ?? 'zh';
}

interface CsvExport<R extends { readonly id: string }> {
  /** Of the list, as it stands in the file's name and in the audit: `<name>_exported`. */
  readonly name: string;
  /** Which part of the list. */
  readonly asked: Readonly<Record<string, unknown>>;
  readonly read: (page: Page) => Promise<readonly R[]>;
  readonly head: string;
  readonly line: (row: R) => string;
}

async function* lines<R extends { readonly id: string }>(of: CsvExport<R>, first: readonly R[]) {
  yield BYTE_ORDER_MARK + of.head;
  for (let page = first; page.length > 0; ) {
    yield page.map(of.line).join('');
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    page = await of.read({ limit: PAGE, beforeId: last.id });
  }
}

/** A whole list as a file for spreadsheets, newest first; what was opened after the export began is not in it. */
export async function csvExport<R extends { readonly id: string }>(
  { deps, caller }: Pick<RawInput, 'deps' | 'caller'>,
  of: CsvExport<R>,
): Promise<Answer> {
  // Read before the first byte: a database that is away is a 503, not half a file.
  const first = await of.read({ limit: PAGE, beforeId: null });
  const at = deps.now();
  // Who took the list with him, and which part of it (S26).
  const entry = {
    at,
    actor: caller.actor,
    action: `${of.name}_exported`,
    subject: `${of.name}.csv`,
    detail: of.asked,
  };
  await deps.db.transaction((tx) => appendAudit(tx, entry));
  const day = at.toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
  return {
    status: 200,
    stream: lines(of, first),
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${of.name}-${day}Z.csv"`,
      Vary: 'Accept-Language',
    },
  };
}
