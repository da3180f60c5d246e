import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IMPORT, IMPORT_DETAIL, IMPORT_ROW } from '../../../src/dashboard/api/schemas/import.js';
import { IMPORT_COLUMNS } from '../../../src/domain/import/columns.js';
import { runImports } from '../../../src/producers/import/run-imports.js';
import { REAL_BOOK } from '../../support/picture.js';
import { until } from '../../support/until.js';
import { TWO_SHOPS, type WebRig, webRig } from '../../support/web-rig.js';

const HEAD = 'afterSaleId,orderId,type,refundAmountFen,paidAmountFen,carrier,waybillNo,declaredValueFen,pickedUpAt';
let n = 0;
interface Cells {
  readonly carrier?: string;
  readonly waybillNo?: string;
  readonly fen?: string;
  readonly value?: string;
}

/** A line of a file that was not imported before: a full refund of a parcel that is on the road. */
function line(over: Cells = {}): string {
  n += 1;
  const { carrier = 'zto', waybillNo = `7310016${String(n).padStart(7, '0')}`, fen = '8900', value = '8900' } = over;
  const pickedUpAt = new Date(Date.now() - 3_600_000).toISOString();
  return [`as-${n}`, `o-${n}`, 'refund_only', fen, fen, carrier, waybillNo, value, pickedUpAt].join(',');
}
const fileOf = (...lines: string[]) => Buffer.from(`\uFEFF${[HEAD, ...lines].join('\r\n')}\r\n`);

let rig: WebRig;
let all: string;
let two: string;
let settings = TWO_SHOPS;
beforeAll(async () => {
  rig = await webRig();
  const scopes = ['intercepts:read', 'intercepts:write'] as const;
  all = await rig.token(scopes);
  two = await rig.token(scopes, ['dy-two']);
});
afterAll(() => rig.close());

const deps = () => ({
  db: rig.db,
  env: () => ({ settings, book: REAL_BOOK }),
  now: () => new Date(),
  log: () => undefined,
});
async function work(id: string): Promise<void> {
  const waits = ['reading', 'previewing', 'running'];
  await until(
    async () => {
      await runImports(deps());
      return !waits.includes((await detail(id)).state);
    },
    { what: 'the machine to come to an end' },
  );
}

async function call(method: string, path: string, body?: unknown, as = all) {
  const answer = await fetch(`${rig.url}/api/v1${path}`, {
    method,
    headers: { authorization: as, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const detail = async (id: string) => IMPORT_DETAIL.parse((await call('GET', `/imports/${id}`)).body);
const rowsOf = async (id: string, query = '') =>
  IMPORT_ROW.array().parse((await call('GET', `/imports/${id}/rows?limit=200${query}`)).body.items);
const count = async (table: string) => (await rig.db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n;

async function upload(bytes: Buffer, { fileName = 'rows.csv', size = 64 } = {}): Promise<string> {
  const { body } = await call('POST', '/imports', { shopId: 'dy-main', fileName });
  const id = String(body.id);
  let chunks = 0;
  for (let from = 0; from < bytes.length; from += size) {
    const base64 = bytes.subarray(from, from + size).toString('base64');
    expect((await call('POST', `/imports/${id}/chunks`, { seq: chunks, base64 })).status).toBe(200);
    chunks += 1;
  }
  const ended = await call('POST', `/imports/${id}/uploaded`, { chunks });
  expect([ended.status, ended.body.state]).toEqual([202, 'reading']);
  return id;
}
async function previewed(bytes: Buffer, fileName = 'rows.csv'): Promise<string> {
  const id = await upload(bytes, { fileName });
  await work(id);
  return id;
}
async function run(id: string): Promise<void> {
  expect((await call('POST', `/imports/${id}/run`)).status).toBe(202);
  await work(id);
}

describe('an import over HTTP', () => {
  it('previews every row with its decision before anything is sent, then asks for the good ones', async () => {
    const again = line();
    const first = await previewed(fileOf(again));
    await run(first);
    const same = line();
    const waybillNo = same.split(',')[6] ?? '';
    const lines = [
      line(),
      line({ value: '128000' }),
      line({ fen: '' }),
      line({ fen: '89.00' }),
      'too,short',
      same,
      line({ waybillNo }),
      again,
      line({ carrier: 'unheard' }),
    ];
    const before = [await count('intercept'), await count('after_sale')];
    const id = await previewed(fileOf(...lines));
    expect([await count('intercept'), await count('after_sale')]).toEqual(before);
    expect(await detail(id)).toMatchObject({
      state: 'previewed',
      rows: 9,
      classes: { willSend: 2, waits: 1, notSent: 2, bad: 2, joins: 1, repeated: 1 },
      outcomes: { bad: 2 },
      feeEstimateFen: 600,
    });
    const rows = await rowsOf(id);
    expect(rows.map((row) => [row.line, row.class, row.reason])).toEqual([
      [2, 'willSend', 'ready'],
      [3, 'notSent', 'value_too_high'],
      [4, 'waits', 'amount_unknown'],
      [5, 'bad', null],
      [6, 'bad', null],
      [7, 'willSend', 'ready'],
      [8, 'joins', null],
      [9, 'repeated', 'ready'],
      [10, 'notSent', 'carrier_not_connected'],
    ]);
    expect(rows[6]).toMatchObject({ joinsLine: 7 });
    expect(rows[3]?.problem?.en).toContain('refundAmountFen: must be whole fen');
    expect(rows[4]).toMatchObject({ waybillNo: 'too,short' });

    await run(id);
    expect(await detail(id)).toMatchObject({
      state: 'done',
      outcomes: { created: 6, repeated: 1, bad: 2 },
      startedBy: 'token:erp',
    });
    const done = await rowsOf(id);
    expect(done[0]).toMatchObject({ outcome: 'created', state: 'queued' });
    // Both rows of one parcel stand for one intercept (R64).
    expect(done[6]?.interceptId).toBe(done[5]?.interceptId);
    const audit = await rig.db.rows(`SELECT 1 FROM audit WHERE action = 'import_started' AND subject = ?`, [id]);
    expect(audit).toHaveLength(1);
  });

  it('is repeatable: the same file again changes nothing', async () => {
    const file = fileOf(line(), line({ value: '128000' }));
    await run(await previewed(file));
    const rows = await rig.db.rows('SELECT id, state, version FROM intercept ORDER BY id');
    const id = await previewed(file);
    expect((await detail(id)).classes).toEqual({ repeated: 2 });
    await run(id);
    expect((await detail(id)).outcomes).toEqual({ repeated: 2 });
    expect(await rig.db.rows('SELECT id, state, version FROM intercept ORDER BY id')).toEqual(rows);
  });

  it('gives the rows that were not taken as a file that can be mended and imported', async () => {
    const bad = line({ fen: '89.00', waybillNo: '=cmd|calc' });
    const id = await previewed(fileOf(line(), bad, 'a,b'), '退款.csv');
    const answer = await fetch(`${rig.url}/api/v1/imports/${id}/errors.csv?lang=en`, {
      headers: { authorization: all },
    });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain(`${encodeURIComponent('退款.errors.csv')}`);
    const text = Buffer.from(await answer.arrayBuffer()).toString();
    const [head, ...lines] = text.trimEnd().split('\n');
    expect(head).toBe(`\uFEFFline,problem,${IMPORT_COLUMNS.join(',')}`);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^3,"?refundAmountFen: must be whole fen/);
    expect(lines[0]).toContain("'=cmd|calc");
    expect(lines[1]).toContain('a,b');
    const mended = text.replaceAll('89.00', '8900').replace("'=cmd|calc", '73100169999999').split('\n').slice(0, 2);
    const next = await previewed(Buffer.from(mended.join('\n')));
    expect((await detail(next)).classes).toEqual({ willSend: 1 });
  });

  it('reads JSON lines with their 19-digit numbers as text', async () => {
    const row = {
      afterSaleId: '7000893114000941299',
      orderId: '4835804142146751299',
      type: 'refund_only',
      refundAmountFen: 8_900,
      paidAmountFen: 8_900,
      carrier: 'zto',
      waybillNo: '73100161111111',
      declaredValueFen: 8_900,
      pickedUpAt: new Date(Date.now() - 3_600_000).toISOString(),
    };
    const lines = [row, { ...row, afterSaleId: 7 }].map((one) => JSON.stringify(one));
    const id = await previewed(Buffer.from(lines.join('\n')), 'rows.jsonl');
    const [good, bad] = await rowsOf(id);
    expect(good).toMatchObject({ afterSaleId: '7000893114000941299', class: 'willSend' });
    expect(bad?.problem?.en).toContain('must be text');
  });

  it.each([
    ['is not UTF-8', Buffer.concat([Buffer.from(`${HEAD}\n`), Buffer.from([0xcd, 0xcb]), Buffer.from('\n')]), 'line 2'],
    ['has a wrong header', Buffer.from('colour\nred\n'), 'Unknown columns: colour'],
    ['has no rows', Buffer.from(`${HEAD}\n`), 'has no rows'],
  ])('of a file that %s ends with the reason, and nothing of it is kept', async (_, bytes, why) => {
    const id = await previewed(bytes);
    const batch = await detail(id);
    expect([batch.state, batch.rows]).toEqual(['unreadable', 0]);
    expect(batch.problem?.en).toContain(why);
    expect(await rowsOf(id)).toEqual([]);
    expect(await rig.db.rows('SELECT 1 FROM import_chunk WHERE import_id = ?', [id])).toEqual([]);
    expect(await call('POST', `/imports/${id}/run`)).toMatchObject({ status: 409, body: { state: 'unreadable' } });
  });

  it('is begun by one of two who ask at once; the other is told (409), and every row is asked for once', async () => {
    const id = await previewed(fileOf(line(), line()));
    const [one, other] = await Promise.all([call('POST', `/imports/${id}/run`), call('POST', `/imports/${id}/run`)]);
    expect([one.status, other.status].sort()).toEqual([202, 409]);
    expect([one, other].find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'import_not_previewed',
      by: 'token:erp',
    });
    await Promise.all([runImports(deps()), runImports(deps()), runImports(deps())]);
    await work(id);
    expect((await detail(id)).outcomes).toEqual({ created: 2 });
  });

  it('is aborted: what is done stays done, nothing follows', async () => {
    const id = await previewed(fileOf(line(), line()));
    await call('POST', `/imports/${id}/run`);
    expect((await call('POST', `/imports/${id}/abort`)).body).toMatchObject({ state: 'aborted' });
    const before = await count('intercept');
    await runImports(deps());
    expect(await count('intercept')).toBe(before);
    expect((await call('POST', `/imports/${id}/abort`)).body).toMatchObject({ state: 'aborted' });
    expect(await rig.db.rows(`SELECT 1 FROM audit WHERE action = 'import_aborted' AND subject = ?`, [id])).toHaveLength(
      1,
    );
  });

  it('stops with a word when its shop is not enabled any more', async () => {
    const id = await upload(fileOf(line()));
    settings = { ...TWO_SHOPS, shops: new Map() };
    await runImports(deps());
    settings = TWO_SHOPS;
    expect(await detail(id)).toMatchObject({ state: 'unreadable', problem: { en: expect.stringContaining('shop') } });
  });

  it('begins to read anew after a reader that died in the middle', async () => {
    const id = await upload(fileOf(line(), line()));
    await rig.db.run(`INSERT INTO import_row (import_id, seq, line, fields) VALUES (?, 0, 2, '{}'), (?, 9, 11, '{}')`, [
      id,
      id,
    ]);
    await work(id);
    expect((await rowsOf(id)).map((row) => row.line)).toEqual([2, 3]);
  });
});

describe('the upload of a file', () => {
  it('is not taken as whole while a chunk is missing, and takes nothing after its end', async () => {
    const { body } = await call('POST', '/imports', { shopId: 'dy-main', fileName: 'a.csv' });
    const path = `/imports/${body.id}`;
    const chunk = (seq: number) => call('POST', `${path}/chunks`, { seq, base64: fileOf(line()).toString('base64') });
    await chunk(0);
    await chunk(2);
    expect(await call('POST', `${path}/uploaded`, { chunks: 3 })).toMatchObject({
      status: 409,
      body: { code: 'import_chunks_missing' },
    });
    await chunk(1);
    expect((await call('POST', `${path}/uploaded`, { chunks: 3 })).status).toBe(202);
    expect(await chunk(0)).toMatchObject({ status: 409, body: { code: 'import_not_uploading' } });
    expect((await call('POST', `${path}/uploaded`, { chunks: 3 })).status).toBe(409);
  });

  it.each([
    ['a file of another kind', '/imports', { shopId: 'dy-main', fileName: 'a.xlsx' }, 422],
    ['a shop that is not enabled', '/imports', { shopId: 'dy-off', fileName: 'a.csv' }, 404],
    ['no shop', '/imports', { fileName: 'a.csv' }, 422],
  ])('is refused for %s', async (_, path, body, status) => {
    expect((await call('POST', path, body)).status).toBe(status);
  });

  it('takes chunks of half a MiB and no larger, as many as a file may have', async () => {
    const { body } = await call('POST', '/imports', { shopId: 'dy-main', fileName: 'a.csv' });
    const send = (seq: number, bytes: number) =>
      call('POST', `/imports/${body.id}/chunks`, { seq, base64: Buffer.alloc(bytes).toString('base64') });
    expect((await send(63, 512 * 1024)).status).toBe(200);
    expect((await send(0, 512 * 1024 + 3)).status).toBe(422);
    expect((await send(64, 3)).status).toBe(422);
  });
});

describe('imports of a shop', () => {
  it('are listed newest first for who holds the shop, and do not exist for others', async () => {
    const id = await previewed(fileOf(line()));
    const seen = IMPORT.array().parse((await call('GET', '/imports?limit=1')).body.items);
    expect(seen.map((one) => one.id)).toEqual([id]);
    expect((await call('GET', '/imports', undefined, two)).body.items).toEqual([]);
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['GET', '/rows', undefined],
      ['GET', '/errors.csv', undefined],
      ['POST', '/chunks', { seq: 0, base64: 'YQ==' }],
      ['POST', '/uploaded', { chunks: 1 }],
      ['POST', '/run', {}],
      ['POST', '/abort', {}],
    ] as const) {
      expect([path, (await call(method, `/imports/${id}${path}`, body, two)).status]).toEqual([path, 404]);
    }
    expect((await call('POST', '/imports', { shopId: 'dy-main', fileName: 'a.csv' }, two)).status).toBe(404);
  });

  it('pages their rows in the order of the file, narrowed by class and outcome', async () => {
    const id = await previewed(fileOf(line(), line({ value: '128000' }), line(), line()));
    const first = await call('GET', `/imports/${id}/rows?limit=3`);
    const rest = await call('GET', `/imports/${id}/rows?limit=3&cursor=${first.body.nextCursor}`);
    const rows = IMPORT_ROW.array().parse([...(first.body.items as []), ...(rest.body.items as [])]);
    expect(rows.map((row) => row.seq)).toEqual([0, 1, 2, 3]);
    expect(rest.body.nextCursor).toBeNull();
    expect((await rowsOf(id, '&class=notSent')).map((row) => row.line)).toEqual([3]);
    expect(await rowsOf(id, '&outcome=created')).toEqual([]);
  });

  it('are forgotten when they are old: uploads that stopped, previews nobody ran', async () => {
    const { body } = await call('POST', '/imports', { shopId: 'dy-main', fileName: 'old.csv' });
    await call('POST', `/imports/${body.id}/chunks`, { seq: 0, base64: 'YQ==' });
    const stale = await previewed(fileOf(line()));
    await rig.db.run(`UPDATE import_batch SET created_at = NOW(3) - INTERVAL 8 DAY WHERE id IN (?)`, [
      [String(body.id), stale],
    ]);
    await call('POST', '/imports', { shopId: 'dy-main', fileName: 'new.csv' });
    for (const id of [String(body.id), stale]) {
      expect((await call('GET', `/imports/${id}`)).status).toBe(404);
      for (const table of ['import_chunk', 'import_row']) {
        expect(await rig.db.rows(`SELECT 1 FROM ${table} WHERE import_id = ?`, [id])).toEqual([]);
      }
    }
  });
});
