import { z } from 'zod';
import { listIntercepts } from '../../domain/store/intercept-reader.js';
import { csvHead, csvRow } from '../presenters/intercept-csv.js';
import { CSV_ANSWER, csvExport, LANGUAGE, languageAsked } from './csv-export.js';
import { route } from './route.js';
import { INTERCEPT_MATCH } from './schemas/intercept-filter.js';
import { searchShops } from './search-shops.js';

const QUERY = z.strictObject({ ...INTERCEPT_MATCH, lang: LANGUAGE });

/** The whole list as a file for spreadsheets. */
export const exportRoute = route({
  method: 'get',
  path: '/intercepts.csv',
  scope: 'intercepts:read',
  summary: 'All intercepts of a filter as CSV, newest first; amounts only with the scope `money:read`',
  query: QUERY,
  answers: CSV_ANSWER,
  perSecond: 20,
  problems: ['too_many_requests'],
  handle(input) {
    const { deps, caller, header } = input;
    const { lang, ...asked } = input.query;
    const viewer = {
      shops: caller.shops,
      mayReadMoney: caller.scopes.has('money:read'),
      lang: lang ?? languageAsked(header('accept-language')),
    };
    const filter = { ...asked, shops: caller.shops, searchShops: searchShops(deps.settings(), caller) };
    return csvExport(input, {
      name: 'intercepts',
      asked,
      read: (page) => listIntercepts(deps.db, filter, page),
      head: csvHead(viewer),
      line: (row) => csvRow(row, viewer),
    });
  },
});
