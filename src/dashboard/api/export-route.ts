import { z } from 'zod';
import { appendAudit } from '../../domain/store/audit-store.js';
import { type InterceptFilter, type InterceptView, listIntercepts } from '../../domain/store/intercept-reader.js';
import type { Language } from '../../domain/text.js';
import { BYTE_ORDER_MARK } from '../presenters/csv.js';
import { csvHead, csvRow } from '../presenters/intercept-csv.js';
import { type ApiDeps, route } from './route.js';
import { INTERCEPT_MATCH } from './schemas/intercept-filter.js';
import { searchShops } from './search-shops.js';

/** Rows read at a time. The next page is read when the one before was taken: a slow reader costs no memory. */
const PAGE = 500;

const QUERY = z.strictObject({
  ...INTERCEPT_MATCH,
  lang: z.enum(['zh', 'en']).optional().meta({ description: 'language of heads and texts; else by Accept-Language' }),
});

/** The first language of the header that we speak; Chinese, if there is none. */
function languageAsked(header: string | undefined): Language {
  const asked = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return asked.find((lang): lang is Language => lang === 'zh' || lang === 'en') ?? 'zh';
}

async function* pages(deps: ApiDeps, filter: InterceptFilter, first: readonly InterceptView[]) {
  for (let page = first; page.length > 0; ) {
    yield page;
    const last = page.at(-1);
    if (page.length < PAGE || !last) return;
    page = await listIntercepts(deps.db, filter, { limit: PAGE, beforeId: last.id });
  }
}

async function* lines(
  head: string,
  rows: AsyncIterable<readonly InterceptView[]>,
  line: (row: InterceptView) => string,
) {
  yield BYTE_ORDER_MARK + head;
  for await (const page of rows) yield page.map(line).join('');
}

/** The whole list as a file for spreadsheets; what was opened after the export began is not in it. */
export const exportRoute = route({
  method: 'get',
  path: '/intercepts.csv',
  scope: 'intercepts:read',
  summary: 'All intercepts of a filter as CSV, newest first; amounts only with the scope `money:read`',
  query: QUERY,
  answers: {
    200: {
      description:
        'UTF-8 with a byte order mark; no cell is a formula, numbers of parcels end with a tab so that they stay whole',
      schema: z.string(),
      mediaType: 'text/csv',
    },
  },
  perSecond: 20,
  problems: ['too_many_requests'],
  async handle({ deps, caller, query: { lang, ...asked }, header }) {
    const viewer = {
      shops: caller.shops,
      mayReadMoney: caller.scopes.has('money:read'),
      lang: lang ?? languageAsked(header('accept-language')),
    };
    const filter = { ...asked, shops: caller.shops, searchShops: searchShops(deps.settings(), caller) };
    // Read before the first byte: a database that is away is a 503, not half a file.
    const first = await listIntercepts(deps.db, filter, { limit: PAGE, beforeId: null });
    // Who took the list with him, and which part of it (S26).
    const entry = {
      at: deps.now(),
      actor: caller.actor,
      action: 'intercepts_exported',
      subject: 'intercepts.csv',
      detail: asked,
    };
    await deps.db.transaction((tx) => appendAudit(tx, entry));
    const day = deps.now().toISOString().replaceAll(/[-:]/g, '').slice(0, 15);
    return {
      status: 200,
      stream: lines(csvHead(viewer), pages(deps, filter, first), (row) => csvRow(row, viewer)),
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="intercepts-${day}Z.csv"`,
        Vary: 'Accept-Language',
      },
    };
  },
});
