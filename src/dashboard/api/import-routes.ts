import { z } from 'zod';
import { ALL_IMPORT_CLASSES, ALL_IMPORT_OUTCOMES } from '../../domain/import/classify.js';
import { formatOf } from '../../domain/import/format.js';
import {
  type ImportView,
  listImportRows,
  listImports,
  readImport,
  readImportProgress,
} from '../../domain/store/import-reader.js';
import { abortImport, addChunk, createImport, endUpload, startImport } from '../../domain/store/import-store.js';
import { type Caller, seesShop } from '../auth/caller.js';
import { presentImport, presentImportDetail, presentImportRow } from '../presenters/import.js';
import { importErrors } from './import-errors.js';
import { NUMBER_PAGING, numberPageOf, PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { type Answer, type ApiDeps, ok, problem, route } from './route.js';
import { IMPORT, IMPORT_CHUNK, IMPORT_DETAIL, IMPORT_ORDER, IMPORT_ROW, IMPORT_UPLOADED } from './schemas/import.js';

async function detailOf(deps: ApiDeps, caller: Caller, id: string, status = 200): Promise<Answer> {
  const batch = await readImport(deps.db, id, caller.shops);
  if (!batch) return problem('not_found');
  return { status, body: presentImportDetail(batch, await readImportProgress(deps.db, id)) };
}

const find = (deps: ApiDeps, caller: Caller, id: string | undefined): Promise<ImportView | null> =>
  readImport(deps.db, id ?? '', caller.shops);

const DETAIL = { description: 'the import as it is now', schema: IMPORT_DETAIL };

const upload = [
  route({
    method: 'post',
    path: '/imports',
    scope: 'intercepts:write',
    summary: 'Begin an import: its file follows in chunks',
    body: IMPORT_ORDER,
    answers: { 202: DETAIL },
    problems: ['not_found'],
    async handle({ deps, caller, body }) {
      const shop = deps.settings().shops.get(body.shopId);
      const format = formatOf(body.fileName);
      if (!shop?.enabled || !seesShop(caller, shop.id) || format === null) return problem('not_found');
      const id = await createImport(deps.db, { ...body, format, actor: caller.actor }, deps.now());
      return detailOf(deps, caller, id, 202);
    },
  }),
  route({
    method: 'post',
    path: '/imports/:id/chunks',
    scope: 'intercepts:write',
    summary: 'One chunk of the file; the same one again replaces it',
    body: IMPORT_CHUNK,
    answers: { 200: { description: 'kept', schema: z.object({ seq: z.int(), bytes: z.int() }) } },
    problems: ['not_found', 'import_not_uploading'],
    async handle({ deps, caller, params, body }) {
      const batch = await find(deps, caller, params.id);
      if (!batch) return problem('not_found');
      const bytes = Buffer.from(body.base64, 'base64');
      const kept = await addChunk(deps.db, batch.id, body.seq, bytes);
      return kept ? ok({ seq: body.seq, bytes: bytes.length }) : problem('import_not_uploading');
    },
  }),
  route({
    method: 'post',
    path: '/imports/:id/uploaded',
    scope: 'intercepts:write',
    summary: 'The file is whole: every row is judged, nothing is sent',
    body: IMPORT_UPLOADED,
    answers: { 202: DETAIL },
    problems: ['not_found', 'import_not_uploading', 'import_chunks_missing'],
    async handle({ deps, caller, params, body }) {
      const batch = await find(deps, caller, params.id);
      if (!batch) return problem('not_found');
      const ended = await endUpload(deps.db, batch.id, body.chunks);
      if (ended === 'not_uploading') return problem('import_not_uploading');
      if (ended === 'missing') return problem('import_chunks_missing');
      deps.wake();
      return detailOf(deps, caller, batch.id, 202);
    },
  }),
];

const reading = [
  route({
    method: 'get',
    path: '/imports',
    scope: 'intercepts:read',
    summary: 'All imports, newest first',
    query: z.strictObject(PAGING),
    answers: { 200: { description: 'one page', schema: pageSchema(IMPORT) } },
    async handle({ deps, caller, query }) {
      return ok(pageAnswer(await listImports(deps.db, caller.shops, pageOf(query)), query, presentImport));
    },
  }),
  route({
    method: 'get',
    path: '/imports/:id',
    scope: 'intercepts:read',
    summary: 'How far an import is, and its rows by class and outcome',
    answers: { 200: DETAIL },
    problems: ['not_found'],
    handle: ({ deps, caller, params }) => detailOf(deps, caller, params.id ?? ''),
  }),
  route({
    method: 'get',
    path: '/imports/:id/rows',
    scope: 'intercepts:read',
    summary: 'The rows in the order of the file, each with its decision and what became of it',
    query: z.strictObject({
      class: z.enum(ALL_IMPORT_CLASSES).optional(),
      outcome: z.enum(ALL_IMPORT_OUTCOMES).optional(),
      ...NUMBER_PAGING,
    }),
    answers: { 200: { description: 'one page', schema: pageSchema(IMPORT_ROW) } },
    problems: ['not_found'],
    async handle({ deps, caller, params, query }) {
      const batch = await find(deps, caller, params.id);
      if (!batch) return problem('not_found');
      // The cursor of this list names the last row seen, and rows come in the order of the file; 0 is the first.
      const { limit, beforeId } = numberPageOf(query);
      const rows = await listImportRows(deps.db, batch.id, query, {
        limit,
        afterSeq: beforeId === null ? null : beforeId - 1,
      });
      const numbered = rows.map((row) => ({ ...row, id: row.seq + 1 }));
      return ok(pageAnswer(numbered, query, presentImportRow));
    },
  }),
  route({
    method: 'get',
    path: '/imports/:id/errors.csv',
    scope: 'intercepts:read',
    summary: 'The rows that were not taken, with line and problem: mend them there and import that file',
    query: z.strictObject({ lang: z.enum(['zh', 'en']).default('zh') }),
    answers: { 200: { description: 'CSV, UTF-8', schema: z.string(), mediaType: 'text/csv' } },
    problems: ['not_found'],
    async handle({ deps, caller, params, query }) {
      const batch = await find(deps, caller, params.id);
      return batch ? importErrors(deps.db, batch, query.lang) : problem('not_found');
    },
  }),
];

const running = [
  route({
    method: 'post',
    path: '/imports/:id/run',
    scope: 'intercepts:write',
    summary: 'Ask for every good row, as the preview showed; rows that are there already change nothing',
    answers: { 202: DETAIL },
    problems: ['not_found', 'import_not_previewed'],
    async handle({ deps, caller, params }) {
      const batch = await find(deps, caller, params.id);
      if (!batch) return problem('not_found');
      if (!(await startImport(deps.db, batch.id, caller.actor, deps.now()))) {
        const now = await find(deps, caller, params.id);
        return problem('import_not_previewed', { state: now?.state ?? null, by: now?.startedBy ?? null });
      }
      deps.wake();
      return detailOf(deps, caller, batch.id, 202);
    },
  }),
  route({
    method: 'post',
    path: '/imports/:id/abort',
    scope: 'intercepts:write',
    summary: 'Stop an import; what is done stays done, aborted twice is aborted once',
    answers: { 200: DETAIL },
    problems: ['not_found'],
    async handle({ deps, caller, params }) {
      const batch = await find(deps, caller, params.id);
      if (!batch) return problem('not_found');
      await abortImport(deps.db, batch.id, caller.actor, deps.now());
      return detailOf(deps, caller, batch.id);
    },
  }),
];

export const importRoutes = [...upload, ...reading, ...running];
