import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { createSecrets } from '../../src/domain/secrets/secrets.js';
import { Database } from '../../src/domain/store/database.js';
import { loadSettings } from '../../src/domain/store/settings-store.js';
import { verifyInvariants } from '../../src/domain/store/verify-store.js';
import { fillLanes } from '../../src/producers/dispatch.js';
import { Queues } from '../../src/producers/queues.js';
import { jiejian } from '../support/cli.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { REAL_BOOK } from '../support/picture.js';
import { freshRedis } from '../support/redis.js';
import { aFile, aShopEntry } from '../support/settings-file.js';

/** More than one statement writes down, and several pages of work. */
const MANY = 700;
const SECRET_KEY = randomBytes(32).toString('base64');
const folder = mkdtempSync(join(tmpdir(), 'jiejian-batch-'));

let fresh: FreshDatabase;
let db: Database;
let env: Record<string, string>;
const run = (words: readonly string[]) => jiejian(words, { env });

async function apply(over: Record<string, unknown> = {}): Promise<void> {
  const path = join(folder, 'jiejian.yaml');
  const shops = [aShopEntry({ autoFrom: '2020-01-01T00:00:00Z', ...over })];
  writeFileSync(path, JSON.stringify(aFile({ shops })));
  const { code, stderr } = await run(['apply', path]);
  if (code !== 0) throw new Error(stderr);
}

beforeAll(async () => {
  fresh = await freshDatabase();
  env = { DATABASE_URL: fresh.url, REDIS_URL: await freshRedis(), SECRET_KEY };
  await run(['migrate']);
  db = await Database.open({ url: fresh.url });
  await apply();
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
  rmSync(folder, { recursive: true });
});

const count = async (table: string) => (await db.rows<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]?.n;

const HEAD = 'afterSaleId,orderId,type,refundAmountFen,paidAmountFen,carrier,waybillNo,declaredValueFen,pickedUpAt';
function line(n: number, over: { carrier?: string; waybillNo?: string; fen?: string } = {}): string {
  const { carrier = 'zto', waybillNo = `7310014${String(n).padStart(7, '0')}`, fen = '8900' } = over;
  const pickedUpAt = new Date(Date.now() - 3_600_000).toISOString();
  return [`as-${n}`, `o-${n}`, 'refund_only', fen, fen, carrier, waybillNo, '8900', pickedUpAt].join(',');
}
function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `\uFEFF${lines.join('\r\n')}\r\n`);
  return path;
}

describe('jiejian import --kind receipts', () => {
  const RECEIPTS = 'receiptId,waybillNo,bookedAt,sku,quantity,condition';
  const at = '2026-11-28T10:00:00+08:00';

  it('books each receipt once, whole or not at all, and writes what was bad into a file to mend', async () => {
    const path = file('receipts.csv', [
      RECEIPTS,
      `RK-1,73100150000001,${at},MUG,1,`,
      `RK-1,73100150000001,${at},CUP,2,破损`,
      `RK-2,73100150000002,${at},MUG,1,`,
      `RK-3,73100150000003,${at},MUG,1,`,
      `RK-3,73100150000003,${at},CUP,half,`,
      `RK-4,73100150000004,${at},MUG,1,`,
    ]);
    const first = await run(['import', path, '--kind', 'receipts', '--json']);
    // The bad line may be the beginning of the fourth as well as the end of the third.
    expect([first.code, JSON.parse(first.stdout)]).toMatchObject([1, { rows: 6, created: 3, repeated: 0, bad: 3 }]);
    const again = await run(['import', path, '--kind', 'receipts', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, repeated: 3, bad: 3 });
    const booked = await db.rows<{ id: string; lines: string }>(
      'SELECT receipt_id AS id, lines_json AS `lines` FROM receipt ORDER BY receipt_id',
    );
    expect(booked.map(({ id, lines }) => [id, JSON.parse(lines)])).toEqual([
      [
        'RK-1',
        [
          { sku: 'MUG', quantity: 1, condition: null },
          { sku: 'CUP', quantity: 2, condition: '破损' },
        ],
      ],
      ['RK-2', [{ sku: 'MUG', quantity: 1, condition: null }]],
    ]);
    const bad = readFileSync(path.replace('.csv', '.errors.csv'), 'utf8');
    expect(bad).toMatch(/RK-3.*half|half.*RK-3/);
    expect(bad).not.toContain('RK-1');
  });

  it('of requests wants to know whose they are', async () => {
    expect((await run(['import', file('x.csv', [HEAD])])).code).toBe(2);
  });
});

describe('jiejian import', () => {
  it('takes hundreds of rows, and taken again finds them all there', async () => {
    const path = file('many.csv', [HEAD, ...Array.from({ length: MANY }, (_, n) => line(n))]);
    const first = await run(['import', path, '--shop', 'dy-main', '--json']);
    expect([first.code, first.json()]).toEqual([
      0,
      { rows: MANY, created: MANY, repeated: 0, bad: 0, errorsFile: null },
    ]);
    const made = await db.rows('SELECT id, state FROM intercept ORDER BY id');
    expect(made).toHaveLength(MANY);
    const again = await run(['import', path, '--shop', 'dy-main', '--json']);
    expect([again.code, again.json()]).toMatchObject([0, { rows: MANY, created: 0, repeated: MANY, bad: 0 }]);
    expect(await db.rows('SELECT id, state FROM intercept ORDER BY id')).toEqual(made);
    expect(await verifyInvariants(db, { now: new Date() })).toEqual([]);
  }, 240_000);

  it('takes the good rows, tells the bad ones with their lines, and takes the mended error file', async () => {
    const bad = [line(9_001, { fen: '89.00' }), 'too,short', line(9_002, { waybillNo: '=cmd|calc!A1', fen: 'x' })];
    const path = file('mixed.csv', [HEAD, line(9_000), ...bad, line(9_003)]);
    const mixed = await run(['import', path, '--shop', 'dy-main']);
    expect(mixed.code).toBe(1);
    expect(mixed.stdout).toContain('5 rows: 2 new, 0 already there, 3 bad.');
    const errors = join(folder, 'mixed.errors.csv');
    const text = readFileSync(errors, 'utf8');
    const told = text.split('\n').slice(1).filter(Boolean);
    expect(told.map((row) => row.split(',', 1)[0]).sort()).toEqual(['3', '4', '5']);
    expect(text).toContain('refundAmountFen: must be whole fen');
    expect(text).toContain(`'=cmd|calc!A1`);
    const [head = '', ...rows] = text.split('\n');
    writeFileSync(
      errors,
      [head, ...rows.filter((row) => row.includes('as-9001'))].join('\n').replaceAll('89.00', '8900'),
    );
    const mended = await run(['import', errors, '--shop', 'dy-main', '--json']);
    expect([mended.code, mended.json()]).toMatchObject([0, { rows: 1, created: 1 }]);
    expect((await run(['import', file('mixed.csv', [HEAD, line(9_000)]), '--shop', 'dy-main'])).code).toBe(0);
    expect(existsSync(errors)).toBe(false);
  });

  it.each([
    ['a shop that is not there', ['many.csv', '--shop', 'nobody'], 1, 'no enabled shop nobody'],
    ['a file that is not there', ['gone.csv', '--shop', 'dy-main'], 1, 'ENOENT'],
    ['a file of another kind', ['a.xlsx', '--shop', 'dy-main'], 2, '.csv or .jsonl'],
  ])('ends with a reason for %s', async (_, [name = '', ...words], code, why) => {
    expect(await run(['import', join(folder, name), ...words])).toMatchObject({
      code,
      stderr: expect.stringContaining(why),
    });
  });

  it('changes nothing when the header is wrong or the file is GBK', async () => {
    const before = await count('intercept');
    const head = await run(['import', file('head.csv', [`${HEAD},colour`, line(9_100)]), '--shop', 'dy-main']);
    expect(head).toMatchObject({ code: 1, stderr: expect.stringContaining('Unknown columns: colour') });
    const gbk = join(folder, 'gbk.csv');
    writeFileSync(gbk, Buffer.concat([Buffer.from(`${HEAD}\n${line(9_100)}\n`), Buffer.from([0xcd, 0xcb])]));
    const { code, stderr } = await run(['import', gbk, '--shop', 'dy-main']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('is not UTF-8 (line 3)')]);
    expect(await count('intercept')).toBe(before);
  });
});

describe('jiejian replay', () => {
  it('previews what was skipped before its courier was mapped, and sends it on when told to (R66)', async () => {
    const lines = [9_201, 9_202, 9_203].map((n) => line(n, { carrier: '快递85' }));
    expect((await run(['import', file('raw.csv', [HEAD, ...lines]), '--shop', 'dy-main'])).code).toBe(0);
    await apply({ carrierAliases: { 快递85: 'zto' } });
    const words = ['replay', '--state', 'skipped', '--carrier', '快递85', '--reason', 'R17', '--since', '2026-01-01'];
    const preview = await run(words);
    expect(preview).toMatchObject({ code: 0, stderr: '' });
    expect(preview.stdout).toMatch(/will send +3/);
    expect(preview.stdout).toContain('CNY 9.00');
    const done = await run([...words, '--execute', '--json']);
    expect([done.code, done.json()]).toMatchObject([0, { state: 'done', done: 3, outcomes: { released: 3 } }]);
    const rows = await db.rows(`SELECT state FROM intercept WHERE carrier = 'zto' AND waybill_no IN (?)`, [
      [9_201, 9_202, 9_203].map((n) => `7310014${String(n).padStart(7, '0')}`),
    ]);
    expect(rows).toEqual([{ state: 'queued' }, { state: 'queued' }, { state: 'queued' }]);
    const before = await count('intercept');
    const again = await run([...words, '--execute', '--json']);
    expect(again.json()).toMatchObject({ total: 3, outcomes: { released: 3 } });
    expect(await count('intercept')).toBe(before);
  });

  it.each([
    ['a state we do not know', ['--state', 'lost']],
    ['a time without its zone', ['--since', '2026-11-01T08:00']],
  ])('ends with 2 for %s', async (_, words) => {
    expect((await run(['replay', ...words])).code).toBe(2);
  });
});

describe('jiejian rebuild-queues', () => {
  it('tells what Redis lost and what it holds too much, and mends it', async () => {
    const settings = await loadSettings(db, createSecrets(SECRET_KEY));
    const redis = new Redis(env.REDIS_URL ?? '');
    const queues = new Queues(redis, () => undefined);
    try {
      expect((await run(['rebuild-queues'])).stdout).toBe('Redis matches the database.\n');
      const deps = {
        db,
        queues,
        book: REAL_BOOK,
        settings: () => settings,
        now: () => new Date(),
        log: () => undefined,
      };
      await fillLanes(deps);
      const handed = await db.rows<{ id: string; dispatch: number }>(
        'SELECT id, dispatch FROM intercept WHERE dispatched_at IS NOT NULL',
      );
      expect(handed.length).toBeGreaterThan(20);
      await redis.flushdb();
      const orphan = { id: handed[0]?.id ?? '', dispatch: 99, deadlineAt: new Date() };
      await queues.addToLane('intercept', 'zto-zto-main', [orphan]);
      await db.run('UPDATE intercept SET dispatched_at = NOW(3) - INTERVAL 1 MINUTE WHERE dispatched_at IS NOT NULL');
      const drift = [{ queue: 'intercept-zto-zto-main', withoutJob: handed.length, withoutRow: 1 }];
      expect((await run(['rebuild-queues', '--dry-run', '--json'])).json()).toEqual({ dryRun: true, drift });
      const mended = await run(['rebuild-queues']);
      expect(mended).toMatchObject({
        code: 0,
        stdout: expect.stringContaining(`intercept-zto-zto-main  ${handed.length}`),
      });
      expect((await run(['rebuild-queues', '--json'])).json()).toEqual({ dryRun: false, drift: [] });
      expect(await db.rows('SELECT 1 FROM intercept WHERE dispatched_at IS NOT NULL')).toEqual([]);
      expect(await queues.waiting('intercept-zto-zto-main')).toEqual([]);
      await fillLanes(deps);
      expect(await queues.waiting('intercept-zto-zto-main')).toHaveLength(handed.length);
    } finally {
      await queues.close();
      redis.disconnect();
    }
  });
});
