import { z } from 'zod';
import { BILL_MAPPING, billFormatOf } from '../../domain/money/bill.js';
import {
  addBillChunk,
  createBill,
  endBillUpload,
  listBillSources,
  listBills,
  readBill,
  saveMapping,
} from '../../domain/store/bill-store.js';
import type { Caller } from '../auth/caller.js';
import { presentBill, presentBillSource } from '../presenters/bill.js';
import { onlyAllShops } from './all-shops.js';
import { badLinesFile } from './bill-errors.js';
import { PAGING, pageAnswer, pageOf, pageSchema } from './paging.js';
import { type Answer, type ApiDeps, ok, problem, route } from './route.js';
import { BILL, BILL_ORDER, BILL_SOURCE, MONTH_OF } from './schemas/bill.js';
import { IMPORT_CHUNK, IMPORT_UPLOADED } from './schemas/import.js';

const ONE = { description: 'the bill as it is now', schema: BILL };

/** A bill is of a courier, not of a shop: whoever is limited to shops has no part in it. */
function ofBill(deps: ApiDeps, caller: Caller, id: string | undefined, work: (id: string) => Promise<Answer>) {
  return onlyAllShops(caller, async () => {
    const bill = await readBill(deps.db, id ?? '');
    return bill ? work(bill.id) : problem('not_found');
  });
}

async function shown(deps: ApiDeps, id: string, status = 200): Promise<Answer> {
  const bill = await readBill(deps.db, id);
  return bill ? { status, body: presentBill(bill) } : problem('not_found');
}

const upload = [
  route({
    method: 'post',
    path: '/bills',
    scope: 'money:write',
    summary: 'Begin the import of a bill (CSV or XLSX): its file follows in chunks',
    body: BILL_ORDER,
    answers: { 202: ONE },
    problems: ['all_shops_needed', 'not_found'],
    handle: ({ deps, caller, body }) =>
      onlyAllShops(caller, async () => {
        const format = billFormatOf(body.fileName);
        if (format === null) return problem('not_found');
        return shown(deps, await createBill(deps.db, { ...body, format, actor: caller.actor }, deps.now()), 202);
      }),
  }),
  route({
    method: 'post',
    path: '/bills/:id/chunks',
    scope: 'money:write',
    summary: 'One chunk of the file; the same one again replaces it',
    body: IMPORT_CHUNK,
    answers: { 200: { description: 'kept', schema: z.object({ seq: z.int(), bytes: z.int() }) } },
    problems: ['all_shops_needed', 'not_found', 'bill_not_uploading'],
    handle: ({ deps, caller, params, body }) =>
      ofBill(deps, caller, params.id, async (id) => {
        const bytes = Buffer.from(body.base64, 'base64');
        const kept = await addBillChunk(deps.db, id, body.seq, bytes);
        return kept ? ok({ seq: body.seq, bytes: bytes.length }) : problem('bill_not_uploading');
      }),
  }),
  route({
    method: 'post',
    path: '/bills/:id/uploaded',
    scope: 'money:write',
    summary: 'The file is whole: it is read and matched; lines that are there already change nothing',
    body: IMPORT_UPLOADED,
    answers: { 202: ONE },
    problems: ['all_shops_needed', 'not_found', 'bill_not_uploading', 'import_chunks_missing'],
    handle: ({ deps, caller, params, body }) =>
      ofBill(deps, caller, params.id, async (id) => {
        const ended = await endBillUpload(deps.db, id, body.chunks);
        if (ended === 'not_uploading') return problem('bill_not_uploading');
        if (ended === 'missing') return problem('import_chunks_missing');
        return shown(deps, id, 202);
      }),
  }),
];

const reading = [
  route({
    method: 'get',
    path: '/bills',
    scope: 'money:read',
    summary: 'Bills that were imported, newest first',
    query: z.strictObject({ source: MONTH_OF.source.optional(), period: MONTH_OF.period.optional(), ...PAGING }),
    answers: { 200: { description: 'one page', schema: pageSchema(BILL) } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller, query }) =>
      onlyAllShops(caller, async () =>
        ok(pageAnswer(await listBills(deps.db, query, pageOf(query)), query, presentBill)),
      ),
  }),
  route({
    method: 'get',
    path: '/bills/:id',
    scope: 'money:read',
    summary: 'How far the reading of a bill is',
    answers: { 200: ONE },
    problems: ['all_shops_needed', 'not_found'],
    handle: ({ deps, caller, params }) => ofBill(deps, caller, params.id, (id) => shown(deps, id)),
  }),
  route({
    method: 'get',
    path: '/bills/:id/errors.csv',
    scope: 'money:read',
    summary: 'The rows that could not be read, with line and problem',
    query: z.strictObject({ lang: z.enum(['zh', 'en']).default('zh') }),
    answers: { 200: { description: 'CSV, UTF-8', schema: z.string(), mediaType: 'text/csv' } },
    problems: ['all_shops_needed', 'not_found'],
    handle: ({ deps, caller, params, query }) =>
      ofBill(deps, caller, params.id, async (id) => badLinesFile(deps.db, id, query.lang)),
  }),
];

const sources = [
  route({
    method: 'get',
    path: '/bill-sources',
    scope: 'money:read',
    summary: 'How the columns of each source’s bills are read',
    answers: { 200: { description: 'all of them', schema: pageSchema(BILL_SOURCE) } },
    problems: ['all_shops_needed'],
    handle: ({ deps, caller }) =>
      onlyAllShops(caller, async () =>
        ok({ items: (await listBillSources(deps.db)).map(presentBillSource), nextCursor: null }),
      ),
  }),
  route({
    method: 'put',
    path: '/bill-sources/:source',
    scope: 'money:write',
    summary: 'Say how the columns of a source’s bills are read; saved for all its bills',
    body: BILL_MAPPING,
    answers: { 200: { description: 'saved', schema: BILL_SOURCE } },
    problems: ['all_shops_needed', 'not_found'],
    handle: ({ deps, caller, params, body }) =>
      onlyAllShops(caller, async () => {
        const source = MONTH_OF.source.safeParse(params.source);
        if (!source.success) return problem('not_found');
        await saveMapping(deps.db, { source: source.data, mapping: body, actor: caller.actor }, deps.now());
        const saved = (await listBillSources(deps.db)).find((one) => one.source === source.data);
        return saved ? ok(presentBillSource(saved)) : problem('not_found');
      }),
  }),
];

export const billRoutes = [...upload, ...reading, ...sources];
